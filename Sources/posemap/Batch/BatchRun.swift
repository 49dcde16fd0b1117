internal import ArgumentParser
internal import Export
internal import Glibc
internal import PoseRig

/// Renders many scenes, each into a folder of its own, going on where an equal run stopped.
///
/// A scene is done when its manifest is there, which is written last. What is wrong with a scene is said at the end and stops no other.
struct BatchRun {
  let scenes: [BatchScene]
  let export: SceneExport
  let reader: SceneFileReader
  let jobs: Int
  /// Whether the first failure ends the run.
  let failsFast: Bool
  let quiet: Bool

  func run() throws {
    var pool = try WorkerPool(count: min(jobs, scenes.count), Self.worker(self))
    var report = BatchReport(scenes: scenes, quiet: quiet)
    try pool.handOut(scenes.indices.lazy.map { .draw($0) }) { message in
      report.add(message)
      guard case .failed(_, _, let code) = message else { return true }
      return !failsFast && !ExitCode(code).isOfOutput
    } died: { order in
      let piece = order.piece ?? 0
      report.add(
        .failed(
          piece, said: "\(scenes[piece].path): error: the process that rendered it died",
          code: ExitCode.internalFault.rawValue))
      return !failsFast
    }
    try report.finish(isInterrupted: WorkerPool.isInterrupted)
  }

  /// What a worker answers to the number of a scene.
  private static func worker(_ run: BatchRun) -> (WorkerMessage) -> WorkerMessage? {
    let sessions = RenderSessions()
    return { order in
      guard case .draw(let piece) = order else { return nil }
      var said: [String] = []
      do {
        let isNew = try run.render(run.scenes[piece], sessions, &said)
        return .drawn(piece, isNew: isNew, said: said.joined(separator: "\n"))
      } catch let code as ExitCode {
        return .failed(piece, said: said.joined(separator: "\n"), code: code.rawValue)
      } catch {
        let fault = ExitCode.ofFault(error)
        return .failed(
          piece, said: (said + [fault.said]).joined(separator: "\n"), code: fault.code.rawValue)
      }
    }
  }

  /// Whether the scene had to be rendered.
  private func render(
    _ scene: BatchScene, _ sessions: RenderSessions, _ said: inout [String]
  ) throws -> Bool {
    let described = try reader.describe(scene.path, said: &said).get()
    try checkIDs(of: described.scene, scene.path, &said)
    if export.isDone(described.scene, inputs: described.inputs, in: scene.folder) { return false }
    let loaded = try reader.solve(described, scene.path, said: &said).get()
    let drawn = try export.draw(
      loaded.scene, inputs: loaded.inputs,
      in: try sessions.session(of: loaded.scene.camera.canvas))
    let flatness = drawn.flatness(loaded.scene.mapSettings)
    if let failure = reader.warn(flatness, of: scene.path, said: &said) { throw failure }
    // An older manifest must not vouch for files that are being replaced.
    FrameFolder.remove(["manifest.json"], in: scene.folder)
    try FrameFolder.write(drawn.files, to: scene.folder)
    return true
  }

  private func checkIDs(of scene: Scene, _ path: String, _ said: inout [String]) throws {
    let ids = scene.characters.map(\.id)
    guard let only = export.only, !only.contains(where: ids.contains) else { return }
    said.append(
      "\(path): error: --only: none of these is in it; there are: " + ids.joined(separator: ", "))
    throw ExitCode.usage
  }
}

/// What became of a batch's scenes, told in their order whatever order they are finished in.
private struct BatchReport {
  private let scenes: [BatchScene]
  private let quiet: Bool
  private let progress: ProgressBar
  private var answers: [Int: WorkerMessage] = [:]
  private var told = 0

  init(scenes: [BatchScene], quiet: Bool) {
    self.scenes = scenes
    self.quiet = quiet
    progress = ProgressBar("Rendering", total: scenes.count, quiet: quiet)
  }

  mutating func add(_ message: WorkerMessage) {
    if let piece = message.piece { answers[piece] = message }
    while let next = answers[told] {
      tell(next, scenes[told])
      told += 1
    }
    progress.show(answers.count)
  }

  private func tell(_ message: WorkerMessage, _ scene: BatchScene) {
    guard case .drawn(_, let isNew, let said) = message else { return }
    if quiet && said.isEmpty { return }
    progress.finish()
    if !said.isEmpty { printError(said) }
    if !quiet { print(scene.folder + (isNew ? "" : " was there")) }
    // A log is read while it is written.
    fflush(nil)
  }

  /// Says what could not be rendered, and exits with the first one's code.
  func finish(isInterrupted: Bool) throws {
    progress.finish()
    var failures: [Int32] = []
    for piece in answers.keys.sorted() {
      guard case .failed(_, let said, let code) = answers[piece] else { continue }
      if !said.isEmpty { printError(said) }
      failures.append(code)
    }
    let done = answers.count - failures.count
    if let first = failures.first {
      printError(
        "posemap: \(failures.count) of \(scenes.count) scenes could not be rendered"
          + (answers.count < scenes.count ? ", \(scenes.count - answers.count) were not begun" : "")
      )
      if !isInterrupted { throw ExitCode(first) }
    }
    guard isInterrupted else { return }
    printError(
      "posemap: interrupted with \(done) of \(scenes.count) scenes rendered; the same command renders the rest"
    )
    throw ExitCode.interrupted
  }
}
