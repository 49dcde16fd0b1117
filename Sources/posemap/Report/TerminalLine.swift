internal import Glibc

/// A line at the bottom of a terminal that is written over again and again; without a terminal,
/// nothing is shown.
struct TerminalLine: Sendable {
  /// Whether there is a terminal to show it.
  let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

  func show(_ text: String) {
    if isShown { writeError("\r\(VisibleText.line(text))\u{1B}[K") }
  }

  /// Makes room for a line of text.
  func clear() {
    show("")
  }
}
