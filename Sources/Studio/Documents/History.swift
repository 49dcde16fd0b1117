internal import SceneFiles

/// The edits of a session, which can be undone and redone.
public struct History: Sendable {
  /// An edit that was made.
  public struct Entry: Equatable, Sendable {
    /// The description of the edit.
    public var description: String
    /// The changes that make it.
    public var changes: [FileEdit]
    /// The changes that undo it.
    public var inverse: [FileEdit]
  }

  /// The edits that were made, the newest last.
  public private(set) var done: [Entry] = []
  /// The edits that were undone, the next to redo last.
  public private(set) var undone: [Entry] = []
  /// The number of edits when the current gesture began; nil between gestures.
  private var gesture: Int?

  /// Creates a history without edits.
  public init() {}

  /// Begins a gesture, such as a drag: all edits until its end become a single one.
  public mutating func beginGesture() { gesture = done.count }

  /// Ends a gesture.
  public mutating func endGesture() { gesture = nil }

  /// Makes an edit.
  ///
  /// - Parameter solved: the current solved scene, for edits that depend on it.
  public mutating func make(
    _ edit: SceneEdit, in files: inout EditedFiles, solved: SolvedScene? = nil
  ) throws(SceneEditFault) {
    let editor = SceneEditor(files, solved: solved)
    try make(try editor.changes(for: edit), saying: editor.words(for: edit), in: &files)
  }

  /// Makes changes as one edit.
  public mutating func make(
    _ changes: [FileEdit], saying description: String, in files: inout EditedFiles
  ) throws(SceneEditFault) {
    guard !changes.isEmpty else { return }
    let inverse = try files.apply(changes)
    undone = []
    if let gesture, done.count > gesture {
      done[done.count - 1].add(changes, inverse, description)
    } else {
      done.append(Entry(description: description, changes: changes, inverse: inverse))
    }
  }

  /// Undoes the newest edit and returns it; nil if there is nothing to undo.
  public mutating func undo(_ files: inout EditedFiles) throws(SceneEditFault) -> Entry? {
    guard let entry = done.last else { return nil }
    _ = try files.apply(entry.inverse)
    undone.append(done.removeLast())
    gesture = nil
    return entry
  }

  /// Redoes the edit that was undone last, and returns it; nil if there is nothing to redo.
  public mutating func redo(_ files: inout EditedFiles) throws(SceneEditFault) -> Entry? {
    guard let entry = undone.last else { return nil }
    _ = try files.apply(entry.changes)
    done.append(undone.removeLast())
    return entry
  }

  /// Undoes everything that the gesture has done so far, without a trace; the gesture continues.
  public mutating func cancelGesture(_ files: inout EditedFiles) throws(SceneEditFault) {
    guard let gesture, done.count > gesture, let entry = done.last else { return }
    _ = try files.apply(entry.inverse)
    done.removeLast()
  }
}

extension History.Entry {
  /// Adds the next changes of a gesture.
  ///
  /// A value that is set repeatedly is kept only in its last state: an hour of dragging takes no
  /// more memory than its first second.
  fileprivate mutating func add(
    _ next: [FileEdit], _ nextInverse: [FileEdit], _ description: String
  ) {
    self.description = description
    for (change, inverse) in zip(next, nextInverse.reversed()) {
      if let index = earlier(of: change, inverse) {
        changes[index] = change
      } else {
        changes.append(change)
        self.inverse.insert(inverse, at: 0)
      }
    }
  }

  /// Returns the index of an earlier change that this one makes unnecessary.
  private func earlier(of change: FileEdit, _ inverse: FileEdit) -> Int? {
    for index in changes.indices.reversed() {
      if changes[index].isSuperseded(by: change, inverse: inverse) { return index }
      guard changes[index].isApart(from: change) else { return nil }
    }
    return nil
  }
}
