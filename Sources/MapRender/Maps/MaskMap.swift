public import PoseRig

extension MapName {
  /// The character's silhouette.
  public static let mask = MapName(of: "mask")
}

extension MapSettings {
  /// The distance by which the mask and visible maps extend beyond the silhouette, in pixels;
  /// negative to stay inside it.
  public var grow: Int {
    get { self[MaskMap.grow] }
    set { self[MaskMap.grow] = newValue }
  }
  /// The full width of the ramp at the edge of the mask and visible maps, in pixels.
  public var feather: Int {
    get { self[MaskMap.feather] }
    set { self[MaskMap.feather] = newValue }
  }

  /// The distances by which masks can grow or shrink, in pixels.
  public static let growRange = -256...256
  /// The widths that their ramps can have, in pixels.
  public static let featherRange = 0...256

  /// The edge of the mask and visible maps.
  var maskEdge: MaskEdge { MaskEdge(grow: grow, feather: feather) }
}

/// The mask map: a character's silhouette, white on black.
public enum MaskMap {
  static let grow = MapSetting<Int>(
    "grow", .whole(MapSettings.growRange, unit: "pixels"), default: 0,
    help: "How far the mask and visible maps reach beyond the silhouette, -256 to 256 pixels.",
    description:
      "How far the mask and visible maps reach beyond the silhouette, in pixels; negative values "
      + "stay inside it; default 0.")

  static let feather = MapSetting<Int>(
    "feather", .whole(MapSettings.featherRange, unit: "pixels"), default: 0,
    help: "The width of the ramp at the edge of the mask and visible maps, 0 to 256 pixels.",
    description: "The full width of the ramp at the edge of the mask and visible maps, in pixels; "
      + "default 0.")

  static let kind = MapKind(
    .mask, order: 50, summary: "the character's silhouette",
    takenBy: "inpainting, regional prompts", channels: .gray, isStandard: true,
    settings: [grow.row, feather.row]
  ) { .gray(draw($0.buffer, edge: $0.settings.maskEdge)) }

  /// Returns 255 on the character, 0 on props and background.
  public static func draw(_ buffer: GBuffer, edge: MaskEdge = MaskEdge()) -> Inset<UInt8> {
    edge.applied(to: buffer.picture(0) { buffer.showsCharacter($0) ? 255 : 0 })
  }
}
