/// The allowed values of a map setting, as files and options write them.
public enum SettingForm: Equatable, Sendable {
  /// `true` or `false`.
  case boolean
  /// One of several names.
  case choice([String])
  /// One of several whole numbers.
  case oneOf([Int])
  /// A whole number; `unit` is for messages.
  case whole(ClosedRange<Int>, unit: String)
  /// A number; `unit` is for messages.
  case number(ClosedRange<Double>, unit: String)
  /// A list of names.
  case names([String])
  /// A list of names, or `true` for all of them and `false` for an empty list; `things` is the noun
  /// for the names in messages.
  case namesOrAll([String], things: String)
  /// Two numbers.
  case pair(NumberPair)
  /// One of several names, or two numbers.
  case choiceOrPair([String], NumberPair)

  /// Two numbers, the first of which is smaller.
  public struct NumberPair: Equatable, Sendable {
    /// The names of both, for messages.
    public let names: [String]
    /// The range of both values.
    public let range: ClosedRange<Double>
    /// The unit, for messages.
    public let unit: String
    /// Whether they can be equal.
    public let mayBeEqual: Bool

    /// Creates a pair from its parts.
    public init(
      names: [String], range: ClosedRange<Double>, unit: String = "", mayBeEqual: Bool = false
    ) {
      self.names = names
      self.range = range
      self.unit = unit
      self.mayBeEqual = mayBeEqual
    }
  }

  /// Whether a value is a list of names, so that a single bare name means a list of one.
  public var isList: Bool {
    switch self {
    case .names, .namesOrAll: true
    default: false
    }
  }

  /// Whether a value can begin with a minus sign.
  public var mayBeNegative: Bool {
    switch self {
    case .whole(let range, _): range.lowerBound < 0
    case .number(let range, _): range.lowerBound < 0
    case .pair(let pair), .choiceOrPair(_, let pair): pair.range.lowerBound < 0
    default: false
    }
  }
}
