public import PoseRig

/// The studio picture that Canny reads.
public enum ShadedMap {
  /// What `buffer` shows through `camera`, lit and set apart from what it hides, before the studio's backdrop.
  public static func draw(_ buffer: GBuffer, camera: Camera) -> Inset<RGB8> {
    let shade = ContactShade(of: buffer, tangents: camera.tangents)
    var picture = buffer.picture(StudioLight.background) { place in
      let pixel = buffer.shading[place]
      return pixel.w == 0
        ? StudioLight.background : shade.darkened(RGB8(pixel.x, pixel.y, pixel.z), at: place)
    }
    for gap in shade.gaps {
      picture.pixels[Int(gap.place)] = picture.pixels[Int(gap.like)]
    }
    return picture
  }
}
