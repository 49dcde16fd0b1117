/// A progress bar on a terminal; prints nothing if there is no terminal.
struct ProgressBar {
  private let title: String
  private let total: Int
  private let line: TerminalLine
  private let began = ContinuousClock.now

  init(_ title: String, total: Int, quiet: Bool) {
    self.title = title
    self.total = total
    line = TerminalLine(quiet: quiet)
  }

  func show(_ count: Int) {
    guard line.isShown, total > 0, count > 0 else { return }
    let width = 30
    let filled = width * count / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let spent = (ContinuousClock.now - began) / .seconds(1)
    let rate = (Double(count) / spent * 10).rounded() / 10
    let left = Int((spent / Double(count) * Double(total - count)).rounded(.up))
    line.show("\(title) \(bar) \(count)/\(total), \(rate)/s, \(left) s left ")
  }

  /// Clears the bar, to print a line of text; the next ``show(_:)`` shows it again.
  func finish() { line.clear() }
}
