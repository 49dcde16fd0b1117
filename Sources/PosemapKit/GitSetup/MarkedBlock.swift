internal import SceneFiles

/// The lines of posemap in another owner's file, between two marks.
///
/// The first mark records the file's earlier state, so that removing the lines restores it byte for
/// byte.
struct MarkedBlock: Equatable {
  /// The file's earlier state.
  enum Origin: Equatable {
    /// A file; whether the line before the block had a line ending.
    case file(hasLastEnd: Bool)
    /// No file; and the number of folders above it that did not exist either.
    case nothing(folders: Int)
  }

  /// The file's earlier state.
  var origin: Origin
  /// The lines between the marks.
  var lines: [String]

  private static let begin = "# >>> posemap git >>>"
  private static let end = "# <<< posemap git <<<"
  private static let withoutEnd = " (the line above had no end)"
  private static let newFile = " (a new file)"
  private static let newFolders = " (a new file, folders: "

  /// The first mark.
  private var firstLine: String {
    switch origin {
    case .file(hasLastEnd: true): Self.begin
    case .file(hasLastEnd: false): Self.begin + Self.withoutEnd
    case .nothing(folders: 0): Self.begin + Self.newFile
    case .nothing(let folders): Self.begin + Self.newFolders + "\(folders))"
    }
  }

  /// Returns the block's text, marks included.
  fileprivate func text(_ lineEnd: LineEnd) -> [UInt8] {
    Array(([firstLine] + lines + [Self.end]).map { $0 + lineEnd.rawValue }.joined().utf8)
  }

  /// Returns the earlier state that a first mark records; nil for a line that is not a first mark.
  fileprivate static func origin(_ line: String) -> Origin? {
    guard line.hasPrefix(begin) else { return nil }
    let note = line.dropFirst(begin.count)
    if note.hasPrefix(newFolders) {
      return .nothing(folders: Int(note.dropFirst(newFolders.count).dropLast()) ?? 0)
    }
    return note.hasPrefix(newFile)
      ? .nothing(folders: 0) : .file(hasLastEnd: !note.hasPrefix(withoutEnd))
  }

  fileprivate static func isEnd(_ line: String) -> Bool { line.hasPrefix(end) }
}

/// A file's text in three parts: before the block, the block, and after it.
struct BlockedText {
  /// The block has a first mark but no last mark.
  struct Unended: Error {}

  /// The text before the block; for a file without a block, the whole text.
  private(set) var before: [UInt8] = []
  /// The block.
  private(set) var block: MarkedBlock?
  private var after: [UInt8] = []
  private let lineEnd: LineEnd

  /// Finds the block in a file's text. If git joined two blocks, all but the first are dropped.
  init(_ bytes: [UInt8]) throws(Unended) {
    lineEnd = LineEnd(of: bytes)
    var open: MarkedBlock?
    for line in Self.lines(bytes) {
      let text = Self.text(line)
      if let origin = MarkedBlock.origin(text), open == nil {
        open = MarkedBlock(origin: origin, lines: [])
      } else if let own = open {
        if MarkedBlock.isEnd(text) {
          block = block ?? own
          open = nil
        } else {
          open?.lines.append(text)
        }
      } else if block == nil {
        before += line
      } else {
        after += line
      }
    }
    if open != nil { throw Unended() }
  }

  /// The text without the block: the file's earlier content.
  var restored: [UInt8] {
    guard block?.origin == .file(hasLastEnd: false), after.isEmpty else { return before + after }
    var text = before
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    if lineEnd == .carriageReturn, text.last == UInt8(ascii: "\r") { text.removeLast() }
    return text
  }

  /// Returns the text with different lines in the block.
  func replacing(_ lines: [String]) -> [UInt8] {
    guard var block else { return inserting(lines, at: before.count) }
    block.lines = lines
    return before + block.text(lineEnd) + after
  }

  /// Returns the text of a file with a block inserted at a byte offset; the file must not have one.
  func inserting(_ lines: [String], at offset: Int) -> [UInt8] {
    let hasEnd = offset == 0 || before[offset - 1] == UInt8(ascii: "\n")
    let block = MarkedBlock(origin: .file(hasLastEnd: hasEnd), lines: lines)
    return before[..<offset] + (hasEnd ? [] : Array(lineEnd.rawValue.utf8)) + block.text(lineEnd)
      + before[offset...]
  }

  /// Returns the text of a new file that consists of a head and a block.
  static func new(head: String = "", _ lines: [String], folders: Int) -> [UInt8] {
    let block = MarkedBlock(origin: .nothing(folders: folders), lines: lines)
    return Array(head.utf8) + block.text(.lineFeed)
  }

  /// Returns a text's lines with their line endings.
  static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return lines
  }

  /// Returns a line as text, without its line ending.
  static func text(_ line: ArraySlice<UInt8>) -> String {
    var line = line
    if line.last == UInt8(ascii: "\n") { line.removeLast() }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
