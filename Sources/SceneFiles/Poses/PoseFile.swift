public import PoseRig

/// A pose or clip file read on its own, without a scene.
public struct PoseFile {
  /// The pose, or the first pose of a clip; nil if the files have errors.
  public var pose: Pose?
  /// The motion of a clip.
  public var motion: PoseMotion?
  /// All errors and warnings.
  public var diagnostics: [Diagnostic]

  /// Reads the file at `path` with everything that it builds on.
  public static func read(
    _ path: String, loader: FileLoader, limits: JointLimits = .standard
  ) -> Result<PoseFile, UnreadableFile> {
    read(path, in: DocumentStore(loader), limits: limits)
  }

  /// Reads a file from the documents of a run.
  static func read(
    _ path: String, in documents: DocumentStore, limits: JointLimits
  ) -> Result<PoseFile, UnreadableFile> {
    let log = DiagnosticLog()
    var poses = PoseReader(documents: documents, limits: limits, log: log)
    var file = PoseFile(pose: nil, motion: nil, diagnostics: [])
    switch documents.document(at: path) {
    case .failure(.unreadable(let failure)): return .failure(failure)
    case .failure(.malformed(let diagnostic)): log.add(diagnostic)
    case .success(let document) where document.kind == .clip:
      file.motion =
        ClipReader(file: path, log: log).clip(
          in: document.root, named: path, poses: &poses)?.motion
      file.pose = file.motion?.pose(at: 0)
    case .success(let document):
      file.pose = poses.pose(in: document.root, file: path, chain: [path])?.pose
    }
    if log.hasErrors { file.pose = nil }
    file.diagnostics = documents.located(log.sorted)
    return .success(file)
  }
}
