internal import PosemapKit

/// The progress of rendering a clip, on a terminal.
struct ClipReport {
  private let quiet: Bool
  private var measuring: ProgressBar?
  private var rendering: ProgressBar?

  init(quiet: Bool) { self.quiet = quiet }

  mutating func tell(_ event: ClipRun.Event) {
    switch event {
    case .measured(let count, let total):
      let bar = measuring ?? ProgressBar("Measuring", total: total, quiet: quiet)
      measuring = bar
      bar.show(count)
    case .allMeasured: measuring?.finish()
    case .waiting(let folder):
      finish()
      printNote("another posemap is drawing into \(folder); waiting until it ends")
    case .drawn(let count, let total):
      let bar = rendering ?? ProgressBar("Rendering", total: total, quiet: quiet)
      rendering = bar
      bar.show(count)
    case .failed(let lines):
      finish()
      lines.forEach(printError)
    }
  }

  /// Clears the progress line, to print a line of text.
  func finish() { (rendering ?? measuring)?.finish() }
}
