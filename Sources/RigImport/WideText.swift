/// Text files in UTF-16.
enum WideText {
  /// Returns a file's bytes, those of a text in UTF-16 as UTF-8.
  ///
  /// A byte order mark tells it, or a zero beside the first letter, which no binary format that is
  /// read begins with.
  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 4, let isBigEndian = isBigEndian(bytes) else { return bytes }
    let hasMark = bytes[0] >= 0xFE
    let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).map { at -> UInt16 in
      let (one, other) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      return isBigEndian ? one << 8 | other : other << 8 | one
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Returns the order of bytes of a text in UTF-16; nil for other files, such as one in UTF-32.
  private static func isBigEndian(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) { return bytes[2] == 0 && bytes[3] == 0 ? nil : false }
    if bytes.starts(with: [0xFE, 0xFF]) { return true }
    if bytes[0] == 0, bytes[2] == 0, bytes[1] != 0, bytes[3] != 0 { return true }
    return bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 && bytes[2] != 0 ? false : nil
  }
}
