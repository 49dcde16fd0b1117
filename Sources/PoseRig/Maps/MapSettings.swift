/// How the maps of a scene are drawn: a value for each setting that is given.
///
/// ```swift
/// import MapRender
///
/// var settings = MapSettings()
/// settings.depthBits = 16
/// settings.openpose = .xinsir
/// settings.canny = .geometry
/// ```
///
/// This type does not know which settings there are: each is a ``MapSetting`` in the file of
/// the map that it belongs to, with a property of this type beside it.
public struct MapSettings: Equatable, Sendable {
  /// The values that differ from the defaults, by key.
  private var given: [String: SettingValue] = [:]

  /// The defaults.
  public init() {}

  /// The value of a setting: the given one, or else its default.
  public subscript<Value>(setting: MapSetting<Value>) -> Value {
    get { self[given: setting] ?? setting.usual(self) }
    set { self[given: setting] = newValue }
  }

  /// The given value of a setting; nil where its default holds.
  public subscript<Value>(given setting: MapSetting<Value>) -> Value? {
    get { given[setting.row.key].flatMap(Value.init(written:)) }
    set {
      let value = newValue?.written
      given[setting.row.key] = value == setting.row.fixed ? nil : value
    }
  }

  /// Sets a setting to a value in its written form. A value that the setting cannot have changes
  /// nothing.
  public mutating func set(_ row: SettingRow, to value: SettingValue) {
    guard let value = row.canonical(value) else { return }
    given[row.key] = value == row.fixed ? nil : value
  }

  /// Returns the value that a setting has, given or not, in its written form.
  public func value(of row: SettingRow) -> SettingValue { given[row.key] ?? row.usual(self) }

  /// Returns the sentence to say of a setting that is given and comes to nothing; nil if it does
  /// not.
  public func idle(_ row: SettingRow) -> String? { row.idle(self) }
}
