internal import Foundation
internal import Glibc

/// A line on a terminal that fills up; nothing where there is no terminal.
struct ProgressBar {
  private let title: String
  private let total: Int
  private let isShown: Bool
  private let began = DispatchTime.now()

  init(_ title: String, total: Int, quiet: Bool) {
    self.title = title
    self.total = total
    isShown = !quiet && total > 0 && isatty(STDERR_FILENO) == 1
  }

  func show(_ count: Int) {
    guard isShown, count > 0 else { return }
    let width = 30
    let filled = width * count / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let spent = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    let rate = (Double(count) / spent * 10).rounded() / 10
    let left = Int((spent / Double(count) * Double(total - count)).rounded(.up))
    write("\r\(title) \(bar) \(count)/\(total), \(rate)/s, \(left) s left \u{1B}[K")
  }

  /// Makes room for a line of text; the bar comes again with the next ``show(_:)``.
  func finish() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
