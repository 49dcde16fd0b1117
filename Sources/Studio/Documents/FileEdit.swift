public import SceneFiles

/// A change to one file.
public struct FileEdit: Equatable, Sendable {
  /// The kinds of change to a file.
  enum Change: Equatable, Sendable {
    /// A change to one value.
    case value(DocumentEdit)
    /// A new content; nil removes the file from the session.
    case content(FileContent.Parts?)
  }

  /// The file's path.
  public let file: String
  let change: Change

  /// Creates a change to one value.
  public init(file: String, edit: DocumentEdit) {
    self.file = file
    change = .value(edit)
  }

  /// Creates a change to the whole file; nil removes it from the session.
  public init(file: String, content: FileContent?) {
    self.file = file
    change = .content(content?.parts)
  }

  /// Returns whether the next change makes this one unnecessary, so that it can replace it and be
  /// undone as this one is.
  ///
  /// - Parameter inverse: the change that undoes the next one.
  func isSuperseded(by next: FileEdit, inverse: FileEdit) -> Bool {
    guard file == next.file, case .value(.set(let path, _)) = change,
      case .value(.set(path, _)) = next.change, case .value(.set(path, _)) = inverse.change
    else { return false }
    return true
  }

  /// Returns whether both changes set values of which neither contains the other, so that their
  /// order does not matter.
  func isApart(from other: FileEdit) -> Bool {
    if file != other.file { return true }
    guard case .value(.set(let path, _)) = change, case .value(.set(let next, _)) = other.change
    else { return false }
    return zip(path.steps, next.steps).contains { $0 != $1 }
  }
}
