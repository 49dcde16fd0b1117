internal import Glibc

/// A line at the bottom of a terminal that is written over again and again; nothing where there is no terminal.
struct TerminalLine: Sendable {
  private let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

  func show(_ text: String) {
    if isShown { write("\r\(text)\u{1B}[K") }
  }

  /// Makes room for a line of text.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
