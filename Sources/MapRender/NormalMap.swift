/// The normal map in NormalBae's axes, ControlNet 1.1's: red = screen-left, green = up, blue = towards
/// the camera.
public enum NormalMap {
  /// What does not face anywhere faces the camera, since no annotator writes black.
  static let background = RGB8(127, 127, 255)

  /// 255 · (n + 1) / 2 of each axis, truncated as the annotator truncates.
  public static func draw(_ buffer: GBuffer) -> Image<RGB8> {
    let pixels = buffer.normals.indices.map { index -> RGB8 in
      guard buffer.covers(index) else { return background }
      let n = buffer.normals[index]
      let z = max(0, 1 - n.x * n.x - n.y * n.y).squareRoot()
      return RGB8(level(-n.x), level(n.y), level(z))
    }
    return Image(width: buffer.width, height: buffer.height, pixels: pixels)
  }

  private static func level(_ component: Float) -> UInt8 {
    UInt8(255 * min(max((component + 1) / 2, 0), 1))
  }
}
