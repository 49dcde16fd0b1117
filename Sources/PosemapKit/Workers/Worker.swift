internal import Export
internal import MapRender
public import PoseRig
internal import SceneFiles

/// The work of a worker process.
public enum Worker {
  /// The first argument that starts a program as a worker.
  public static let subcommand = "work"

  /// Follows the orders from a socket, until it is closed.
  ///
  /// - Parameters:
  ///   - socket: standard input by default.
  ///   - willDraw: called once, with the first picture's size, before memory for it is allocated.
  public static func serve(on socket: Int32 = 0, willDraw: @escaping (Canvas) -> Void) {
    var desk = WorkerDesk(willDraw: willDraw)
    while let order = WorkerOrder(from: socket) {
      if let answer = desk.answer(order), !answer.send(to: socket) { break }
    }
  }
}

/// The state of a worker between two orders.
private struct WorkerDesk {
  private enum Job {
    case none
    case scenes(SceneRenderer)
    case clip(SequenceExport, FrameWriter)
    case failed(Failure)
  }

  private let willDraw: (Canvas) -> Void
  private var hasDrawn = false
  private let snapshot = FileSnapshot()
  private var models: [String: [UInt8]] = [:]
  private var job = Job.none
  private var measured: DepthRange?

  init(willDraw: @escaping (Canvas) -> Void) { self.willDraw = willDraw }

  mutating func answer(_ order: WorkerOrder) -> WorkerAnswer? {
    do throws(Failure) {
      switch order {
      case .file(let path, let bytes): snapshot.add(bytes, at: path)
      case .model(let path, let bytes): models[path] = bytes
      case .scenes(let wanted): job = .scenes(try SceneRenderer(wanted))
      case .clip(let clip): job = .clip(try export(of: clip), FrameWriter(clip.task.folder))
      case .fix(let range): fix(range)
      case .measure(let frame): return .measured(frame, try measure(frame))
      case .draw(let frame): return .drawn(frame, try draw(frame))
      case .render(let piece, let task): return try render(piece, task)
      }
    } catch {
      if let piece = order.piece { return .failed(piece, error) }
      job = .failed(error)
    }
    return nil
  }

  private mutating func render(_ piece: Int, _ task: SceneTask) throws(Failure) -> WorkerAnswer {
    guard case .scenes(let renderer) = job else { throw missingJob }
    let rendered = try renderer.render(task) { prepare($0) }
    return .rendered(
      piece, isNew: rendered.isNew, lines: rendered.diagnostics.map(\.description))
  }

  private mutating func prepare(_ canvas: Canvas) {
    if !hasDrawn { willDraw(canvas) }
    hasDrawn = true
  }

  // MARK: Clips

  private mutating func export(of clip: ClipHandover) throws(Failure) -> SequenceExport {
    let files = snapshot.player(models: models, rigsFolder: clip.job.choices.rigsFolder)
    let scene = try SceneLoader(clip.job.choices, files: files).describe(clip.task.path).scene
    try SystemMemory.check(for: clip.camera.canvas)
    prepare(clip.camera.canvas)
    return SequenceExport(
      SceneSequence(
        scene, frames: clip.frames, rate: clip.rate, camera: clip.camera, lifts: clip.lifts),
      maps: clip.job.maps, only: clip.job.only, together: clip.job.together,
      version: clip.job.version, identityRanks: clip.identityRanks)
  }

  private mutating func fix(_ range: DepthRange?) {
    guard case .clip(var export, let writer) = job else { return }
    export.range = range
    job = .clip(export, writer)
  }

  private mutating func measure(_ frame: Int) throws(Failure) -> DepthRange? {
    guard case .clip(let export, _) = job else { throw missingJob }
    measured = try Failure.catching { try export.range(of: frame, and: measured) }
    return measured
  }

  private func draw(_ frame: Int) throws(Failure) -> [DepthLevels] {
    guard case .clip(let export, let writer) = job else { throw missingJob }
    return try Failure.catching {
      let drawn = try export.draw(frame)
      try writer.write(drawn.files)
      return drawn.depthLevels
    }
  }

  private var missingJob: Failure {
    if case .failed(let failure) = job { return failure }
    return Failure(.internalFault, "a worker process did not get its job")
  }
}
