/// A value of a map setting, as files and options write it.
public enum SettingValue: Equatable, Sendable {
  /// `true` or `false`.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A name.
  case word(String)
  /// Several values in order.
  case list([SettingValue])
}

/// A type that a map setting can have.
public protocol SettingConvertible: Equatable, Sendable {
  /// Converts the written form to a value; nil if it is invalid.
  init?(written: SettingValue)

  /// The written form of the value.
  var written: SettingValue { get }
}

extension Bool: SettingConvertible {
  /// Converts the written form to a value; nil if it is not true or false.
  public init?(written: SettingValue) {
    guard case .boolean(let value) = written else { return nil }
    self = value
  }

  /// The written form of the value.
  public var written: SettingValue { .boolean(self) }
}

extension Int: SettingConvertible {
  /// Converts the written form to a value; nil if it is not a whole number.
  public init?(written: SettingValue) {
    guard case .number(let value) = written else { return nil }
    self.init(exactly: value)
  }

  /// The written form of the value.
  public var written: SettingValue { .number(Double(self)) }
}

extension Double: SettingConvertible {
  /// Converts the written form to a value; nil if it is not a number.
  public init?(written: SettingValue) {
    guard case .number(let value) = written else { return nil }
    self = value
  }

  /// The written form of the value.
  public var written: SettingValue { .number(self) }
}

/// One of several named values.
public protocol SettingChoice: SettingConvertible, RawRepresentable<String>, CaseIterable, Hashable
{}

extension SettingChoice {
  /// Finds the value with a name; nil for an unknown name.
  public init?(written: SettingValue) {
    guard case .word(let name) = written else { return nil }
    self.init(rawValue: name)
  }

  /// The value's name.
  public var written: SettingValue { .word(rawValue) }

  /// The names of all values, in order.
  public static var names: [String] { allCases.map(\.rawValue) }

  /// The names of all values for a sentence: `disparity, zoe, linear`.
  public static var list: String { names.joined(separator: ", ") }
}

extension Set: SettingConvertible where Element: SettingChoice {
  /// Converts a list of names to a set; nil if a name is unknown.
  public init?(written: SettingValue) {
    guard case .list(let items) = written else { return nil }
    let chosen = items.compactMap(Element.init(written:))
    guard chosen.count == items.count else { return nil }
    self.init(chosen)
  }

  /// The names in the type's order, regardless of the order in which they were given.
  public var written: SettingValue { .list(Element.allCases.filter(contains).map(\.written)) }
}
