public import PoseRig

/// The normal map. What does not face anywhere faces the camera, since no annotator writes black.
public enum NormalMap {
  /// The directions that surfaces face, as colours.
  ///
  /// Each component goes from −1…1 to 0…255 as its reference does it: NormalBae's annotator and ControlNet 1.0's
  /// truncate, a graphics card rounds.
  public static func draw(_ buffer: GBuffer, axes: NormalAxes = .bae) -> Image<RGB8> {
    let background = color(SIMD3(0, 0, 1), axes)
    return buffer.image(background) { index in
      buffer.covers(index) ? color(buffer.normal(index), axes) : background
    }
  }

  private static func color(_ n: SIMD3<Float>, _ axes: NormalAxes) -> RGB8 {
    switch axes {
    case .bae: RGB8(truncated(-n.x), truncated(n.y), truncated(n.z))
    case .midas: RGB8(truncated(n.z), truncated(n.y), truncated(-n.x))
    case .opengl: RGB8(rounded(n.x), rounded(n.y), rounded(n.z))
    case .directx: RGB8(rounded(n.x), rounded(-n.y), rounded(n.z))
    }
  }

  private static func truncated(_ component: Float) -> UInt8 { UInt8(level(component)) }

  private static func rounded(_ component: Float) -> UInt8 {
    UInt8(level(component).rounded(.toNearestOrAwayFromZero))
  }

  private static func level(_ component: Float) -> Float {
    255 * min(max((component + 1) / 2, 0), 1)
  }
}
