public import PoseRig

/// The normal map. What does not face anywhere faces the camera, since no annotator writes black.
public enum NormalMap {
  /// The directions that surfaces face, as colours.
  ///
  /// Each component goes from −1…1 to 0…255 as its reference does it: NormalBae's annotator and ControlNet 1.0's
  /// truncate, a graphics card rounds.
  public static func draw(_ buffer: GBuffer, axes: NormalAxes = .bae) -> Inset<RGB8> {
    switch axes {
    case .bae: draw(buffer, truncated) { SIMD4(-$0.x, $0.y, $0.z, 0) }
    case .midas: draw(buffer, truncated) { SIMD4($0.z, $0.y, -$0.x, 0) }
    case .opengl: draw(buffer, rounded) { SIMD4($0.x, $0.y, $0.z, 0) }
    case .directx: draw(buffer, rounded) { SIMD4($0.x, -$0.y, $0.z, 0) }
    }
  }

  /// Which axes there are is settled once, not for each pixel.
  @inline(__always)
  private static func draw(
    _ buffer: GBuffer, _ whole: (SIMD4<Float>) -> SIMD4<Float>,
    _ turned: (SIMD3<Float>) -> SIMD4<Float>
  ) -> Inset<RGB8> {
    func color(_ normal: SIMD3<Float>) -> RGB8 {
      let shares = ((turned(normal) + 1) / 2).clamped(
        lowerBound: .zero, upperBound: SIMD4(repeating: 1))
      let levels = SIMD4<Int32>(whole(255 * shares))
      return RGB8(
        UInt8(truncatingIfNeeded: levels.x), UInt8(truncatingIfNeeded: levels.y),
        UInt8(truncatingIfNeeded: levels.z))
    }
    let background = color(SIMD3(0, 0, 1))
    return buffer.picture(background) { index in
      buffer.covers(index) ? color(buffer.normal(index)) : background
    }
  }

  @inline(__always)
  private static func truncated(_ levels: SIMD4<Float>) -> SIMD4<Float> { levels }

  @inline(__always)
  private static func rounded(_ levels: SIMD4<Float>) -> SIMD4<Float> {
    levels.rounded(.toNearestOrAwayFromZero)
  }
}
