import ArgumentParser
internal import CMalloc
internal import Export
internal import PoseRig

/// `posemap render`: the main job.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw the control maps of scenes, one character at a time.",
    discussion: """
      Writes <output>/<character>/<map>.png, openpose.json and keypoints.json beside them, and \
      <output>/manifest.json. With several scenes each gets a folder of its own in <output>. Nothing is \
      written unless every scene is free of errors; a file appears whole or not at all.
      """)

  @Argument(help: ArgumentHelp("Scene files.", valueName: "scene"))
  var scenes: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output = "out"

  @Option(
    help: ArgumentHelp(
      "Only these characters' maps, by id, separated by commas. The others still count for the depth range.",
      valueName: "ids"))
  var only: String?

  @Option(
    help: ArgumentHelp(
      "Only these maps, separated by commas, or all (by default "
        + MapName.standard.map(\.rawValue).joined(separator: ", ") + "), out of: "
        + MapName.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "maps"), transform: MapList.parse)
  var maps: [MapName] = MapName.standard

  @Flag(
    help: "Draw the characters in one picture, in <output>/all, instead of one at a time.")
  var together = false

  @Option(
    help: ArgumentHelp(
      "Frames of the characters' clips, as <first>..<last> or all: each map becomes a folder of numbered pictures. "
        + "Run again, it goes on where it stopped.",
      valueName: "frames"), transform: FrameSelection.parse)
  var frames: FrameSelection?

  @Option(
    help: ArgumentHelp(
      "Frames a second; by default those of the longest clip.", valueName: "rate"))
  var fps: Double?

  @Option(
    help: ArgumentHelp(
      "How many processes draw frames; by default one for each core. Files do not depend on it.",
      valueName: "count"))
  var jobs: Int?

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they take the place of the scene's)")
  var mapOptions: MapOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors.")
  var quiet = false

  func run() throws {
    try reportingFaults {
      let loaded = try LoadedScene.load(scenes, options, mapOptions)
      prepareMemory(for: loaded)
      try checkFolders(of: loaded)
      let ids = try only.map { try CharacterList.parse($0, in: loaded) }
      if let frames { return try renderFrames(frames, of: loaded, only: ids) }
      for scene in loaded {
        let export = SceneExport(
          maps: maps, only: ids, together: together, version: Posemap.version)
        let files = try export.files(of: scene.scene, inputs: scene.inputs)
        let folder = folder(of: scene, among: loaded)
        try AtomicFolder.write(files, to: folder)
        if !quiet { files.forEach { print("\(folder)/\($0.path)") } }
      }
    }
  }

  /// The G-buffer's targets, then pictures: about 60 bytes for each pixel of the largest canvas.
  private func prepareMemory(for scenes: [LoadedScene]) {
    let pixels = scenes.map { $0.scene.camera.canvas.width * $0.scene.camera.canvas.height }.max()
    posemap_prepare_memory((pixels ?? 0) * 60)
  }

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be 1 to 256") }
    guard let fps else { return }
    if frames == nil { throw ValidationError("--fps goes with --frames") }
    if !(fps > 0 && fps <= 1000) {
      throw ValidationError("--fps is a number of frames a second, up to 1000")
    }
  }

  private func folder(of scene: LoadedScene, among all: [LoadedScene]) -> String {
    all.count == 1 ? output : "\(output)/\(scene.name)"
  }

  private func renderFrames(
    _ frames: FrameSelection, of loaded: [LoadedScene], only ids: [String]?
  ) throws {
    for scene in loaded {
      guard let (motion, remaining) = scene.described.longestMotion else {
        printError(
          "posemap: error: \(scene.path): nobody moves in it; --frames needs a character whose \"pose\" is a clip"
        )
        throw ExitCode.usage
      }
      let rate = fps ?? motion.frameRate
      let range = frames.frames(lasting: remaining, at: rate)
      let log = DiagnosticLog()
      let sequence = SceneSequence(scene.described, frames: range, rate: rate, log: log)
      for diagnostic in log.sorted { printError(diagnostic.description) }
      guard let sequence else { throw ExitCode.badData }
      let export = SequenceExport(
        sequence, maps: maps, only: ids, together: together, version: Posemap.version)
      var run = SequenceRun(
        export: export, frames: range, folder: folder(of: scene, among: loaded),
        inputs: scene.inputs, jobs: jobs ?? WorkerProcess.cores, quiet: quiet)
      try run.run()
    }
  }

  /// Two scenes must not write into one folder.
  private func checkFolders(of scenes: [LoadedScene]) throws {
    for (index, scene) in scenes.enumerated() {
      guard let other = scenes[..<index].first(where: { $0.name == scene.name }) else { continue }
      printError(
        "posemap: error: \(other.path) and \(scene.path) would both be written to "
          + "\(output)/\(scene.name); render them one by one, or rename one")
      throw ExitCode.usage
    }
  }
}

/// `openpose,depth` on the command line.
enum MapList {
  /// The maps named, in the order given, each once.
  static func parse(_ argument: String) throws -> [MapName] {
    if argument == "all" { return MapName.allCases }
    var maps: [MapName] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let map = MapName(rawValue: String(name)) else {
        throw ValidationError(
          "there is no map \"\(name)\"; there are: "
            + MapName.allCases.map(\.rawValue).joined(separator: ", ") + ", or all")
      }
      if !maps.contains(map) { maps.append(map) }
    }
    return maps
  }
}
