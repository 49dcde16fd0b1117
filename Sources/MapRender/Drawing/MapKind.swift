public import PoseRig

/// A map: its name, its settings, what it reads and how it is drawn.
///
/// Every file `NameMap.swift` in `Maps/` declares one as `NameMap.kind`, and is registered by lying
/// there. `docs/adding-a-map.md` goes through one.
public struct MapKind: Sendable {
  /// The name that files and the command have for it.
  public let name: MapName
  /// The content of the map, in a line.
  public let summary: String
  /// The models that take it, or its other uses.
  public let takenBy: String
  /// The channels and bits that its pictures may have.
  public let channels: [Channels]
  /// Whether it is drawn by default.
  public let isStandard: Bool
  /// Whether the scene's props may be seen in it. A mask is the character's own, whatever stands
  /// around it; in the openpose map a prop hides what is behind it.
  public let showsProps: Bool
  /// The settings declared in its file.
  public let settings: [SettingRow]
  /// The settings of other maps that hold for it too.
  public let sharedSettings: [SettingRow]

  /// The position in lists of all maps, the least first; tens leave room between them.
  let order: Int
  /// The things to make before any map is drawn if this one is among them.
  let inputs: MapInputs
  let draw: @Sendable (MapView) -> Picture

  /// The channels and bits of a picture.
  public enum Channels: String, Sendable {
    /// One channel of 8 bits.
    case gray = "8-bit gray"
    /// One channel of 16 bits.
    case deep = "16-bit gray"
    /// Three channels of 8 bits.
    case color = "8-bit RGB"
  }

  init(
    _ name: MapName, order: Int, summary: String, takenBy: String, channels: Channels...,
    isStandard: Bool = false, showsProps: Bool = false, inputs: MapInputs = [],
    settings: [SettingRow] = [], sharedSettings: [SettingRow] = [],
    draw: @escaping @Sendable (MapView) -> Picture
  ) {
    self.name = name
    self.order = order
    self.summary = summary
    self.takenBy = takenBy
    self.channels = channels
    self.isStandard = isStandard
    self.showsProps = showsProps
    self.inputs = inputs
    self.settings = settings
    self.sharedSettings = sharedSettings
    self.draw = draw
  }
}

/// The things that only some maps read. The G-buffer, the keypoints and the depth range are there
/// for every map.
struct MapInputs: OptionSet {
  let rawValue: Int

  /// The rank of the character at each pixel.
  static let ranks = MapInputs(rawValue: 1)
  /// The pixels of each person of several.
  static let people = MapInputs(rawValue: 2)
  /// The pixels of the subject that nothing else in the scene hides.
  static let visible = MapInputs(rawValue: 4)
}

/// All maps and all settings there are.
enum MapRegistry {
  /// The maps in the order of lists.
  static let all: [MapKind] = MapFiles.kinds.sorted { $0.order < $1.order }

  /// The maps by their names.
  static let kinds: [String: MapKind] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.rawValue, $0) })
}

extension MapSettings {
  /// The table of all settings: map by map in the order of lists, then those of all maps.
  public static let table: [SettingRow] =
    MapRegistry.all.flatMap(\.settings) + [PropsSetting.props.row]

  /// The sentences to say of settings that are given and come to nothing.
  public var idle: [String] { Self.table.compactMap(idle) }
}
