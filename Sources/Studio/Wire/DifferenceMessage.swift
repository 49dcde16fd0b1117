internal import SceneFiles

/// Writes the changes that saving a session would make on disk.
enum DifferenceMessage {
  /// Returns the changes in words and line by line.
  static func of(_ session: StudioSession) -> Outgoing {
    let difference = SessionDifference(session.files, disk: session.disk)
    return .of(
      "difference", ["words": .texts(difference.words), "text": .string(difference.text)])
  }
}
