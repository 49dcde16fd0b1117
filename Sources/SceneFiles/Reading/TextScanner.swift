/// Reads the numbers and words of line-based text quickly.
package struct TextScanner {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Returns the fields of the next line that is not empty; nil at the end.
  package mutating func nextLine() -> [ArraySlice<UInt8>]? {
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 10 { end += 1 }
      let fields = bytes[position..<end].split(whereSeparator: { $0 == 32 || $0 == 9 || $0 == 13 })
      position = end + 1
      if !fields.isEmpty { return fields }
    }
    return nil
  }

  /// Returns three fields in MakeHuman's decimeters as meters; nil if there are fewer, or for
  /// numbers beyond a kilometer.
  package static func point(_ fields: ArraySlice<ArraySlice<UInt8>>) -> SIMD3<Float>? {
    let numbers = fields.prefix(3).compactMap(number)
    guard numbers.count == 3, numbers.allSatisfy({ abs($0) < 10_000 }) else { return nil }
    return SIMD3(numbers.map { Float($0) * 0.1 })
  }

  /// Parses a number. Plain decimals, which nearly all are, are parsed without creating a string.
  package static func number(_ field: ArraySlice<UInt8>) -> Double? {
    var mantissa = 0.0
    var scale = 1.0
    var afterPoint = false
    for (index, byte) in field.enumerated() {
      switch byte {
      case 48...57:
        mantissa = mantissa * 10 + Double(byte - 48)
        if afterPoint { scale *= 10 }
      case 46 where !afterPoint: afterPoint = true
      case 45 where index == 0 && field.count > 1: continue
      default: return Double(String(decoding: field, as: UTF8.self))
      }
    }
    return (field.first == 45 ? -mantissa : mantissa) / scale
  }

  /// Returns the whole number at the start of a field such as `12/7`.
  package static func index(_ field: ArraySlice<UInt8>) -> Int? {
    var value = 0
    var digits = 0
    for byte in field {
      guard (48...57).contains(byte) else { break }
      value = value * 10 + Int(byte - 48)
      digits += 1
      if digits > 9 { return nil }
    }
    return digits > 0 ? value : nil
  }
}
