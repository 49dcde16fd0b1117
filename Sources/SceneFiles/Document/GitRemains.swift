/// Leftovers of git in a file: the markers of an unfinished merge, or a pointer of Git LFS instead
/// of the content.
public enum GitRemains {
  /// The sentence about a file that is a pointer.
  public static let pointerSentence =
    "this is a Git LFS pointer, not the file itself; run: git lfs pull"

  /// The first lines of pointers, by version of Git LFS.
  private static let pointerStarts = [
    "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/",
    "version http://git-media.io/v/",
  ].map { Array($0.utf8) }

  /// The size limit of a pointer in bytes, according to its specification.
  private static let maximumPointer = 1024

  /// Returns whether bytes are a Git LFS pointer.
  public static func isPointer(_ bytes: [UInt8]) -> Bool {
    bytes.count < maximumPointer && pointerStarts.contains { bytes.starts(with: $0) }
  }

  /// Returns a sentence if git left markers or a pointer in another program's file or a list;
  /// otherwise nil.
  ///
  /// `posemap mergetool` does not support these files, so the sentence recommends git itself.
  public static func sentence(of bytes: [UInt8], file: String) -> String? {
    if isPointer(bytes) { return pointerSentence }
    let name = ShellWord.quoted(file)
    return MergeMarkers(in: bytes).map {
      $0.sentence(remedy: "run git checkout --ours \(name), or --theirs") + " (line \($0.line))"
    }
  }
}

/// The markers that git writes around conflicting lines.
///
/// No line of JSON, or of other text that posemap reads, begins with such a sequence.
struct MergeMarkers: Equatable {
  /// One side of a conflict.
  private struct Side: Equatable {
    /// The label that git gives it: a branch, or a commit and its subject.
    var name: String
    /// The lines between the markers.
    var lines: Range<Int>

    func sentence(_ role: String) -> String {
      let title = name.isEmpty ? role : "\(role) (\(name))"
      return switch lines.count {
      case 0: "\(title) has nothing here"
      case 1: "\(title) has line \(lines.lowerBound)"
      default: "\(title) has lines \(lines.lowerBound) to \(lines.upperBound - 1)"
      }
    }
  }

  /// The line of the first marker.
  let line: Int
  private var ours: Side?
  private var theirs: Side?
  private var count = 0

  /// Finds the first conflict in a file; nil if there are no markers.
  init?(in bytes: [UInt8]) {
    var open: (line: Int, name: String)?
    var middle: Int?
    var end: Int?
    var first: Int?
    for marker in Self.markers(in: bytes) {
      switch marker.mark {
      case UInt8(ascii: "<"):
        first = first ?? marker.line
        (open, middle, end) = ((marker.line, marker.name), nil, nil)
      case UInt8(ascii: "|"): end = end ?? marker.line
      case UInt8(ascii: "="): middle = middle ?? marker.line
      default:
        first = first ?? marker.line
        guard let begun = open, let half = middle else { continue }
        count += 1
        if count == 1 {
          ours = Side(name: begun.name, lines: (begun.line + 1)..<(end ?? half))
          theirs = Side(name: marker.name, lines: (half + 1)..<marker.line)
        }
        (open, middle) = (nil, nil)
      }
    }
    guard let first else { return nil }
    line = first
  }

  /// Returns a sentence about the conflict, with the command to run.
  func sentence(remedy: String) -> String {
    guard let ours, let theirs else {
      return "a merge marker is left here; remove it, or \(remedy)"
    }
    let others =
      count == 1
      ? ""
      : count == 2
        ? ", and there is another conflict"
        : ", and there are \(count - 1) more conflicts"
    return "this merge is not finished: \(ours.sentence("ours")), "
      + "\(theirs.sentence("theirs"))\(others); \(remedy)"
  }

  private struct Marker {
    var mark: UInt8
    var line: Int
    var name: String
  }

  /// The minimum length of a marker; a git attribute can make it longer.
  private static let leastLength = 7

  private static func markers(in bytes: [UInt8]) -> [Marker] {
    var markers: [Marker] = []
    var line = 1
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      let mark = bytes[start]
      if "<>=|".utf8.contains(mark) {
        let text = bytes[start..<end]
        let rest = text.drop { $0 == mark }
        let isAlone = rest.first.map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") } ?? true
        if text.count - rest.count >= leastLength, isAlone {
          let name = rest.drop { $0 == UInt8(ascii: " ") }.filter { $0 != UInt8(ascii: "\r") }
          markers.append(
            Marker(mark: mark, line: line, name: String(decoding: name, as: UTF8.self)))
        }
      }
      line += 1
      start = end < bytes.endIndex ? end + 1 : end
    }
    return markers
  }
}
