public import SceneFiles

/// A change of one file.
public struct FileEdit: Equatable, Sendable {
  /// The way in which a file changes.
  enum Change: Equatable, Sendable {
    /// One of its values.
    case value(DocumentEdit)
    /// All of it; nil for a file that is no more of the session.
    case content(FileContent.Parts?)
  }

  /// The file's path.
  public let file: String
  let change: Change

  /// A change of one value.
  public init(file: String, edit: DocumentEdit) {
    self.file = file
    change = .value(edit)
  }

  /// A change of the whole file; nil takes it out of the session.
  public init(file: String, content: FileContent?) {
    self.file = file
    change = .content(content?.parts)
  }

  /// Whether the next change does all that this one did, so that it can take its place and be taken
  /// back as this one is.
  ///
  /// - Parameter inverse: the change that takes the next one back.
  func isOutdone(by next: FileEdit, inverse: FileEdit) -> Bool {
    guard file == next.file, case .value(.set(let path, _)) = change,
      case .value(.set(path, _)) = next.change, case .value(.set(path, _)) = inverse.change
    else { return false }
    return true
  }

  /// Whether it sets a value that neither holds nor is held by the one that another sets, so that
  /// their order does not matter.
  func isApart(from other: FileEdit) -> Bool {
    if file != other.file { return true }
    guard case .value(.set(let path, _)) = change, case .value(.set(let next, _)) = other.change
    else { return false }
    return zip(path.steps, next.steps).contains { $0 != $1 }
  }
}
