import ArgumentParser
internal import CMalloc
internal import Export
internal import PoseRig
internal import SceneFiles

/// `posemap render`: the main job.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw the control maps of scenes, one character at a time.",
    discussion: """
      Writes <output>/<character>/<map>.png, openpose.json, keypoints.json and boxes.json beside them, \
      and <output>/manifest.json. Nothing is written unless the scene is free of errors; a file appears whole or \
      not at all.

      With several scenes, or a list, each gets a folder of its own in <output>. What is wrong with one is said at \
      the end and stops no other. Run again, scenes that are done, from equal files with equal settings, are passed \
      over. Ctrl-C lets what was begun be finished.
      """)

  @Argument(help: ArgumentHelp("Scene files.", valueName: "scene"))
  var scenes: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file of scene files, one a line, as seen from its folder; # begins a comment.",
      valueName: "file"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      "Only the scenes of one of several machines that share the work, as 1/8 to 8/8.",
      valueName: "which/of"), transform: Shard.parse)
  var shard: Shard?

  @Flag(help: "Begin no other scene when one cannot be rendered.")
  var failFast = false

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
      "How many processes draw frames or scenes; by default one for each core. Files do not depend on it.",
      valueName: "count"))
  var jobs: Int?

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they take the place of the scene's)")
  var mapOptions: MapOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors.")
  var quiet = false

  func run() throws {
    try reportingFaults {
      let paths = scenes + (try list.map(SceneList.read) ?? [])
      if list == nil, shard == nil, paths.count == 1 { return try renderOne(paths[0]) }
      let all = try SceneList.folders(of: paths, in: output)
      let share = shard?.share(of: all) ?? all
      if let frames { return try renderClips(frames, of: share) }
      // Canvases are not known yet; this one is usual.
      posemap_prepare_memory(1024 * 1024 * Self.bytesPerPixel)
      let batch = BatchRun(
        scenes: share, export: export(try only.map(CharacterList.parse)),
        reader: try SceneFileReader(options, mapOptions), jobs: jobs ?? WorkerProcess.cores,
        failsFast: failFast, quiet: quiet)
      try batch.run()
    }
  }

  func validate() throws {
    if scenes.isEmpty, list == nil {
      throw ValidationError("name a scene file, or several, or a --list of them")
    }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be 1 to 256") }
    guard let fps else { return }
    if frames == nil { throw ValidationError("--fps goes with --frames") }
    if !(fps > 0 && fps <= 1000) {
      throw ValidationError("--fps is a number of frames a second, up to 1000")
    }
  }

  /// The G-buffer's targets, then pictures.
  private static let bytesPerPixel = 60

  private func export(_ ids: [String]?) -> SceneExport {
    SceneExport(maps: maps, only: ids, together: together, version: Posemap.version)
  }

  private func renderOne(_ path: String) throws {
    let loaded = try LoadedScene.load([path], options, mapOptions)
    let canvas = loaded[0].scene.camera.canvas
    posemap_prepare_memory(canvas.width * canvas.height * Self.bytesPerPixel)
    let ids = try only.map { try CharacterList.parse($0, in: loaded) }
    if let frames { return try renderFrames(frames, of: loaded[0], only: ids, to: output) }
    let drawn = try export(ids).draw(loaded[0].scene, inputs: loaded[0].inputs)
    try options.warn(drawn.flatness(loaded[0].scene.mapSettings), of: path)
    try AtomicFolder.write(drawn.files, to: output)
    if !quiet { drawn.files.forEach { print("\(output)/\($0.path)") } }
  }

  /// Clip after clip, the frames of each shared out; what is wrong with one stops no other.
  private func renderClips(_ frames: FrameSelection, of scenes: [BatchScene]) throws {
    var failures: [ExitCode] = []
    for scene in scenes {
      do {
        try reportingFaults {
          let loaded = try LoadedScene.load([scene.path], options, mapOptions)
          let ids = try only.map { try CharacterList.parse($0, in: loaded) }
          try renderFrames(frames, of: loaded[0], only: ids, to: scene.folder)
        }
      } catch let code as ExitCode {
        if failFast || code.isOfOutput || code == .interrupted { throw code }
        failures.append(code)
      }
    }
    guard let first = failures.first else { return }
    printError("posemap: \(failures.count) of \(scenes.count) scenes could not be rendered")
    throw first
  }

  private func renderFrames(
    _ frames: FrameSelection, of loaded: LoadedScene, only ids: [String]?, to folder: String
  ) throws {
    guard let (motion, remaining) = loaded.described.longestMotion else {
      printError(
        "posemap: error: \(loaded.path): nobody moves in it; --frames needs a character whose \"pose\" is a clip"
      )
      throw ExitCode.usage
    }
    let rate = fps ?? motion.frameRate
    let range = frames.frames(lasting: remaining, at: rate)
    var findings: [Finding] = []
    let sequence = SceneSequence(
      loaded.described, frames: range, rate: rate, findings: &findings)
    for diagnostic in loaded.source.diagnostics(of: findings, in: loaded.described) {
      printError(diagnostic.description)
    }
    guard let sequence else { throw ExitCode.badData }
    let export = SequenceExport(
      sequence, maps: maps, only: ids, together: together, version: Posemap.version)
    var run = SequenceRun(
      export: export, frames: range, folder: folder, inputs: loaded.inputs,
      jobs: jobs ?? WorkerProcess.cores, quiet: quiet)
    try run.run()
    do {
      let settings = export.mapSettings
      try options.warn(
        run.depthLevels.compactMap { DepthLevels.warning($0, settings) }, of: loaded.path)
    } catch {
      // Without it the same command draws and fails again, instead of finding all frames there.
      FrameFolder.remove(["manifest.json"], in: folder)
      throw error
    }
  }
}
