/// The runs of a session: those in progress, and the last ones that have ended.
struct JobList {
  /// The number of ended runs that are remembered with their pictures.
  private static let remembered = 8

  private var jobs: [StudioJob] = []
  private var last = 0

  /// Whether a run is in progress.
  var isBusy: Bool { jobs.contains(where: \.isRunning) }

  /// The runs to tell a newly opened page about: those in progress, and the one that ended last.
  var current: [StudioJob] {
    let ended = jobs.last { !$0.isRunning }
    return jobs.filter { $0.isRunning || $0 === ended }
  }

  /// Starts a run.
  ///
  /// - Throws: a fault if another of its kind is in progress, or if it cannot be started.
  mutating func start(_ order: JobOrder, program: String) throws(StudioFault) -> StudioJob {
    try checkFree(order.kind)
    let job = try StudioJob(last + 1, order, program: program)
    last += 1
    jobs.append(job)
    let ended = jobs.filter { !$0.isRunning }
    jobs.removeAll { job in
      ended.dropLast(Self.remembered).contains { $0 === job }
    }
    return job
  }

  /// Rejects a second run of a kind.
  func checkFree(_ kind: JobOrder.Kind) throws(StudioFault) {
    guard jobs.contains(where: { $0.isRunning && $0.order.kind == kind }) else { return }
    throw StudioFault(
      kind == .export
        ? "an export is running; stop it, or wait until it ends"
        : "workflows are at the ComfyUI server; stop them, or wait until they end")
  }

  /// Returns the runs with news.
  func poll() -> [StudioJob] { jobs.filter { $0.poll() } }

  /// Asks a run to stop.
  func stop(_ number: Int) throws(StudioFault) {
    guard let job = jobs.first(where: { $0.number == number }), job.isRunning else {
      throw StudioFault("there is nothing to stop; it has ended")
    }
    job.stop()
  }

  /// Asks all runs to stop.
  func stopAll() { jobs.forEach { $0.stop() } }

  /// Returns a picture that a run made; nil for any other file.
  func picture(_ number: Int, _ name: String) -> ServedFile? {
    guard let job = jobs.first(where: { $0.number == number }), job.pictures.contains(name) else {
      return nil
    }
    return ServedFile(path: "\(job.order.folder.path)/\(name)", home: job.order.folder.path)
  }
}
