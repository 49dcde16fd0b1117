import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap render`: draws the maps of scenes.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw the control maps of scenes, one character at a time.",
    discussion: """
      Writes <output>/<character>/<map>.png, openpose.json, keypoints.json and boxes.json beside them, \
      and <output>/manifest.json. Nothing is written unless the scene is free of errors; each file appears whole or \
      not at all.

      With several scenes, or a list, each gets its own folder in <output>. Errors in one are reported at \
      the end, and do not stop the others. Another run skips scenes that are done, from the same files with the same \
      settings. After Ctrl-C, scenes that were started are finished.
      """)

  @Argument(help: ArgumentHelp("Scene files.", valueName: "scene"))
  var scenes: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file that lists scene files, one per line, relative to its own folder; # begins a comment.",
      valueName: "file"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      "Only this machine's share of the scenes, for example 2/8 on the second of 8 machines.",
      valueName: "which/of"), transform: Shard.parse)
  var shard: Shard?

  @Flag(help: "Start no other scene when one cannot be rendered.")
  var failFast = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output = "out"

  @Option(
    help: ArgumentHelp(
      "Only these characters' maps, by id, separated by commas. The others still count toward the depth range.",
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
      "Several of the scene's cameras, by name, separated by commas, or all; the maps of each are in a folder of its name.",
      valueName: "names"), transform: ViewList.parse)
  var cameras: [String]?

  @Option(
    help: ArgumentHelp(
      "Draw this many views around the figures, equally spaced, in the folders view-1, view-2 and so on; all have the same framing.",
      valueName: "count"))
  var turnaround: Int?

  @Option(
    help: ArgumentHelp(
      "Frames of the characters' clips, as <first>..<last> or all: each map becomes a folder of numbered pictures. "
        + "Another run continues where this one stopped.",
      valueName: "frames"), transform: FrameSelection.parse)
  var frames: FrameSelection?

  @Option(
    help: ArgumentHelp(
      "Frames per second; by default those of the longest clip.", valueName: "rate"))
  var fps: Double?

  @Option(
    help: ArgumentHelp(
      "How many processes draw frames or scenes; by default one for each core. Files do not depend on it.",
      valueName: "count"))
  var jobs: Int?

  @Flag(
    name: .customLong("no-origin"),
    help: ArgumentHelp(
      "Leave the scene's path out of the manifest, for a scene that exists only for this run.",
      visibility: .hidden))
  var hidesOrigin = false

  @Flag(
    help: ArgumentHelp(
      "Print progress in lines for a program that runs this one.", visibility: .hidden))
  var progress = false

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they override the scene's)")
  var mapOptions: MapOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors: no files, no notes.")
  var quiet = false

  func run() throws {
    let paths = scenes + (try list.map(SceneList.read) ?? [])
    let isAlone = list == nil && shard == nil && paths.count == 1
    var tasks = [SceneTask(path: paths.first ?? "", folder: output)]
    if !isAlone {
      let all = try SceneList.folders(of: paths, in: output)
      tasks = shard?.share(of: all) ?? all
    }
    var job = RenderJob(
      choices: options.choices(mapOptions), maps: maps, only: try only.map(CharacterList.parse),
      together: together, writing: isAlone ? .whole : .resumable, version: OwnVersion.number)
    job.notesOrigin = !hidesOrigin
    job.notesOverlaps = !quiet
    let list = ViewList(cameras: cameras, turnaround: turnaround)
    if list.isSingle { return try render(tasks, job, isAlone: isAlone) }
    for (view, tasks) in try list.tasks(of: tasks, job.choices) {
      try render(tasks, view.job(job), isAlone: isAlone)
    }
  }

  private func render(_ tasks: [SceneTask], _ job: RenderJob, isAlone: Bool) throws {
    if let frames {
      try renderClips(frames, of: tasks, job, isAlone: isAlone)
    } else if isAlone {
      try renderOne(tasks[0], job)
    } else {
      try renderBatch(tasks, job)
    }
  }

  func validate() throws {
    if scenes.isEmpty, list == nil {
      throw ValidationError("name a scene file, or several, or a --list of them")
    }
    if scenes.count > 1, let last = scenes.last, Self.isFolderOrNothing(last) {
      throw ValidationError(
        "\(last) is not a scene; the folder to draw into goes after -o: -o \(last)")
    }
    if cameras != nil, options.camera != nil {
      throw ValidationError("give --camera or --cameras, not both")
    }
    try ViewList.check(turnaround: turnaround)
    if turnaround != nil, frames != nil {
      throw ValidationError("--turnaround is of a still; it does not go with --frames")
    }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be 1 to 256") }
    guard let fps else { return }
    if frames == nil { throw ValidationError("--fps goes with --frames") }
    if !(fps > 0 && fps <= 1000) {
      throw ValidationError("--fps must be a number of frames per second, up to 1000")
    }
  }

  private static func isFolderOrNothing(_ path: String) -> Bool {
    !path.hasSuffix(".json") && (FileSystem.isFolder(path) || !FileSystem.exists(path))
  }

  private var workforce: Workforce {
    Workforce(count: jobs ?? Workforce.cores) { Interrupts.isNoted }
  }

  private func renderOne(_ task: SceneTask, _ job: RenderJob) throws {
    if progress { printAtOnce() }
    let rendered = try SceneRenderer(job).render(
      task, willDraw: { Memory.prepare(for: $0) },
      progress: { if progress { print("\($0)") } })
    rendered.diagnostics.forEach(printError)
    if !quiet { rendered.files.forEach { print("\(task.folder)/\($0)") } }
  }

  private func renderBatch(_ tasks: [SceneTask], _ job: RenderJob) throws {
    let batch = try BatchRun(job, tasks)
    Interrupts.note()
    var report = BatchReport(tasks, quiet: quiet)
    try batch.run(workforce) { piece, outcome in
      report.add(piece, outcome)
      guard case .failed(let failure) = outcome else { return true }
      return !failFast && !failure.code.isOfOutput
    }
    try report.finish(isInterrupted: Interrupts.isNoted)
  }

  /// Renders clips in order and distributes the frames of each; a failure of one does not stop the
  /// others.
  private func renderClips(
    _ frames: FrameSelection, of tasks: [SceneTask], _ job: RenderJob, isAlone: Bool
  ) throws {
    if isAlone { return try renderClip(frames, of: tasks[0], job) }
    var failures: [Failure] = []
    for task in tasks {
      do throws(Failure) {
        try renderClip(frames, of: task, job)
      } catch {
        if failFast || error.code.isOfOutput || error.code == .interrupted { throw error }
        error.lines.forEach(printError)
        failures.append(error)
      }
    }
    guard let first = failures.first else { return }
    throw Failure(
      first.code,
      lines: ["posemap: \(failures.count) of \(tasks.count) scenes could not be rendered"])
  }

  private func renderClip(
    _ frames: FrameSelection, of task: SceneTask, _ job: RenderJob
  ) throws(Failure) {
    var clip = try ClipRun(job, task, frames: frames, rate: fps)
    clip.diagnostics.forEach(printError)
    Interrupts.note()
    var report = ClipReport(quiet: quiet)
    defer { report.finish() }
    let result = try clip.run(workforce) { report.tell($0) }
    report.finish()
    if !quiet {
      print(
        "\(task.folder): \(result.drawn) frames"
          + (result.before > 0 ? ", \(result.before) were already drawn" : ""))
    }
    try clip.warnings().forEach(printError)
  }
}
