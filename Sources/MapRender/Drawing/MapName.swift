public import PoseRig

/// The name of a map, by which files and the command know it.
///
/// Each is declared in the file of its map: `extension MapName { static let depth … }`.
public struct MapName: SettingChoice, Sendable {
  /// The name as it is written.
  public let rawValue: String

  /// The map of a name; nil for a name that no map has.
  public init?(rawValue: String) {
    guard MapRegistry.kinds[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The name of a map, in the file that registers it.
  init(of map: StaticString) {
    rawValue = map.description
  }

  /// All maps, in the order of lists.
  public static let allCases: [MapName] = MapRegistry.all.map(\.name)

  /// The maps that are drawn by default.
  public static let standard: [MapName] = MapRegistry.all.filter(\.isStandard).map(\.name)

  /// The maps in which props may be seen.
  public static let showingProps: [MapName] = MapRegistry.all.filter(\.showsProps).map(\.name)

  /// The map itself.
  public var kind: MapKind {
    guard let kind = MapRegistry.kinds[rawValue] else {
      preconditionFailure("MapName: no map is registered as \"\(rawValue)\"")
    }
    return kind
  }
}
