/// The encodings of text files, of which posemap reads UTF-8.
public enum TextEncoding {
  /// The byte order mark of UTF-8, which editors on Windows put first and JSON forbids.
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Returns the sentence on a text in another encoding; nil for other bytes.
  ///
  /// A text in UTF-16 or UTF-32 has a byte order mark, or a zero in each of its first letters.
  public static func sentence(of bytes: [UInt8]) -> String? {
    let start = bytes.prefix(4)
    let isWide =
      start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
      || start.starts(with: [0, 0, 0xFE, 0xFF])
      || (start.count >= 2 && (start.first == 0) != (start.dropFirst().first == 0))
    return isWide ? "this text is in UTF-16 or UTF-32; save it as UTF-8" : nil
  }
}

/// The ends of a file's lines: a line feed, as everywhere, or after a carriage return, as git
/// writes them on Windows.
package enum LineEnd: String, Sendable {
  case lineFeed = "\n"
  case carriageReturn = "\r\n"

  /// The ends that most of a file's lines have.
  package init(of bytes: [UInt8]) {
    var (all, wide) = (0, 0)
    var before: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        all += 1
        if before == UInt8(ascii: "\r") { wide += 1 }
      }
      before = byte
    }
    self = wide * 2 > all ? .carriageReturn : .lineFeed
  }

  /// Returns a text of line feeds with these ends instead.
  package func ending(_ text: String) -> String {
    self == .lineFeed ? text : text.replacing("\n", with: rawValue)
  }
}
