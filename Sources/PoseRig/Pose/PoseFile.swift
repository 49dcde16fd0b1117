/// A pose or clip file read by itself, without a scene.
public struct PoseFile {
  /// The pose, of a clip its first; nil when the files have errors.
  public var pose: Pose?
  /// The motion of a clip.
  public var motion: PoseMotion?
  /// Everything found wrong or doubtful.
  public var diagnostics: [Diagnostic]

  /// Reads the file at `path` with everything it builds on.
  public static func read(
    _ path: String, loader: FileLoader, limits: JointLimits = .standard
  ) -> Result<PoseFile, UnreadableFile> {
    let bytes: [UInt8]
    switch loader.read(path) {
    case .failure(let failure): return .failure(failure)
    case .success(let content): bytes = content
    }
    let log = DiagnosticLog()
    var poses = PoseReader(loader: loader, limits: limits, log: log)
    var file = PoseFile(pose: nil, motion: nil, diagnostics: [])
    do {
      let node = try JSONParser.parse(bytes)
      if case .object(let members) = node.value, members.contains(where: { $0.key == "frames" }) {
        file.motion = ClipReader(file: path, log: log).motion(in: node, named: path, poses: &poses)
        file.pose = file.motion?.pose(at: 0)
      } else {
        file.pose = poses.pose(in: node, file: path)
      }
    } catch {
      log.error(path, error.location, error.message)
    }
    if log.hasErrors { file.pose = nil }
    file.diagnostics = log.sorted
    return .success(file)
  }
}
