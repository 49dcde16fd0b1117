/// The files of a zip archive in memory (PKWARE APPNOTE 6.3): stored and deflated entries, no
/// encryption, no zip64.
package struct ZipArchive {
  private struct Entry {
    var offset: Int
    var packedSize: Int
    var isDeflated: Bool
  }

  private let bytes: [UInt8]
  private let entries: [String: Entry]

  /// Reads the directory at the archive's end.
  package init(_ bytes: [UInt8]) throws(HumanCompilerError) {
    self.bytes = bytes
    guard let end = Self.endOfDirectory(bytes) else {
      throw .badArchive("its directory is missing")
    }
    var position = Self.number(bytes, end + 16, 4)
    var entries: [String: Entry] = [:]
    for _ in 0..<Self.number(bytes, end + 10, 2) {
      guard position + 46 <= end, Self.number(bytes, position, 4) == 0x0201_4b50 else {
        throw .badArchive("its directory is damaged")
      }
      let nameLength = Self.number(bytes, position + 28, 2)
      let rest = Self.number(bytes, position + 30, 2) + Self.number(bytes, position + 32, 2)
      guard position + 46 + nameLength + rest <= end else {
        throw .badArchive("its directory is damaged")
      }
      let name = String(decoding: bytes[position + 46..<position + 46 + nameLength], as: UTF8.self)
      entries[name] = Entry(
        offset: Self.number(bytes, position + 42, 4),
        packedSize: Self.number(bytes, position + 20, 4),
        isDeflated: Self.number(bytes, position + 10, 2) == 8)
      position += 46 + nameLength + rest
    }
    self.entries = entries
  }

  /// The names of all files.
  package var names: [String] { entries.keys.sorted() }

  /// Returns the content of a file.
  package func file(_ name: String) throws(HumanCompilerError) -> [UInt8] {
    guard let entry = entries[name] else { throw .missing(name) }
    guard entry.offset + 30 <= bytes.count, Self.number(bytes, entry.offset, 4) == 0x0403_4b50
    else { throw .badArchive("\(name) is not where the directory says") }
    let start =
      entry.offset + 30 + Self.number(bytes, entry.offset + 26, 2)
      + Self.number(bytes, entry.offset + 28, 2)
    guard start + entry.packedSize <= bytes.count else {
      throw .badArchive("\(name) is cut off")
    }
    let packed = bytes[start..<start + entry.packedSize]
    return entry.isDeflated ? try Inflate.unpack(packed, .raw, name: name) : Array(packed)
  }

  private static func endOfDirectory(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let lowest = max(0, bytes.count - 22 - 65_535)
    return stride(from: bytes.count - 22, through: lowest, by: -1).first {
      bytes[$0] == 0x50 && number(bytes, $0, 4) == 0x0605_4b50
    }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int, _ length: Int) -> Int {
    guard offset >= 0, offset + length <= bytes.count else { return 0 }
    return (0..<length).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
}
