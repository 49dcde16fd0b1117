public import PoseRig

extension MapName {
  /// The directions that surfaces face.
  public static let normal = MapName(of: "normal")
}

extension MapSettings {
  /// The orientation of the normal map's axes.
  public var normal: NormalAxes {
    get { self[NormalMap.axes] }
    set { self[NormalMap.axes] = newValue }
  }
}

/// The orientation of a normal map's axes.
public enum NormalAxes: String, SettingChoice {
  /// NormalBae, ControlNet 1.1: red = screen-left, green = up, blue = toward the camera.
  case bae
  /// ControlNet 1.0: red = toward the camera, green = up, blue = screen-left.
  case midas
  /// OpenGL and three.js: red = screen-right, green = up.
  case opengl
  /// DirectX: red = screen-right, green = down.
  case directx
}

/// The normal map. Empty pixels face the camera, since no annotator writes black.
public enum NormalMap {
  static let axes = MapSetting<NormalAxes>(
    "normal", default: .bae, help: "The normal map's axes: \(NormalAxes.list).",
    description: "The normal map's axes; default bae: red = screen-left.")

  static let kind = MapKind(
    .normal, order: 30, summary: "which way surfaces face; red = screen-left",
    takenBy: "SD 1.5 normalbae, SDXL union, Qwen-Image (DiffSynth)", channels: .color,
    isStandard: true, showsProps: true, settings: [axes.row]
  ) { .color(draw($0.buffer, axes: $0.settings.normal)) }

  /// Returns the directions that surfaces face, as colors.
  ///
  /// Each component is mapped from −1…1 to 0…255 as in its reference: NormalBae's annotator and
  /// ControlNet 1.0's truncate, and a graphics card rounds. A direction that faces away from the
  /// camera's axis, as is possible beside the axis, keeps its negative z: NormalBae's network
  /// normalizes its output and clamps no component (`norm_normalize` in its `submodules.py`).
  public static func draw(_ buffer: GBuffer, axes: NormalAxes = .bae) -> Inset<RGB8> {
    switch axes {
    case .bae: draw(buffer, signs: (-1, 1, 1), rounds: false)
    case .midas: drawSlopes(buffer)
    case .opengl: draw(buffer, signs: (1, 1, 1), rounds: true)
    case .directx: draw(buffer, signs: (1, -1, 1), rounds: true)
    }
  }

  private static func draw(
    _ buffer: GBuffer, signs: (Float, Float, Float), rounds: Bool
  ) -> Inset<RGB8> {
    let middle: UInt8 = rounds ? 128 : 127
    return PixelLoops.normals(
      of: buffer, signs: signs, rounds: rounds, before: RGB8(middle, middle, 255))
  }

  private static func drawSlopes(_ buffer: GBuffer) -> Inset<RGB8> {
    func color(_ normal: SIMD3<Float>) -> RGB8 {
      let axes = sloping(normal)
      return RGB8(level(axes.x), level(axes.y), level(axes.z))
    }
    let background = color(SIMD3(0, 0, 1))
    return buffer.picture(background) { index in
      buffer.covers(index) ? color(buffer.normal(index)) : background
    }
  }

  /// The axes of ControlNet 1.0. It finds slopes of the disparity (`annotator/midas`), and a slope
  /// never faces away.
  @inline(__always)
  private static func sloping(_ normal: SIMD3<Float>) -> SIMD3<Float> {
    if normal.z >= 0 { return SIMD3(normal.z, normal.y, -normal.x) }
    let length = (normal.x * normal.x + normal.y * normal.y).squareRoot()
    return length > 0 ? SIMD3(0, normal.y, -normal.x) / length : SIMD3(1, 0, 0)
  }

  @inline(__always)
  private static func level(_ component: Float) -> UInt8 {
    let share = (component + 1) / 2
    return UInt8(truncatingIfNeeded: Int32(255 * (share < 0 ? 0 : share > 1 ? 1 : share)))
  }
}
