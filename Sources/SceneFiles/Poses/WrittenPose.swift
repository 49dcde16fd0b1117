package import PoseRig

/// A pose as written in files, with the locations of its goals.
package struct WrittenPose {
  package var pose: Pose
  package var goals: [PoseGoals.Name: FileOrigin] = [:]

  /// The mirrored pose.
  var mirrored: WrittenPose {
    WrittenPose(
      pose: pose.mirrored,
      goals: Dictionary(uniqueKeysWithValues: goals.map { ($0.key.mirrored, $0.value) }))
  }
}

/// A file and a location in it.
package struct FileOrigin: Equatable, Sendable {
  package var file: String
  package var location: TextLocation

  package init(file: String, location: TextLocation) {
    self.file = file
    self.location = location
  }
}
