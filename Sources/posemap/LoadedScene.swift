internal import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// A scene read, checked and solved, with the files it was made from.
struct LoadedScene {
  var path: String
  var scene: PosedScene
  /// The scene before it was posed, for its motion.
  var described: Scene
  var inputs: [InputFile]
  /// Where the scene's parts stand in its files.
  var source: SceneSource

  /// What to call the scene.
  var name: String { Self.name(path) }

  /// What to call a scene: its file's name, or its folder's if the file is just `scene.json`.
  static func name(_ path: String) -> String {
    // However it is named, from wherever: `scene.json` in its folder is called as the folder is.
    let parts = FileIdentity.absolute(path).split(separator: "/")
    let file = parts.last ?? "scene"
    let stem = file.split(separator: ".").first ?? "scene"
    return String(stem == "scene" && parts.count > 1 ? parts[parts.count - 2] : stem)
  }

  /// Loads every scene, prints all that is wrong with any of them, and exits if one cannot be used.
  static func load(
    _ paths: [String], _ options: SceneOptions, _ mapOptions: MapOptions,
    recorder: ReadRecorder? = nil
  ) throws -> [LoadedScene] {
    let reader = try SceneFileReader(options, mapOptions, recorder: recorder)
    var scenes: [LoadedScene] = []
    var failure: ExitCode?
    for path in paths {
      var said: [String] = []
      let result = reader.load(path, said: &said)
      said.forEach(printError)
      switch result {
      case .success(let scene): scenes.append(scene)
      case .failure(let code): failure = failure ?? code
      }
    }
    if let failure { throw failure }
    return scenes
  }
}

/// A scene as its file and the options describe it, before it is solved.
struct DescribedScene {
  var scene: Scene
  var inputs: [InputFile]
  /// Where its parts stand.
  var source: SceneSource
  /// What was found on the way.
  fileprivate var diagnostics: [Diagnostic]
}

/// Reads scene files under a run's options.
struct SceneFileReader {
  private let loader: FileLoader
  private let options: SceneOptions
  private let mapOptions: MapOptions

  /// Says all that is wrong with the options before any file is read.
  init(
    _ options: SceneOptions, _ mapOptions: MapOptions, recorder: ReadRecorder? = nil
  ) throws {
    let log = DiagnosticLog()
    var settings = MapSettings()
    settings.set(mapOptions.assignments, source: "posemap", log: log)
    for diagnostic in log.sorted { printError(diagnostic.description) }
    if log.hasErrors { throw ExitCode.usage }
    let disk = FileLoader.disk(rigsFolder: RigsFolder.find(options.rigs))
    loader = recorder?.watching(disk) ?? disk
    self.options = options
    self.mapOptions = mapOptions
  }

  /// Reads and solves a scene; what there is to say about it is added to `said`.
  func load(_ path: String, said: inout [String]) -> Result<LoadedScene, ExitCode> {
    describe(path, said: &said).flatMap { solve($0, path, said: &said) }
  }

  /// Reads a scene; warnings are kept for ``solve(_:_:said:)`` to say.
  func describe(_ path: String, said: inout [String]) -> Result<DescribedScene, ExitCode> {
    let reading: SceneReader.Result
    switch SceneReader.read(path, loader: loader, profile: options.profile) {
    case .failure(let failure):
      said.append("\(path): error: cannot read this scene: \(failure.reason)")
      return .failure(.noInput)
    case .success(let result): reading = result
    }
    guard var scene = reading.scene else {
      return .failure(say(reading.diagnostics, &said) ?? .badData)
    }
    let log = DiagnosticLog()
    if let size = options.size {
      scene.canvas = size
      if let profile = scene.profile, !profile.suits(size) {
        log.warning(.unsuitedCanvas, path, nil, "--size " + profile.unsuited(size))
      }
    }
    scene.mapSettings.set(mapOptions.assignments, source: path, log: log)
    for sentence in scene.mapSettings.idle { log.warning(.noEffect, path, nil, sentence) }
    return .success(
      DescribedScene(
        scene: scene, inputs: reading.inputs, source: reading.source,
        diagnostics: reading.diagnostics + log.sorted))
  }

  /// Poses a scene, and says all that is wrong with it.
  func solve(
    _ described: DescribedScene, _ path: String, said: inout [String]
  ) -> Result<LoadedScene, ExitCode> {
    var findings: [Finding] = []
    let posed = SceneSolver.solve(described.scene, findings: &findings)
    let failure = say(
      described.diagnostics + described.source.diagnostics(of: findings, in: described.scene),
      &said)
    guard let posed, failure == nil else { return .failure(failure ?? .badData) }
    return .success(
      LoadedScene(
        path: path, scene: posed, described: described.scene, inputs: described.inputs,
        source: described.source))
  }

  /// Says sentences about a scene as warnings; the exit code if those count as errors.
  func warn(_ sentences: [String], of path: String, said: inout [String]) -> ExitCode? {
    options.warn(sentences, of: path, said: &said)
  }

  private func say(_ diagnostics: [Diagnostic], _ said: inout [String]) -> ExitCode? {
    options.say(diagnostics, &said)
  }
}

extension SceneOptions {
  /// Prints sentences about a scene as warnings, and exits if those count as errors.
  func warn(_ sentences: [String], of path: String) throws {
    var said: [String] = []
    let failure = warn(sentences, of: path, said: &said)
    said.forEach(printError)
    if let failure { throw failure }
  }

  fileprivate func warn(
    _ sentences: [String], of path: String, said: inout [String]
  ) -> ExitCode? {
    let log = DiagnosticLog()
    for sentence in sentences { log.warning(.flatDepth, path, nil, sentence) }
    return say(log.sorted, &said)
  }

  /// The exit code if anything is an error.
  fileprivate func say(_ diagnostics: [Diagnostic], _ said: inout [String]) -> ExitCode? {
    let shown = diagnostics.map { diagnostic in
      var shown = diagnostic
      if strict { shown.severity = .error }
      return shown
    }
    said += shown.map(\.description)
    let errors = shown.filter { $0.severity == .error }
    if errors.isEmpty { return nil }
    return errors.allSatisfy { $0.cause == .missingInput } ? .noInput : .badData
  }
}
