/// A value of a map setting as files and options write it.
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

/// A type that a map setting may have.
public protocol SettingConvertible: Equatable, Sendable {
  /// Makes a value of its written form; nil if that has no meaning.
  init?(written: SettingValue)

  /// The one form in which the value is written.
  var written: SettingValue { get }
}

extension Bool: SettingConvertible {
  /// Makes a value of its written form; nil if that is not true or false.
  public init?(written: SettingValue) {
    guard case .boolean(let value) = written else { return nil }
    self = value
  }

  /// The value as it is written.
  public var written: SettingValue { .boolean(self) }
}

extension Int: SettingConvertible {
  /// Makes a value of its written form; nil if that is not a whole number.
  public init?(written: SettingValue) {
    guard case .number(let value) = written else { return nil }
    self.init(exactly: value)
  }

  /// The value as it is written.
  public var written: SettingValue { .number(Double(self)) }
}

extension Double: SettingConvertible {
  /// Makes a value of its written form; nil if that is not a number.
  public init?(written: SettingValue) {
    guard case .number(let value) = written else { return nil }
    self = value
  }

  /// The value as it is written.
  public var written: SettingValue { .number(self) }
}

/// One of several values that have names.
public protocol SettingChoice: SettingConvertible, RawRepresentable<String>, CaseIterable, Hashable
{}

extension SettingChoice {
  /// Makes a value of its name; nil if no value has that name.
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
  /// Makes a set of the names in a list; nil if one of them is no value's.
  public init?(written: SettingValue) {
    guard case .list(let items) = written else { return nil }
    let chosen = items.compactMap(Element.init(written:))
    guard chosen.count == items.count else { return nil }
    self.init(chosen)
  }

  /// The names in the order in which the type has them, whatever the order they were given in.
  public var written: SettingValue { .list(Element.allCases.filter(contains).map(\.written)) }
}
