/// The settings for drawing the maps of a scene: a value for each setting that is given.
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
/// This type does not know the individual settings: each is a ``MapSetting`` in the file of the map
/// that it belongs to, together with a property of this type.
public struct MapSettings: Equatable, Sendable {
  /// The values that differ from the defaults, by key.
  private var given: [String: SettingValue] = [:]

  /// Creates settings with defaults.
  public init() {}

  /// The value of a setting: the given one, otherwise its default.
  public subscript<Value>(setting: MapSetting<Value>) -> Value {
    get { self[given: setting] ?? setting.usual(self) }
    set { self[given: setting] = newValue }
  }

  /// The given value of a setting; nil if the default applies.
  public subscript<Value>(given setting: MapSetting<Value>) -> Value? {
    get { given[setting.row.key].flatMap(Value.init(written:)) }
    set {
      let value = newValue?.written
      given[setting.row.key] = value == setting.row.fixed ? nil : value
    }
  }

  /// Sets a setting to a value in its written form. Ignores a value that the setting does not
  /// allow.
  public mutating func set(_ row: SettingRow, to value: SettingValue) {
    guard let value = row.canonical(value) else { return }
    given[row.key] = value == row.fixed ? nil : value
  }

  /// Returns the value of a setting, given or default, in its written form.
  public func value(of row: SettingRow) -> SettingValue { given[row.key] ?? row.usual(self) }

  /// Returns a sentence about a given setting without effect; nil if it has an effect.
  public func idle(_ row: SettingRow) -> String? { row.idle(self) }
}
