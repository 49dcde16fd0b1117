/// Gestures, such as drags: all edits of a gesture are one step to undo.
///
/// Only one is in progress at a time, since tabs share the document. It belongs to a tab, by the
/// tab's number.
extension StudioSession {
  /// Whether a gesture is in progress.
  public var isInGesture: Bool { gesture != nil }

  /// Begins a gesture; ends one in progress.
  public func beginGesture(by owner: Int = 0) {
    gesture = owner
    history.beginGesture()
  }

  /// Ends a gesture, unless it belongs to another owner.
  public func endGesture(by owner: Int = 0) {
    guard gesture == owner else { return }
    gesture = nil
    history.endGesture()
  }

  /// Undoes all edits of the gesture in progress for good, and ends it.
  ///
  /// Returns a description of what was undone; nil if the gesture made no edits.
  @discardableResult public func cancelGesture() throws(SceneEditFault) -> String? {
    guard isInGesture else { return nil }
    let (count, words) = (history.done.count, history.done.last?.description)
    try history.cancelGesture(&files)
    gesture = nil
    history.endGesture()
    guard history.done.count != count else { return nil }
    filesChanged()
    return words
  }

  /// Makes a separate step: a gesture of another owner continues after it, as another step.
  func apart(
    for owner: Int, _ work: () throws(SceneEditFault) -> Void
  ) throws(SceneEditFault) {
    guard let other = gesture, other != owner else { return try work() }
    endGesture(by: other)
    defer { beginGesture(by: other) }
    try work()
  }
}
