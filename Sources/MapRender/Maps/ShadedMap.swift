public import PoseRig

extension MapName {
  /// The studio picture that Canny reads.
  public static let shaded = MapName(of: "shaded")
}

/// The shaded map: the studio picture that Canny reads or, if the scene has lights, the picture in
/// them.
public enum ShadedMap {
  static let kind = MapKind(
    .shaded, order: 80, summary: "the studio picture that Canny reads, or the scene in its lights",
    takenBy: "img2img, edit models, relighting", channels: .color, showsProps: true,
    inputs: .lights
  ) { .color($0.lit ?? $0.shaded) }

  /// Returns the surfaces of `buffer` as seen by `camera`, lit and distinguished from those that
  /// they hide, in front of the studio's backdrop.
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

  /// Returns a whole scene lit, but without contact shade, over a backdrop: for live previews.
  ///
  /// Everything is drawn at once, and only the visible shading is read back.
  package static func quick(
    _ scene: PosedScene, over backdrop: Image<RGB8>, in session: RenderSession
  ) throws(RenderError) -> Image<RGB8> {
    var picture = backdrop
    try shading(of: scene, in: session).lay(over: &picture, where: { $0.w != 0 }) {
      RGB8($0.x, $0.y, $0.z)
    }
    return picture
  }

  /// Returns a whole scene lit, but without contact shade, over a transparent backdrop.
  package static func quick(
    _ scene: PosedScene, over backdrop: Image<RGBA8>, in session: RenderSession
  ) throws(RenderError) -> Image<RGBA8> {
    var picture = backdrop
    try shading(of: scene, in: session).lay(over: &picture, where: { $0.w != 0 }) {
      RGBA8(RGB8($0.x, $0.y, $0.z), opacity: 255)
    }
    return picture
  }

  private static func shading(
    of scene: PosedScene, in session: RenderSession
  ) throws(RenderError) -> Inset<SIMD4<UInt8>> {
    let surfaces = scene.characters.flatMap(\.surfaces) + scene.props.map(\.surface)
    return try session.pass.shading(of: surfaces, camera: scene.camera)
  }
}

extension Inset<RGB8> {
  /// Returns a picture covered with this one's pixels, except where they are background.
  package func laid(over backdrop: Image<RGB8>) -> Image<RGB8> {
    var picture = backdrop
    lay(over: &picture, where: { $0 != background }) { $0 }
    return picture
  }

  /// Returns a transparent picture covered with this one's pixels, except where they are
  /// background.
  package func laid(over backdrop: Image<RGBA8>) -> Image<RGBA8> {
    var picture = backdrop
    lay(over: &picture, where: { $0 != background }) { RGBA8($0, opacity: 255) }
    return picture
  }
}
