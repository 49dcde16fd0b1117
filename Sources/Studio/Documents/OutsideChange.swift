internal import SceneFiles

/// The change that others made to a file that is edited here.
public enum OutsideChange: Equatable, Sendable {
  /// A change there alone: the text there is to be taken over.
  case taken([UInt8])
  /// A change on both sides, which fit together.
  case merged([UInt8])
  /// A change on both sides, which are at odds; with the matters of dispute in words.
  case conflict([String])
  /// The text there is the one here, or the one that was there before.
  case nothingNew
  /// The end of the file there.
  case deleted

  /// Finds out what a text on the disk is to one that is edited.
  ///
  /// - Parameters:
  ///   - saved: the text that both come from; nil for a file that both made.
  ///   - ours: the text as it is here.
  ///   - theirs: the text on the disk.
  init(file: String, saved: [UInt8]?, ours: [UInt8], theirs: [UInt8]) {
    if ours == theirs || saved == theirs {
      self = .nothingNew
    } else if ours == saved {
      self = .taken(theirs)
    } else {
      self = Self.joined(file, saved ?? [], ours, theirs)
    }
  }

  private static func joined(
    _ file: String, _ saved: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
  ) -> OutsideChange {
    do throws(DocumentMerge.Refusal) {
      let merge = try DocumentMerge(base: saved, ours: ours, theirs: theirs, file: file)
      guard merge.isClean else {
        return .conflict(merge.conflicts.map(\.sentence) + merge.faults.map(\.message))
      }
      return .merged(merge.bytes(preferring: .ours))
    } catch {
      let whose =
        switch error.side {
        case .ours: "the text here"
        case .theirs: "the text there"
        case .base: "the text that was saved"
        }
      let line = error.diagnostic.location.map { " (line \($0.line))" } ?? ""
      return .conflict(["\(whose) cannot be read\(line): \(error.diagnostic.message)"])
    }
  }
}

/// A file that was changed here and outside, in ways that are at odds: somebody has to choose.
public struct OutsideConflict: Equatable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let file: String
  /// The matters of dispute, a sentence each.
  public let words: [String]
  /// The matters of dispute in one line.
  public var description: String { words.joined(separator: "; ") }

  /// The text here for which they were found.
  let ours: [UInt8]
  /// The text on the disk.
  let theirs: [UInt8]

  /// Returns the text that a choice makes: of a side where both are at odds, and of both elsewhere;
  /// of the side alone where a text cannot be read.
  func text(keepingMine keepsMine: Bool, saved: [UInt8]?, ours: [UInt8]) -> [UInt8] {
    let own = keepsMine ? ours : theirs
    guard
      let merge = try? DocumentMerge(base: saved ?? [], ours: ours, theirs: theirs, file: file),
      merge.faults.isEmpty
    else { return own }
    return merge.bytes(preferring: keepsMine ? .ours : .theirs)
  }
}
