internal import PosemapKit

/// Runs of this program that pages request.
extension StudioDesk {
  func work(_ message: PageMessage, for tab: Tab) throws(StudioFault) {
    switch message {
    case .export(let request):
      try start(
        try JobOrder(request, of: session.files, rigsFolder: options.rigsFolder))
    case .comfyUI(let server, let folder):
      try start(
        try JobOrder(
          comfyUI: server, folder: folder, of: session.files, rigsFolder: options.rigsFolder))
    case .stopJob(let number): try jobs.stop(number)
    default: break
    }
  }

  private func start(_ order: JobOrder) throws(StudioFault) {
    try jobs.checkFree(order.kind)
    // The run reads the files from disk.
    do throws(Failure) {
      if !session.files.unsaved.isEmpty { _ = try saveAndTell() }
    } catch {
      throw StudioFault(
        "it cannot be saved, and an export uses the saved file: \(error.words)")
    }
    let job = try jobs.start(order, program: options.program)
    tabs.forEach { $0.link.send(JobMessage.of(job)) }
  }

  /// Tells all tabs about the progress of runs.
  func pollJobs() {
    for job in jobs.poll() {
      let news = JobMessage.news(of: job)
      tabs.forEach { $0.link.send(news) }
    }
  }

  /// Tells a newly opened tab about the runs in progress, and the result of the last one.
  func tellJobs(_ link: TabLink) { jobs.current.forEach { link.send(JobMessage.of($0)) } }

  /// Returns a picture that a run made; nil for any other file.
  func picture(job: String, name: String) -> ServedFile? {
    Int(job).flatMap { jobs.picture($0, name) }
  }
}
