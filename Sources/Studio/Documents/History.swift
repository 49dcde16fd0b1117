internal import SceneFiles

/// The edits of a session, each of which can be undone and done again.
public struct History: Sendable {
  /// An edit as it was made.
  public struct Entry: Equatable, Sendable {
    /// The edit in words.
    public var description: String
    /// The changes that make it.
    public var changes: [FileEdit]
    /// The changes that take it back.
    public var inverse: [FileEdit]
  }

  /// The edits made, the newest last.
  public private(set) var done: [Entry] = []
  /// The edits taken back, the next to be done again last.
  public private(set) var undone: [Entry] = []
  /// The number of edits at the last beginning of a gesture; nil between gestures.
  private var gesture: Int?

  /// A history without edits.
  public init() {}

  /// Begins a gesture, such as a drag: all edits until its end become one.
  public mutating func beginGesture() { gesture = done.count }

  /// Ends a gesture.
  public mutating func endGesture() { gesture = nil }

  /// Whether a gesture goes on.
  var isInGesture: Bool { gesture != nil }

  /// Whether the gesture that goes on has made an edit.
  var gestureHasEdits: Bool { gesture.map { done.count > $0 } ?? false }

  /// Makes an edit.
  public mutating func make(
    _ edit: SceneEdit, in files: inout EditedFiles
  ) throws(SceneEditFault) {
    let changes = try SceneEditor(files).changes(for: edit)
    guard !changes.isEmpty else { return }
    let inverse = try Self.apply(changes, &files)
    undone = []
    let entry = Entry(description: edit.description, changes: changes, inverse: inverse)
    if let gesture, done.count > gesture {
      let before = done.removeLast()
      done.append(
        Entry(
          description: entry.description, changes: before.changes + entry.changes,
          inverse: entry.inverse + before.inverse))
    } else {
      done.append(entry)
    }
  }

  /// Takes the newest edit back and returns it; nil where nothing was done.
  public mutating func undo(_ files: inout EditedFiles) throws(SceneEditFault) -> Entry? {
    guard let entry = done.last else { return nil }
    _ = try Self.apply(entry.inverse, &files)
    undone.append(done.removeLast())
    gesture = nil
    return entry
  }

  /// Does the edit again that was taken back last, and returns it; nil where nothing was undone.
  public mutating func redo(_ files: inout EditedFiles) throws(SceneEditFault) -> Entry? {
    guard let entry = undone.last else { return nil }
    _ = try Self.apply(entry.changes, &files)
    done.append(undone.removeLast())
    return entry
  }

  /// Forgets the edit that was taken back last.
  mutating func forgetUndone() { undone = undone.dropLast() }

  private static func apply(
    _ changes: [FileEdit], _ files: inout EditedFiles
  ) throws(SceneEditFault) -> [FileEdit] {
    do throws(DocumentEditFault) {
      return try files.apply(changes)
    } catch {
      throw .document(error)
    }
  }
}
