public import PoseRig

/// Checks a pose, clip, bones, prop, hair, garment or scene file without drawing it.
public enum CheckedFile {
  /// Returns all errors and warnings of a file and of the scene that it describes.
  ///
  /// A file of an unknown type is checked as a pose.
  public static func read(
    _ path: String, loader: FileLoader, profile: Profile? = nil, camera: String? = nil,
    limits: JointLimits = .standard
  ) -> Result<[Diagnostic], UnreadableFile> {
    let documents = DocumentStore(loader)
    switch documents.document(at: path) {
    case .failure(.unreadable(let failure)): return .failure(failure)
    case .failure(.malformed(let diagnostic)): return .success([diagnostic])
    case .success(let document) where document.kind == .scene:
      return SceneReader.read(
        path, in: documents, profile: profile, camera: camera, limits: limits
      ).map { check($0) }
    case .success(let document) where document.kind == .bones:
      let log = DiagnosticLog()
      _ = BoneMapFile.read(document.bytes, file: path, log: log)
      return .success(log.sorted)
    case .success(let document) where document.kind == .prop:
      let log = DiagnosticLog()
      _ = PropFileReader(file: path, log: log).design(in: document.root)
      return .success(documents.located(log.sorted))
    case .success(let document) where document.kind == .hair:
      let log = DiagnosticLog()
      _ = HairFileReader(file: path, log: log).design(in: document.root)
      return .success(documents.located(log.sorted))
    case .success(let document) where document.kind == .garment:
      let log = DiagnosticLog()
      _ = GarmentFileReader(file: path, log: log).design(in: document.root)
      return .success(documents.located(log.sorted))
    case .success:
      return PoseFile.read(path, in: documents, limits: limits).map { check($0, path) }
    }
  }

  private static func check(_ reading: SceneReader.Result) -> [Diagnostic] {
    guard let scene = reading.scene else { return reading.diagnostics }
    var findings: [Finding] = []
    if let posed = SceneSolver.solve(scene, findings: &findings) {
      findings += SceneCheck.check(scene, posed)
    }
    return reading.diagnostics + reading.source.diagnostics(of: findings, in: scene)
  }

  private static func check(_ file: PoseFile, _ path: String) -> [Diagnostic] {
    guard let pose = file.pose, file.motion == nil else { return file.diagnostics }
    let start = TextLocation(line: 1, column: 1)
    return file.diagnostics
      + SceneCheck.check(pose, on: .female).compactMap { finding in
        finding.sentenceOfPose().map {
          Diagnostic(.warning, finding.code, file: path, at: start, $0)
        }
      }
  }
}
