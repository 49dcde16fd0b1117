/// Gestures, such as drags: all edits of one are one step to undo.
///
/// One is in progress at a time, since the document is everybody's. It belongs to a tab, by its
/// number.
extension StudioSession {
  /// Whether a gesture is in progress.
  public var isInGesture: Bool { gesture != nil }

  /// Begins a gesture; one in progress ends.
  public func beginGesture(by owner: Int = 0) {
    gesture = owner
    history.beginGesture()
  }

  /// Ends a gesture; that of another owner continues.
  public func endGesture(by owner: Int = 0) {
    guard gesture == owner else { return }
    gesture = nil
    history.endGesture()
  }

  /// Takes back all edits of the gesture in progress, for good, and ends it.
  ///
  /// Returns what is taken back, in words; nil where it made nothing.
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

  /// Does what is a step of its own: a gesture of another owner continues after it, as another
  /// step.
  func apart(
    for owner: Int, _ work: () throws(SceneEditFault) -> Void
  ) throws(SceneEditFault) {
    guard let other = gesture, other != owner else { return try work() }
    endGesture(by: other)
    defer { beginGesture(by: other) }
    try work()
  }
}
