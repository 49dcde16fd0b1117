public import PoseRig

extension MapName {
  /// The studio picture that Canny reads.
  public static let shaded = MapName(of: "shaded")
}

/// The shaded map: the studio picture that Canny reads.
public enum ShadedMap {
  static let kind = MapKind(
    .shaded, order: 80, summary: "the studio picture that Canny reads",
    takenBy: "img2img, a look at the pose", channels: .color, showsProps: true
  ) { .color($0.shaded) }

  /// Returns the surfaces of `buffer` as `camera` sees them, lit and set apart from those that they
  /// hide, before the studio's backdrop.
  public static func draw(_ buffer: GBuffer, camera: Camera) -> Inset<RGB8> {
    let shade = ContactShade(of: buffer, tangents: camera.tangents)
    var picture = buffer.picture(StudioLight.background) { index in
      let pixel = buffer.shading[index]
      return pixel.w == 0
        ? StudioLight.background : shade.darkened(RGB8(pixel.x, pixel.y, pixel.z), at: index)
    }
    for gap in shade.gaps {
      picture.pixels[Int(gap.index)] = picture.pixels[Int(gap.like)]
    }
    return picture
  }

  /// Returns the surfaces of `buffer` lit, but not set apart from those that they hide, for a
  /// picture that moves.
  package static func quick(_ buffer: GBuffer) -> Inset<RGB8> {
    buffer.picture(StudioLight.background) { index in
      let pixel = buffer.shading[index]
      return pixel.w == 0 ? StudioLight.background : RGB8(pixel.x, pixel.y, pixel.z)
    }
  }
}
