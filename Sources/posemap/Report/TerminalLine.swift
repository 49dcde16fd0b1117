internal import Glibc

/// A line at the bottom of a terminal that is overwritten repeatedly; without a terminal, it shows
/// nothing.
struct TerminalLine: Sendable {
  /// Whether there is a terminal to show the line.
  let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

  func show(_ text: String) {
    if isShown { writeError("\r\(VisibleText.line(text))\u{1B}[K") }
  }

  /// Clears the line, to print a line of text.
  func clear() {
    show("")
  }
}
