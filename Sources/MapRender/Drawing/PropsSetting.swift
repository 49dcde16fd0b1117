public import PoseRig

/// The only setting that applies to all maps.
public enum PropsSetting {
  /// The maps in which the scene's props are drawn.
  public static let props = MapSetting<Set<MapName>>(
    "props", .namesOrAll(MapName.showingProps.map(\.rawValue), things: "maps"), default: [],
    help: "Whether props are drawn: true, false, or maps separated by commas.",
    description: "The maps in which props are drawn: true, false or their names; default false.")
}

extension MapSettings {
  /// The maps in which the scene's props are drawn.
  public var props: Set<MapName> {
    get { self[PropsSetting.props] }
    set { self[PropsSetting.props] = newValue }
  }
}
