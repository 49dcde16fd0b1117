package import PoseRig

/// A pose as files say it, and where they say its goals.
package struct WrittenPose {
  package var pose: Pose
  package var goals: [PoseGoals.Name: FileOrigin] = [:]

  /// The pose seen in a mirror.
  var mirrored: WrittenPose {
    WrittenPose(
      pose: pose.mirrored,
      goals: Dictionary(uniqueKeysWithValues: goals.map { ($0.key.mirrored, $0.value) }))
  }
}

/// The file and the location in it where something stands.
package struct FileOrigin: Equatable, Sendable {
  package var file: String
  package var location: TextLocation

  package init(file: String, location: TextLocation) {
    self.file = file
    self.location = location
  }
}
