/// A setting of the maps, declared once, in the file of the map that it belongs to.
///
/// Its ``row`` generates the command's option, the reader of `"maps"` in scene files, the JSON
/// Schema, the manifest's entry and the table in the documentation.
public struct MapSetting<Value: SettingConvertible>: Sendable {
  /// Everything about the setting, regardless of the type of its values.
  public let row: SettingRow

  /// The default value.
  let usual: @Sendable (MapSettings) -> Value

  /// Creates a setting with a default.
  ///
  /// - Parameters:
  ///   - key: the key in a scene's `"maps"`; `cannyNorm` gives the option `--canny-norm`.
  ///   - form: the allowed values.
  ///   - default: the default value.
  ///   - help: the option's help.
  ///   - valueName: the name of the value in the option's usage; nil for the option's own name.
  ///   - description: the meaning and the default, for the JSON Schema and the documentation.
  ///   - idle: returns a sentence if the value has no effect with the other settings, otherwise
  ///     nil.
  public init(
    _ key: String, _ form: SettingForm, default usual: Value, help: String,
    valueName: String? = nil, description: String,
    idle: @escaping @Sendable (MapSettings) -> String? = { _ in nil }
  ) {
    self.init(
      key, form, fixed: usual, usual: { _ in usual }, help, valueName, description, nil, idle)
  }

  /// Creates a setting with a default that depends on other settings. A value equal to the default
  /// counts as given, since it stays when the others change.
  ///
  /// - Parameters:
  ///   - usual: returns the default value.
  ///   - follows: the key of a setting whose option also applies to this one, unless this one has
  ///     its own option.
  public init(
    _ key: String, _ form: SettingForm, usual: @escaping @Sendable (MapSettings) -> Value,
    help: String, valueName: String? = nil, description: String, follows: String? = nil,
    idle: @escaping @Sendable (MapSettings) -> String? = { _ in nil }
  ) {
    self.init(key, form, fixed: nil, usual: usual, help, valueName, description, follows, idle)
  }

  private init(
    _ key: String, _ form: SettingForm, fixed: Value?,
    usual: @escaping @Sendable (MapSettings) -> Value, _ help: String, _ valueName: String?,
    _ description: String, _ follows: String?, _ idle: @escaping @Sendable (MapSettings) -> String?
  ) {
    self.usual = usual
    row = SettingRow(
      key: key, form: form, help: help, valueName: valueName, description: description,
      follows: follows, fixed: fixed?.written, canonical: { Value(written: $0)?.written },
      usual: { usual($0).written }, idle: idle)
  }
}

extension MapSetting where Value: SettingChoice {
  /// Creates a setting with one of the names of a type as its value.
  public init(
    _ key: String, default usual: Value, help: String, description: String,
    idle: @escaping @Sendable (MapSettings) -> String? = { _ in nil }
  ) {
    self.init(
      key, .choice(Value.names), default: usual, help: help, description: description, idle: idle)
  }
}

/// A setting in the table of all settings, regardless of the type of its values.
public struct SettingRow: Sendable {
  /// The key in a scene's `"maps"`.
  public let key: String
  /// The allowed values.
  public let form: SettingForm
  /// The option's help.
  public let help: String
  /// The name of the value in the option's usage; nil for the option's own name.
  public let valueName: String?
  /// The meaning and the default, for the JSON Schema and the documentation.
  public let description: String
  /// The key of the setting with the option that also applies to this one, unless it has its own
  /// option.
  public let follows: String?
  /// The default; nil if it depends on other settings.
  public let fixed: SettingValue?

  let canonical: @Sendable (SettingValue) -> SettingValue?
  let usual: @Sendable (MapSettings) -> SettingValue
  let idle: @Sendable (MapSettings) -> String?
}
