/// Splits a stream of bytes into lines.
struct LineBuffer {
  /// The largest number of bytes of a line to keep.
  private static let longest = 4_096

  private var begun: [UInt8] = []

  /// Adds bytes; returns the lines that they complete, without empty ones.
  mutating func add(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        lines += rest()
      } else if begun.count < Self.longest {
        begun.append(byte)
      }
    }
    return lines
  }

  /// Returns the incomplete last line, if there is one.
  mutating func rest() -> [String] {
    defer { begun = [] }
    return begun.isEmpty ? [] : [String(decoding: begun, as: UTF8.self)]
  }
}
