public import PoseRig

/// The name of a map, as used by files and the command.
///
/// Each name is declared in the file of its map: `extension MapName { static let depth … }`.
public struct MapName: SettingChoice, Sendable {
  /// The name as written.
  public let rawValue: String

  /// Creates the name of an existing map; nil if no map has the name.
  public init?(rawValue: String) {
    guard MapRegistry.kinds[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// Creates the name of a map, in the file that registers it.
  init(of map: StaticString) {
    rawValue = map.description
  }

  /// All maps, in list order.
  public static let allCases: [MapName] = MapRegistry.all.map(\.name)

  /// The maps drawn by default.
  public static let standard: [MapName] = MapRegistry.all.filter(\.isStandard).map(\.name)

  /// The maps in which props can appear.
  public static let showingProps: [MapName] = MapRegistry.all.filter(\.showsProps).map(\.name)

  /// The map with this name.
  public var kind: MapKind {
    guard let kind = MapRegistry.kinds[rawValue] else {
      preconditionFailure("MapName: no map is registered as \"\(rawValue)\"")
    }
    return kind
  }
}
