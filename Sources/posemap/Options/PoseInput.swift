internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// A pose file on the command line.
enum PoseInput {
  /// Returns the pose, and prints the warnings about it.
  static func load(_ path: String, rigs: String?) throws(Failure) -> Pose {
    let loaded = try LoadedPose.load(
      PoseLibrary.path(of: path, rigsFolder: rigs), rigsFolder: rigs)
    loaded.diagnostics.forEach(printError)
    return loaded.pose
  }
}
