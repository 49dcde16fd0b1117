/// Bytes that come in pieces, as lines.
struct LineBuffer {
  /// The bytes of a line that are kept.
  private static let longest = 4_096

  private var begun: [UInt8] = []

  /// Adds bytes; returns the lines that they end, without empty ones.
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

  /// Returns the line that has begun, if there is one.
  mutating func rest() -> [String] {
    defer { begun = [] }
    return begun.isEmpty ? [] : [String(decoding: begun, as: UTF8.self)]
  }
}
