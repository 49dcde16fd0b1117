internal import Export
internal import MapRender
internal import PoseRig
public import SceneFiles

/// Renders a moving scene frame by frame into a folder, continuing where an equal run stopped.
///
/// Several processes draw. They first measure all frames, so that the depths of all pictures agree.
///
/// ```swift
/// var clip = try ClipRun(
///   RenderJob(version: "1"), SceneTask(path: "walk.scene.json", folder: "out"), frames: .all)
/// let result = try clip.run(Workforce(command: "/usr/local/bin/posemap")) { print($0) }
/// print(result.drawn, "frames")
/// ```
public struct ClipRun {
  /// An event during a run.
  public enum Event: Sendable {
    /// The number of frames measured so far, and of all frames.
    case measured(Int, of: Int)
    /// All frames are measured.
    case allMeasured
    /// Another process is drawing into this folder, and the run waits for it.
    case waiting(String)
    /// The number of missing frames drawn so far, and of all that were missing.
    case drawn(Int, of: Int)
    /// A frame that cannot be drawn, with the reasons as complete lines.
    case failed([String])
  }

  /// The result of a run.
  public struct Result: Equatable, Sendable {
    /// The number of frames drawn.
    public var drawn: Int
    /// The number of frames that existed before.
    public var before: Int
  }

  /// The warnings about the scene and its motion.
  public let diagnostics: [Diagnostic]

  private let job: RenderJob
  private let task: SceneTask
  private let inputs: [InputFile]
  private let sequence: SceneSequence
  private let snapshot: FileSnapshot
  private var export: SequenceExport
  /// The levels of each character in the depth maps of all frames; empty if some existed before.
  private var depthLevels: [[DepthLevels]] = []

  private var frames: ClosedRange<Int> { sequence.frames }

  /// Loads a scene and measures its motion.
  ///
  /// - Parameters:
  ///   - frames: the frames to draw, from the clips' beginning.
  ///   - rate: frames per second; nil for the rate of the longest clip.
  public init(
    _ job: RenderJob, _ task: SceneTask, frames: FrameSelection, rate: Double? = nil
  ) throws(Failure) {
    let job = job.withRigsFolder
    let snapshot = FileSnapshot()
    let files = snapshot.recorder(rigsFolder: job.choices.rigsFolder)
    let loaded = try SceneLoader(job.choices, files: files).load(task.path)
    let sequence: SceneSequence
    let found: [Diagnostic]
    do throws(Failure) {
      try job.checkCharacters(of: loaded.described)
      (sequence, found) = try Self.sequence(loaded, frames, rate)
    } catch {
      throw error.after(loaded.diagnostics)
    }
    self.job = job
    self.task = task
    self.snapshot = snapshot
    self.sequence = sequence
    inputs = loaded.inputs
    diagnostics = loaded.diagnostics + found
    export = SequenceExport(
      sequence, maps: job.maps, only: job.only, together: job.together, version: job.version)
  }

  private static func sequence(
    _ loaded: LoadedScene, _ wanted: FrameSelection, _ rate: Double?
  ) throws(Failure) -> (SceneSequence, [Diagnostic]) {
    guard let (motion, remaining) = loaded.described.longestMotion else {
      throw Failure(
        .usage,
        "\(loaded.path): no character moves in it; --frames needs a character whose \"pose\" is a clip"
      )
    }
    let rate = rate ?? motion.frameRate
    let frames = try wanted.frames(of: loaded.path, lasting: remaining, at: rate)
    var findings: [Finding] = []
    let sequence = SceneSequence(
      loaded.described, frames: frames, rate: rate, findings: &findings)
    let found = loaded.source.diagnostics(of: findings, in: loaded.described)
    guard let sequence else { throw Failure(.badData, diagnostics: found) }
    return (sequence, found)
  }

  /// Measures and draws the missing frames.
  public mutating func run(
    _ force: Workforce, _ report: (Event) -> Void = { _ in }
  ) throws(Failure) -> Result {
    let handover = ClipHandover(
      job: job, task: task, frames: frames, rate: sequence.rate, camera: sequence.camera,
      lifts: sequence.lifts, identityRanks: export.identityRanks)
    var pool = try WorkerPool(force, pieces: frames.count, snapshot.orders + [.clip(handover)])
    if export.needsRange { export.range = try measure(&pool, force, report) }
    pool.tell(.fix(export.range))
    let lock = try lock(force, report)
    defer {
      // The staging folders of ended workers are left behind, and belong to nobody.
      pool.end()
      FrameFolder.sweep(task.folder)
      lock.release()
    }
    let missing = try prepare()
    let drawn = try draw(missing, &pool, report)
    let before = frames.count - missing.count
    if force.isInterrupted() {
      throw Failure(
        .interrupted,
        lines: [
          "posemap: interrupted with \(before + drawn) of \(frames.count) frames drawn; "
            + "the same command draws the rest"
        ])
    }
    return Result(drawn: drawn, before: before)
  }

  /// Returns warnings about the frames drawn, or fails with them if warnings count as errors.
  public func warnings() throws(Failure) -> [Diagnostic] {
    do throws(Failure) {
      let settings = export.mapSettings
      let sentences = depthLevels.compactMap { DepthLevels.warning($0, settings) }
      return try SceneLoader(job.choices).warnings(sentences, of: task.path)
    } catch {
      // Otherwise, an equal run would find all frames and succeed, instead of drawing and failing
      // again.
      FrameFolder.remove(["manifest.json"], in: task.folder)
      throw error
    }
  }

  private func measure(
    _ pool: inout WorkerPool, _ force: Workforce, _ report: (Event) -> Void
  ) throws(Failure) -> DepthRange? {
    let survey = DepthSurvey(frames, reaches: export.reaches())
    try pool.handOut(survey.lazy.map { .measure($0) }) { answer throws(Failure) in
      switch answer {
      case .failed(_, let code, let lines): throw Failure(code, lines: lines)
      case .measured(_, let own): survey.add(own)
      case .drawn, .rendered: break
      }
      report(.measured(survey.settled, of: frames.count))
      return true
    } died: { order throws(Failure) in
      throw Self.death(order)
    }
    report(.allMeasured)
    if force.isInterrupted() {
      throw Self.interruptedEarly
    }
    return survey.range
  }

  /// Locks the folder for this run: frames from two runs would be mistaken for those of one.
  private func lock(
    _ force: Workforce, _ report: (Event) -> Void
  ) throws(Failure) -> FolderLock {
    try Failure.catching { try FrameFolder.begin(task.folder) }
    var hasReported = false
    let lock = FolderLock.take(task.folder) { _ in
      if !hasReported { report(.waiting(task.folder)) }
      hasReported = true
      return !force.isInterrupted()
    }
    guard let lock else { throw Self.interruptedEarly }
    return lock
  }

  private static let interruptedEarly = Failure(
    .interrupted, lines: ["posemap: interrupted before the first frame was drawn"])

  /// Returns how many frames were drawn. A frame on which two workers died is reported, and the
  /// others are drawn.
  private mutating func draw(
    _ missing: [Int], _ pool: inout WorkerPool, _ report: (Event) -> Void
  ) throws(Failure) -> Int {
    var drawn = 0
    var failure: Failure?
    var levels: [String: [DepthLevels]] = [:]
    try pool.handOut(missing.lazy.map { .draw($0) }) { answer throws(Failure) in
      if case .failed(_, let code, let lines) = answer {
        report(.failed(lines))
        failure = Failure(code)
        return false
      }
      if case .drawn(_, let frame) = answer {
        for own in frame { levels[own.character, default: []].append(own) }
      }
      drawn += 1
      report(.drawn(drawn, of: missing.count))
      return true
    } died: { order throws(Failure) in
      let death = Self.death(order)
      report(.failed(death.lines))
      failure = Failure(death.code)
      return true
    }
    if missing.count == frames.count {
      depthLevels = levels.sorted { $0.key < $1.key }.map(\.value)
    }
    if let failure { throw failure }
    return drawn
  }

  private static func death(_ order: WorkerOrder) -> Failure {
    Failure(
      .internalFault,
      "two worker processes died at frame \(order.piece ?? 0), one after the other; "
        + "run the same command again to draw what is missing")
  }

  /// Writes the manifest, and returns the frames that are still to be drawn.
  ///
  /// Frames appear complete or not at all, and under an equal manifest, existing frames are equal
  /// to new ones.
  private func prepare() throws(Failure) -> [Int] {
    try Failure.catching {
      let folder = task.folder
      let manifest = try export.manifest(inputs: inputs, origin: job.origin(of: task))
      if case .success(let old) = FileLoader.bytes("\(folder)/manifest.json"),
        SequenceExport.vouchesForSame(old, manifest.bytes)
      {
        if old != manifest.bytes { try AtomicFolder.write([manifest], to: folder) }
        return frames.filter { frame in
          !export.names(of: frame).allSatisfy { FrameFolder.isWhole("\(folder)/\($0)") }
        }
      }
      // Under the new manifest, frames from another run would be mistaken for this run's frames.
      for frame in frames { FrameFolder.remove(export.names(of: frame), in: folder) }
      try AtomicFolder.write([manifest], to: folder)
      return Array(frames)
    }
  }
}
