internal import Glibc
internal import PosemapKit

/// A report on a batch's scenes, printed in their order regardless of the order in which they
/// finish.
struct BatchReport {
  private let tasks: [SceneTask]
  private let quiet: Bool
  private let progress: ProgressBar
  private var outcomes: [Int: BatchRun.Outcome] = [:]
  private var reportedCount = 0

  init(_ tasks: [SceneTask], quiet: Bool) {
    self.tasks = tasks
    self.quiet = quiet
    progress = ProgressBar("Rendering", total: tasks.count, quiet: quiet)
  }

  mutating func add(_ piece: Int, _ outcome: BatchRun.Outcome) {
    outcomes[piece] = outcome
    while let next = outcomes[reportedCount] {
      report(next, tasks[reportedCount])
      reportedCount += 1
    }
    progress.show(outcomes.count)
  }

  private func report(_ outcome: BatchRun.Outcome, _ task: SceneTask) {
    guard case .rendered(let isNew, let lines) = outcome else { return }
    if quiet && lines.isEmpty { return }
    progress.finish()
    lines.forEach(printError)
    if !quiet { print(task.folder + (isNew ? "" : " was there")) }
    // Someone might read the log while it is written.
    fflush(nil)
  }

  /// Ends the progress line, and throws a failure if the whole run failed.
  func finish(isInterrupted: Bool) throws(Failure) {
    progress.finish()
    let failures = outcomes.sorted { $0.key < $1.key }.compactMap { _, outcome -> Failure? in
      if case .failed(let failure) = outcome { failure } else { nil }
    }
    var lines = failures.flatMap(\.lines)
    if !failures.isEmpty {
      let rest = tasks.count - outcomes.count
      lines.append(
        "posemap: \(failures.count) of \(tasks.count) scenes could not be rendered"
          + (rest > 0 ? ", \(rest) were not started" : ""))
    }
    if isInterrupted {
      lines.append(
        "posemap: interrupted with \(outcomes.count - failures.count) of \(tasks.count) scenes "
          + "rendered; the same command renders the rest")
      throw Failure(.interrupted, lines: lines)
    }
    if let first = failures.first { throw Failure(first.code, lines: lines) }
  }
}
