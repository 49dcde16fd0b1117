internal import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// A pose file on the command line.
enum PoseInput {
  /// The pose, or an exit after saying what is wrong with it.
  static func load(_ path: String, rigs: String?) throws -> Pose {
    let loader = FileLoader.disk(rigsFolder: RigsFolder.find(rigs))
    switch PoseFile.read(path, loader: loader) {
    case .failure(let failure):
      printError("\(path): error: cannot read this pose: \(failure.reason)")
      throw ExitCode.noInput
    case .success(let file):
      for diagnostic in file.diagnostics { printError(diagnostic.description) }
      guard let pose = file.pose else { throw ExitCode.badData }
      return pose
    }
  }
}
