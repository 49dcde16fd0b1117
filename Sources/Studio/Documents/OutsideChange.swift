internal import SceneFiles

/// A change by another program to a file that is being edited.
public enum OutsideChange: Equatable, Sendable {
  /// A change by the other program only, with the text to accept.
  case taken([UInt8])
  /// Changes on both sides that can be merged, with the merged text.
  case merged([UInt8])
  /// Changes on both sides that conflict, with a description of each conflict.
  case conflict([String])
  /// A text that is equal to the edited one or to the last saved one.
  case nothingNew
  /// The deletion of the file.
  case deleted

  /// Compares a text on disk with the edited one.
  ///
  /// - Parameters:
  ///   - saved: the common ancestor; nil for a file that both sides created.
  ///   - ours: the edited text.
  ///   - theirs: the text on disk.
  ///   - theirs: the text on disk.
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

/// A file with conflicting changes by this session and another program, which a person has to
/// resolve.
public struct OutsideConflict: Equatable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let file: String
  /// A sentence for each conflict.
  public let words: [String]
  /// The conflicts on one line.
  public var description: String { words.joined(separator: "; ") }

  /// The edited text at the time when the conflicts were found.
  let ours: [UInt8]
  /// The text on disk.
  let theirs: [UInt8]

  /// Returns the text for a decision: conflicts take the chosen side, and other changes are merged.
  /// If a text is not valid, returns the chosen side as a whole.
  func text(keepingMine keepsMine: Bool, saved: [UInt8]?, ours: [UInt8]) -> [UInt8] {
    let own = keepsMine ? ours : theirs
    guard
      let merge = try? DocumentMerge(base: saved ?? [], ours: ours, theirs: theirs, file: file),
      merge.faults.isEmpty
    else { return own }
    return merge.bytes(preferring: keepsMine ? .ours : .theirs)
  }
}
