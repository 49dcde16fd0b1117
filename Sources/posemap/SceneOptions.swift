import ArgumentParser
internal import PoseRig

/// What every command that reads scenes takes.
struct SceneOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another canvas with the same framing, in pixels.", valueName: "width>x<height"),
    transform: CanvasSize.parse)
  var size: Canvas?

  @Option(
    help: ArgumentHelp(
      "The models the maps are for; sets sizes and settings (see `posemap maps`): "
        + Profile.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "profile"),
    transform: ProfileName.parse)
  var profile: Profile?

  @Flag(help: "Treat warnings (such as angles beyond a joint's limits) as errors.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "The folder of bodies and library poses; by default the one beside the command.",
      valueName: "folder"))
  var rigs: String?
}

/// `832x1216` on the command line.
enum CanvasSize {
  static func parse(_ argument: String) throws -> Canvas {
    let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .compactMap { Int($0) }
    let allowed = Canvas.allowedSides
    guard sides.count == 2, sides.allSatisfy(allowed.contains) else {
      throw ValidationError(
        "a size is <width>x<height>, each from \(allowed.lowerBound) to \(allowed.upperBound) "
          + "pixels, like 832x1216")
    }
    return Canvas(width: sides[0], height: sides[1])
  }
}

/// `sd15` on the command line.
enum ProfileName {
  static func parse(_ argument: String) throws -> Profile {
    guard let profile = Profile(rawValue: argument) else {
      throw ValidationError(
        "there is no profile \"\(argument)\"; there are: "
          + Profile.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return profile
  }
}

/// A scene read, checked and solved, with the files it was made from.
struct LoadedScene {
  var path: String
  var scene: PosedScene
  /// The scene before it was posed, for its motion.
  var described: Scene
  var inputs: [InputFile]

  /// What to call the scene: its file's name, or its folder's if the file is just `scene.json`.
  var name: String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    let file = parts.last ?? "scene"
    let stem = file.split(separator: ".").first ?? "scene"
    return String(stem == "scene" && parts.count > 1 ? parts[parts.count - 2] : stem)
  }

  /// Loads every scene, prints all that is wrong with any of them, and exits if one cannot be used.
  static func load(
    _ paths: [String], _ options: SceneOptions, _ mapOptions: MapOptions,
    recorder: ReadRecorder? = nil
  ) throws -> [LoadedScene] {
    try checkSettings(mapOptions)
    let disk = FileLoader.disk(rigsFolder: RigsFolder.find(options.rigs))
    let loader = recorder?.watching(disk) ?? disk
    var scenes: [LoadedScene] = []
    var failure: ExitCode?
    for path in paths {
      let result = load(path, loader, options, mapOptions)
      switch result {
      case .success(let scene): scenes.append(scene)
      case .failure(let code): failure = failure ?? code
      }
    }
    if let failure { throw failure }
    return scenes
  }

  /// Says all that is wrong with the options before any file is read.
  private static func checkSettings(_ mapOptions: MapOptions) throws {
    let log = DiagnosticLog()
    var settings = MapSettings()
    settings.set(mapOptions.assignments, source: "posemap", log: log)
    for diagnostic in log.sorted { printError(diagnostic.description) }
    if log.hasErrors { throw ExitCode.usage }
  }

  private static func load(
    _ path: String, _ loader: FileLoader, _ options: SceneOptions, _ mapOptions: MapOptions
  ) -> Result<LoadedScene, ExitCode> {
    let reading: SceneReader.Result
    switch SceneReader.read(path, loader: loader, profile: options.profile) {
    case .failure(let failure):
      printError("\(path): error: cannot read this scene: \(failure.reason)")
      return .failure(.noInput)
    case .success(let result): reading = result
    }
    let log = DiagnosticLog()
    var posed: PosedScene?
    var described: Scene?
    if var scene = reading.scene {
      if let size = options.size {
        scene.canvas = size
        if let profile = scene.profile, !profile.suits(size) {
          log.warning(path, nil, "--size " + profile.unsuited(size))
        }
      }
      scene.mapSettings.set(mapOptions.assignments, source: path, log: log)
      posed = SceneSolver.solve(scene, log: log)
      described = scene
    }
    let diagnostics = (reading.diagnostics + log.sorted).map { diagnostic in
      var shown = diagnostic
      if options.strict { shown.severity = .error }
      return shown
    }
    for diagnostic in diagnostics { printError(diagnostic.description) }
    let errors = diagnostics.filter { $0.severity == .error }
    guard let posed, let described, errors.isEmpty else {
      return .failure(errors.allSatisfy { $0.cause == .missingInput } ? .noInput : .badData)
    }
    return .success(
      LoadedScene(path: path, scene: posed, described: described, inputs: reading.inputs))
  }
}
