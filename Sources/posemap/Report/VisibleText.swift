/// Untrusted text in messages: ids, keys, paths, arguments, messages of servers and models.
///
/// Escape sequences, line breaks and bidirectional controls could fake posemap's own messages on a
/// terminal.
enum VisibleText {
  /// Returns a line with every hidden character as an escape: a line feed as `\u{a}`.
  static func line(_ text: String) -> String {
    replaced(in: text) { "\\u{\(String($0.value, radix: 16))}" }
  }

  /// Returns posemap's own lines with every hidden character except line breaks as an escape.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
      .joined(separator: "\n")
  }

  /// Returns JSON of equal meaning, with every hidden character in its strings as an escape. All of
  /// them have four hexadecimal digits.
  static func json(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      replaced(in: String(line)) { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }.joined(separator: "\n")
  }

  private static func replaced(
    in text: String, by spelling: (Unicode.Scalar) -> String
  ) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.reduce(into: "") { whole, scalar in
      if isHidden(scalar) {
        whole += spelling(scalar)
      } else {
        whole.unicodeScalars.append(scalar)
      }
    }
  }

  /// Returns whether a character controls a terminal, breaks a line, or reverses the text beside
  /// it.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    default: return scalar.properties.isBidiControl
    }
  }
}
