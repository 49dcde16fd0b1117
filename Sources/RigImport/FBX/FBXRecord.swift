/// A record of an FBX file: a name, values, and child records.
struct FBXRecord {
  /// The name, such as "Vertices".
  var name: String
  /// The values after the name, in order.
  var values: [FBXValue] = []
  /// The child records.
  var children: [FBXRecord] = []

  /// Returns the first child record with a name.
  func first(_ name: String) -> FBXRecord? { children.first { $0.name == name } }

  /// Returns all child records with a name.
  func all(_ name: String) -> [FBXRecord] { children.filter { $0.name == name } }

  /// Returns the text at an index; nil for anything else.
  func text(_ index: Int) -> String? {
    guard index < values.count, case .text(let text) = values[index] else { return nil }
    return text
  }

  /// Returns the number at an index, even if it is not finite; nil for anything else.
  func number(_ index: Int) -> Double? {
    guard index < values.count else { return nil }
    switch values[index] {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    default: return nil
    }
  }

  /// Returns the integer at an index, without a fraction; nil for anything else.
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
  /// An integer, or a flag as 0 or 1.
  case integer(Int64)
  /// A floating-point number.
  case number(Double)
  /// A text, or a word without quotes.
  case text(String)
  /// An array, which is decompressed when it is used.
  case array(FBXArray)
  /// The range of raw bytes in a binary file.
  case bytes(Range<Int>)
}

/// An array of a record, still in the file's form.
struct FBXArray {
  /// The type of each element.
  enum Element {
    /// Four bytes, floating-point.
    case float
    /// Eight bytes, floating-point.
    case double
    /// Four bytes, integer.
    case int32
    /// Eight bytes, integer.
    case int64
    /// One byte.
    case byte
    /// Digits with commas between them.
    case text

    /// The size of an element in a binary file, in bytes.
    var size: Int {
      switch self {
      case .float, .int32: 4
      case .double, .int64: 8
      case .byte, .text: 1
      }
    }
  }

  /// The type of each element.
  var element: Element
  /// The number of elements that the file states.
  var count: Int
  /// The range of the array in the file.
  var range: Range<Int>
  /// Whether the array is compressed with zlib.
  var isPacked: Bool
}
