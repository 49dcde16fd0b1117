/// Encodings of text files; posemap supports only UTF-8.
public enum TextEncoding {
  /// The byte order mark of UTF-8, which editors on Windows write first and JSON forbids.
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Returns a sentence about a text in another encoding; nil for other bytes.
  ///
  /// A text in UTF-16 or UTF-32 has a byte order mark, or a zero byte in each of its first letters.
  public static func sentence(of bytes: [UInt8]) -> String? {
    let start = bytes.prefix(4)
    let isWide =
      start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
      || start.starts(with: [0, 0, 0xFE, 0xFF])
      || (start.count >= 2 && (start.first == 0) != (start.dropFirst().first == 0))
    return isWide ? "this text is in UTF-16 or UTF-32; save it as UTF-8" : nil
  }
}

/// The line endings of a file: line feeds, or carriage returns with line feeds, as git writes them
/// on Windows.
package enum LineEnd: String, Sendable {
  case lineFeed = "\n"
  case carriageReturn = "\r\n"

  /// Detects the line endings that most lines of a file have.
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

  /// Returns a text with its line feeds replaced by these line endings.
  package func ending(_ text: String) -> String {
    self == .lineFeed ? text : text.replacing("\n", with: rawValue)
  }
}
