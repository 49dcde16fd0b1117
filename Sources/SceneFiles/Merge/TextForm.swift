/// The text format of a file apart from its layout: its line endings, and whether it has a byte
/// order mark.
struct TextForm: Equatable {
  var hasCarriageReturns = false
  var hasMark = false

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Detects the format of a file by its first line.
  init(_ bytes: [UInt8]) {
    hasMark = bytes.starts(with: Self.mark)
    if let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0 {
      hasCarriageReturns = bytes[end - 1] == UInt8(ascii: "\r")
    }
  }

  /// Merges formats by the usual rule: a change by only one side wins.
  init(base: TextForm?, ours: TextForm, theirs: TextForm) {
    func merged(_ flag: (TextForm) -> Bool) -> Bool {
      let old = base.map(flag) ?? false
      return flag(ours) == old ? flag(theirs) : flag(ours)
    }
    hasCarriageReturns = merged(\.hasCarriageReturns)
    hasMark = merged(\.hasMark)
  }

  /// Returns lines as the bytes of a file.
  func bytes(_ lines: [String]) -> [UInt8] {
    let end = hasCarriageReturns ? "\r\n" : "\n"
    return (hasMark ? Self.mark : []) + Array((lines.joined(separator: end) + end).utf8)
  }

  /// Returns a text as the bytes of a file.
  func bytes(_ text: String) -> [UInt8] {
    hasCarriageReturns
      ? bytes(
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
      : (hasMark ? Self.mark : []) + Array(text.utf8)
  }
}
