internal import ArgumentParser
internal import ComfyClient
internal import Export
internal import Glibc

/// `--submit`: queues workflows at a server and writes what they make.
struct ComfyUIQueue {
  let address: ServerAddress
  let output: String
  let quiet: Bool

  /// Nothing is uploaded or queued unless the server has all that the workflows need.
  func run(_ characters: [ComfyCharacter]) throws {
    let line = StatusLine(quiet: quiet)
    let submission = ComfySubmission(to: address) { line.show($0) }
    try Waiting.result { try await submission.check(characters) }
    try Waiting.result { [output, quiet] in
      try await submission.run(characters) { files in
        line.clear()
        try AtomicFolder.write(files, to: output)
        if !quiet { files.forEach { print("\(output)/\($0.path)") } }
      }
    }
  }
}

/// A line on a terminal that says how far the server is; nothing where there is no terminal.
struct StatusLine: Sendable {
  private let isShown: Bool

  init(quiet: Bool) { isShown = !quiet && isatty(STDERR_FILENO) == 1 }

  func show(_ progress: ComfyProgress) {
    guard isShown else { return }
    var text = "\(progress.character): \(progress.nodesBegun) of \(progress.nodes) nodes"
    if let node = progress.node { text += ", \(node)" }
    if let steps = progress.steps { text += " \(steps.done)/\(steps.of)" }
    write("\r\(text.prefix(100))\u{1B}[K")
  }

  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
