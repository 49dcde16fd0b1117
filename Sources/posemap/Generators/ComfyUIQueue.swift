internal import ArgumentParser
internal import ComfyClient
internal import Export

/// `--submit`: queues workflows at a server and writes what they make.
struct ComfyUIQueue {
  let address: ServerAddress
  let output: String
  let quiet: Bool

  /// Nothing is uploaded or queued unless the server has all that the workflows need.
  func run(_ characters: [ComfyCharacter]) throws {
    let line = TerminalLine(quiet: quiet)
    let submission = ComfySubmission(to: address) { line.show($0.line) }
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

extension ComfyProgress {
  /// How far the server is, in a line.
  fileprivate var line: String {
    var text = "\(character): \(nodesBegun) of \(nodes) nodes"
    if let node { text += ", \(node)" }
    if let steps { text += " \(steps.done)/\(steps.of)" }
    return String(text.prefix(100))
  }
}
