internal import ArgumentParser
internal import ComfyClient
internal import Dispatch
internal import Export
internal import Glibc

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
    let source = whenInterrupted(Self.whereabouts(of: characters, "will be"), line)
    defer { source.cancel() }
    do {
      try Waiting.result { [output, quiet] in
        try await submission.run(characters) { character, files in
          line.clear()
          let earlier = try GeneratedPictures(of: character, in: output).write(files)
          if quiet { return }
          files.forEach { print("\(output)/\($0.path)") }
          if let earlier { print("what an earlier run made is in \(earlier)") }
        }
      }
    } catch {
      line.clear()
      printNote(Self.whereabouts(of: characters, "are"))
      throw error
    }
  }

  /// Ctrl-C ends the waiting, not the work.
  private func whenInterrupted(
    _ whereabouts: String, _ line: TerminalLine
  ) -> any DispatchSourceSignal {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      line.clear()
      printError(
        "posemap: stopped waiting; what is queued at the server goes on until it is cancelled there. \(whereabouts)"
      )
      exit(130)
    }
    source.resume()
    return source
  }

  private static func whereabouts(of characters: [ComfyCharacter], _ verb: String) -> String {
    let folders = characters.map(\.folder).joined(separator: ", ")
    return "the server's own copies of its pictures \(verb) in its output folder, in \(folders)"
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
