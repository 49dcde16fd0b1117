/// A record of an FBX file: a name, values, and the records below it.
struct FBXRecord {
  /// The name, such as "Vertices".
  var name: String
  /// The values after the name, in order.
  var values: [FBXValue] = []
  /// The records between the braces.
  var children: [FBXRecord] = []

  /// Returns the first record of a name below this one.
  func first(_ name: String) -> FBXRecord? { children.first { $0.name == name } }

  /// Returns all records of a name directly below this one.
  func all(_ name: String) -> [FBXRecord] { children.filter { $0.name == name } }

  /// Returns the text at a place; nil for anything else.
  func text(_ index: Int) -> String? {
    guard index < values.count, case .text(let text) = values[index] else { return nil }
    return text
  }

  /// Returns the number at a place, as finite as it is in the file; nil for anything else.
  func number(_ index: Int) -> Double? {
    guard index < values.count else { return nil }
    switch values[index] {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    default: return nil
    }
  }

  /// Returns the integer at a place; numbers with a fraction lose it.
  func integer(_ index: Int) -> Int64? {
    guard index < values.count else { return nil }
    switch values[index] {
    case .integer(let number): return number
    case .number(let number): return Int64(exactly: number.rounded(.towardZero))
    default: return nil
    }
  }
}

/// A value of a record.
enum FBXValue {
  /// A whole number, or a flag as 0 or 1.
  case integer(Int64)
  /// A number with a fraction.
  case number(Double)
  /// A text, or a word without quotes.
  case text(String)
  /// Numbers that are unpacked when somebody asks for them.
  case array(FBXArray)
  /// The place of raw bytes in a binary file.
  case bytes(Range<Int>)
}

/// Numbers of a record, still as the file has them.
struct FBXArray {
  /// The form of each number.
  enum Element {
    /// Four bytes with a fraction.
    case float
    /// Eight bytes with a fraction.
    case double
    /// Four bytes.
    case int32
    /// Eight bytes.
    case int64
    /// One byte.
    case byte
    /// Digits with commas between them.
    case text

    /// The bytes of one number in a binary file.
    var size: Int {
      switch self {
      case .float, .int32: 4
      case .double, .int64: 8
      case .byte, .text: 1
      }
    }
  }

  /// The form of each number.
  var element: Element
  /// The count that the file claims.
  var count: Int
  /// The place of the numbers in the file.
  var range: Range<Int>
  /// Whether they are packed by zlib.
  var isPacked: Bool
}
