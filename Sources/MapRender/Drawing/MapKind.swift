public import PoseRig

/// A map: its name, its settings, its inputs and its drawing function.
///
/// Every file `NameMap.swift` in `Maps/` declares one as `NameMap.kind`; its presence there
/// registers it. `docs/adding-a-map.md` walks through an example.
public struct MapKind: Sendable {
  /// The name that files and the command use.
  public let name: MapName
  /// The content of the map, in one line.
  public let summary: String
  /// The models that take the map, or its other uses.
  public let takenBy: String
  /// The channels and bits that its pictures can have.
  public let channels: [Channels]
  /// Whether it is drawn by default.
  public let isStandard: Bool
  /// Whether the scene's props can appear in it. A mask shows only the character, whatever stands
  /// around it; in the OpenPose map, a prop hides what is behind it.
  public let showsProps: Bool
  /// The settings declared in its file.
  public let settings: [SettingRow]
  /// The settings of other maps that also apply to it.
  public let sharedSettings: [SettingRow]

  /// The position in lists of all maps, smallest first; steps of ten leave room for more.
  let order: Int
  /// The shared values to prepare before drawing if this map is among those drawn.
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

/// The inputs that only some maps need. The G-buffer, the keypoints and the depth range are
/// available to every map.
struct MapInputs: OptionSet {
  let rawValue: Int

  /// The rank of the character at each pixel.
  static let ranks = MapInputs(rawValue: 1)
  /// The pixels of each of several people.
  static let people = MapInputs(rawValue: 2)
  /// The pixels of the subject that nothing else in the scene hides.
  static let visible = MapInputs(rawValue: 4)
  /// The picture in the scene's lights, if it has any.
  static let lights = MapInputs(rawValue: 8)
}

/// All maps and all settings.
enum MapRegistry {
  /// The maps in list order.
  static let all: [MapKind] = MapFiles.kinds.sorted { $0.order < $1.order }

  /// The maps by name.
  static let kinds: [String: MapKind] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.rawValue, $0) })
}

extension MapSettings {
  /// The table of all settings: map by map in list order, then those of all maps.
  public static let table: [SettingRow] =
    MapRegistry.all.flatMap(\.settings) + [PropsSetting.props.row]

  /// The sentences about settings that are given but have no effect.
  public var idle: [String] { Self.table.compactMap(idle) }
}
