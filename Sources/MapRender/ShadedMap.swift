/// The studio picture that Canny reads.
public enum ShadedMap {
  /// The shading before the studio's backdrop.
  public static func draw(_ buffer: GBuffer) -> Inset<RGB8> {
    buffer.picture(StudioLight.background) { index in
      let pixel = buffer.shading[index]
      return pixel.w == 0 ? StudioLight.background : RGB8(pixel.x, pixel.y, pixel.z)
    }
  }
}
