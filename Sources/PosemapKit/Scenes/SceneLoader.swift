internal import MapRender
internal import PoseRig
public import SceneFiles

/// Loads scene files with a caller's choices.
///
/// ```swift
/// import SceneFiles
///
/// let loader = try SceneLoader(SceneChoices(profile: .named("sd15")))
/// let loaded = try loader.load("Examples/window/scene.json")
/// ```
public struct SceneLoader {
  private let files: FileLoader
  private let choices: SceneChoices

  /// Creates a loader; throws for wrong choices before any file is read.
  ///
  /// - Parameter files: the source of all files; the disk by default.
  public init(_ choices: SceneChoices = SceneChoices(), files: FileLoader? = nil) throws(Failure) {
    let log = DiagnosticLog()
    var settings = MapSettings()
    settings.set(choices.mapSettings, source: "posemap", log: log)
    if log.hasErrors { throw Failure(.usage, diagnostics: log.sorted) }
    self.files = files ?? choices.diskLoader()
    self.choices = choices
  }

  /// Reads and solves a scene.
  public func load(_ path: String) throws(Failure) -> LoadedScene {
    try solve(try describe(path))
  }

  /// Reads a scene, and leaves the judgment of its warnings to ``solve(_:)``.
  public func describe(_ path: String) throws(Failure) -> DescribedScene {
    let reading: SceneReader.Result
    let read = SceneReader.read(
      path, loader: files, profile: choices.profile, camera: choices.camera)
    switch read {
    case .failure(let failure):
      throw Failure(.noInput, of: path, "cannot read this scene: \(failure.reason)")
    case .success(let result): reading = result
    }
    guard var scene = reading.scene else {
      throw refusal(reading.diagnostics) ?? Failure(.badData, diagnostics: reading.diagnostics)
    }
    let log = DiagnosticLog()
    if let canvas = choices.canvas {
      scene.canvas = canvas
      if let profile = scene.profile, !profile.suits(canvas) {
        log.warning(.unsuitedCanvas, path, nil, "--size " + profile.unsuited(canvas))
      }
    }
    scene.mapSettings.set(choices.mapSettings, source: path, log: log)
    for sentence in scene.mapSettings.idle { log.warning(.noEffect, path, nil, sentence) }
    return DescribedScene(
      path: path, scene: scene, inputs: reading.inputs, source: reading.source,
      diagnostics: reading.diagnostics + log.sorted)
  }

  /// Poses a scene, and judges all findings about it.
  public func solve(_ described: DescribedScene) throws(Failure) -> LoadedScene {
    var findings: [Finding] = []
    let posed = SceneSolver.solve(described.scene, findings: &findings)
    let found = try judged(
      described.diagnostics + described.source.diagnostics(of: findings, in: described.scene))
    guard var posed else { throw Failure(.badData, diagnostics: found) }
    if let turn = choices.turn { posed.turn(to: turn, in: described.scene) }
    return LoadedScene(
      path: described.path, scene: posed, described: described.scene, inputs: described.inputs,
      source: described.source,
      diagnostics: found)
  }

  /// Returns sentences about a scene as warnings, or throws them if warnings count as errors.
  public func warnings(
    _ sentences: [String], of path: String
  ) throws(Failure) -> [Diagnostic] {
    let log = DiagnosticLog()
    for sentence in sentences { log.warning(.flatDepth, path, nil, sentence) }
    return try judged(log.sorted)
  }

  private func judged(_ diagnostics: [Diagnostic]) throws(Failure) -> [Diagnostic] {
    if let refusal = refusal(diagnostics) { throw refusal }
    return diagnostics
  }

  /// Returns the failure that the choices make of diagnostics; nil if there are only warnings.
  private func refusal(_ diagnostics: [Diagnostic]) -> Failure? {
    Failure(judging: choices.isStrict ? diagnostics.map(\.asError) : diagnostics)
  }
}

extension Diagnostic {
  /// The diagnostic as an error.
  public var asError: Diagnostic {
    var stricter = self
    stricter.severity = .error
    return stricter
  }
}
