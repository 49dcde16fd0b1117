/// Renders many scenes, each into its own folder, in several processes.
///
/// A fault in one scene does not stop the others, unless the caller requests it. With
/// ``RenderJob/Writing/resumable``, a run continues where an equal run stopped.
///
/// ```swift
/// let job = RenderJob(writing: .resumable, version: "1")
/// let tasks = ["a", "b"].map { SceneTask(path: "\($0).scene.json", folder: "out/\($0)") }
/// try BatchRun(job, tasks).run(Workforce(command: "/usr/local/bin/posemap")) { index, outcome in
///   if case .failed(let failure) = outcome { print(tasks[index].path, failure) }
///   return true
/// }
/// ```
public struct BatchRun {
  /// The outcome for a scene.
  public enum Outcome: Sendable {
    /// The scene's files exist, from this run or an earlier one; each warning is a complete line.
    case rendered(isNew: Bool, lines: [String])
    /// The scene cannot be rendered.
    case failed(Failure)
  }

  private let job: RenderJob
  private let tasks: [SceneTask]

  /// Creates a run; throws if the choices are wrong.
  public init(_ job: RenderJob, _ tasks: [SceneTask]) throws(Failure) {
    // Workers must look for the pose library where this process does.
    self.job = job.withRigsFolder
    self.tasks = tasks
    _ = try SceneLoader(job.choices)
  }

  /// Renders the scenes.
  ///
  /// - Parameter heard: called with a task's index and outcome, in the order in which scenes
  ///   finish; returns false to stop starting scenes.
  public func run(_ force: Workforce, heard: (Int, Outcome) -> Bool) throws(Failure) {
    var pool = try WorkerPool(force, pieces: tasks.count, [.scenes(job)])
    let orders = tasks.enumerated().lazy.map { WorkerOrder.render($0.offset, $0.element) }
    try pool.handOut(orders) { answer throws(Failure) in
      switch answer {
      case .rendered(let piece, let isNew, let lines):
        return heard(piece, .rendered(isNew: isNew, lines: lines))
      case .failed(let piece, let code, let lines):
        return heard(piece, .failed(Failure(code, lines: lines)))
      case .measured, .drawn: return true
      }
    } died: { order throws(Failure) in
      guard case .render(let piece, let task) = order else { return true }
      let reason = "two processes that rendered it died, one after the other"
      return heard(piece, .failed(Failure(.internalFault, of: task.path, reason)))
    }
  }
}

extension RenderJob {
  /// The job with the folder of bodies and library poses resolved.
  var withRigsFolder: RenderJob {
    var job = self
    job.choices.rigsFolder = RigsFolder.find(choices.rigsFolder)
    return job
  }
}
