public import PoseRig

extension MapName {
  /// Flat colors of classes, parts or characters.
  public static let segmentation = MapName(of: "segmentation")
}

extension MapSettings {
  /// The subject of the segmentation's colors.
  public var segmentation: SegmentationPalette {
    get { self[SegmentationMap.palette] }
    set { self[SegmentationMap.palette] = newValue }
  }
  /// The ground around the characters in a segmentation of identities.
  public var identityGround: IdentityGround {
    get { self[SegmentationMap.ground] }
    set { self[SegmentationMap.ground] = newValue }
  }
}

/// The subject of a segmentation's colors.
public enum SegmentationPalette: String, SettingChoice {
  /// The classes of ADE20K.
  case ade20k
  /// The parts of the body.
  case parts
  /// The characters.
  case characters
  /// The characters, in the six colors that SCAIL-2 and region models distinguish.
  case identities
}

/// The ground around the characters in a segmentation of identities.
public enum IdentityGround: String, SettingChoice {
  /// Black, with which SCAIL-2 animates.
  case black
  /// White, with which SCAIL-2 replaces people.
  case white
}

/// The segmentation map: a flat color for the class, part or character that each pixel shows.
public enum SegmentationMap {
  static let palette = MapSetting<SegmentationPalette>(
    "segmentation", default: .ade20k,
    help: "What the segmentation's colors stand for: \(SegmentationPalette.list).",
    description: "What the colors stand for; default ade20k.")

  static let ground = MapSetting<IdentityGround>(
    "identityGround", default: .black,
    help: "The background of a segmentation of identities: \(IdentityGround.list).",
    description: "The background of a segmentation of identities; default black.",
    idle: { settings in
      settings.identityGround == .white && settings.segmentation != .identities
        ? "\"identityGround\" is for the segmentation \"identities\", not for "
          + "\"\(settings.segmentation.rawValue)\"" : nil
    })

  static let kind = MapKind(
    .segmentation, order: 120,
    summary: "flat colors of ADE20K's classes, of parts, of characters, or masks of identities",
    takenBy: "SD 1.5 seg, SDXL union (segment)", channels: .color, showsProps: true,
    inputs: .ranks, settings: [palette.row, ground.row]
  ) { view in
    .color(
      draw(
        view.buffer, palette: view.settings.segmentation, characters: view.ranks,
        ground: view.settings.identityGround))
  }

  /// Returns the colors of a palette; black where there is nothing.
  /// - Parameters:
  ///   - characters: the rank of the character at each of the buffer's pixels, for
  ///     ``SegmentationPalette/characters`` and ``SegmentationPalette/identities``.
  ///   - ground: the color around the characters, for identities.
  public static func draw(
    _ buffer: GBuffer, palette: SegmentationPalette, characters: [Int?],
    ground: IdentityGround = .black
  ) -> Inset<RGB8> {
    let around: RGB8 = palette == .identities && ground == .white ? .white : .black
    return buffer.picture(around) { index in
      guard let label = buffer.label(index) else { return around }
      guard let kind = label.kind else {
        if palette == .identities { return around }
        return label.sceneClass.flatMap { ADE20K.colors[$0] } ?? .black
      }
      switch palette {
      // Hair and clothes belong to the person; a held object has its own class.
      case .ade20k:
        guard kind == .held else { return ADE20K.person }
        return label.heldClass.flatMap { ADE20K.colors[$0] } ?? .black
      case .parts:
        return label.underlyingPart.map { DistinctColors.color(Int($0.rawValue)) } ?? .black
      case .characters: return DistinctColors.color(characters[index] ?? 0)
      case .identities: return IdentityColors.color(characters[index] ?? 0)
      }
    }
  }
}
