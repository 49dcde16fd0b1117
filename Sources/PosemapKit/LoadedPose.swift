public import PoseRig
public import SceneFiles

/// A pose read from a file, with everything that it builds on.
public struct LoadedPose {
  /// The pose.
  public var pose: Pose
  /// The warnings about it.
  public var diagnostics: [Diagnostic]

  /// Reads a pose file.
  ///
  /// - Parameter rigsFolder: the folder of the pose library; nil for the one beside the command.
  public static func load(_ path: String, rigsFolder: String?) throws(Failure) -> LoadedPose {
    try load(path, FileLoader.disk(rigsFolder: RigsFolder.find(rigsFolder)))
  }

  static func load(_ path: String, _ loader: FileLoader) throws(Failure) -> LoadedPose {
    switch PoseFile.read(path, loader: loader) {
    case .failure(let failure):
      throw Failure(.noInput, of: path, "cannot read this pose: \(failure.reason)")
    case .success(let file):
      guard let pose = file.pose else { throw Failure(.badData, diagnostics: file.diagnostics) }
      return LoadedPose(pose: pose, diagnostics: file.diagnostics)
    }
  }
}
