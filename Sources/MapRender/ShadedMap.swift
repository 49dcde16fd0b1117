/// The studio picture that Canny reads.
public enum ShadedMap {
  /// The shading before the studio's backdrop.
  public static func draw(_ buffer: GBuffer) -> Image<RGB8> {
    Image(
      width: buffer.width, height: buffer.height,
      pixels: buffer.shading.map {
        $0.w == 0 ? StudioLight.background : RGB8($0.x, $0.y, $0.z)
      })
  }
}
