/// Conversion of UTF-16 text files.
enum WideText {
  /// Returns a file's bytes, with UTF-16 text converted to UTF-8.
  ///
  /// It is detected by a byte order mark, or by a zero beside the first letter, which no supported
  /// binary format begins with.
  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 4, let isBigEndian = isBigEndian(bytes) else { return bytes }
    let hasMark = bytes[0] >= 0xFE
    let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).map { at -> UInt16 in
      let (one, other) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      return isBigEndian ? one << 8 | other : other << 8 | one
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Returns whether a UTF-16 text is big-endian; nil for other files, such as UTF-32.
  private static func isBigEndian(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) { return bytes[2] == 0 && bytes[3] == 0 ? nil : false }
    if bytes.starts(with: [0xFE, 0xFF]) { return true }
    if bytes[0] == 0, bytes[2] == 0, bytes[1] != 0, bytes[3] != 0 { return true }
    return bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 && bytes[2] != 0 ? false : nil
  }
}
