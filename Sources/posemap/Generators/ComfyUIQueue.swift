internal import ComfyClient
internal import Dispatch
internal import Export
internal import Glibc
internal import PosemapKit
internal import SceneFiles
internal import Synchronization

/// `--submit` and `--fetch`: queues workflows on a server, and writes the pictures that they make.
struct ComfyUIQueue {
  let address: ServerAddress
  let access: ServerAccess
  let output: String
  /// The limits of waiting for a server that restarts.
  let patience: ComfySubmission.Patience
  let quiet: Bool
  /// Whether to print progress as lines for a program.
  let tellsProgress: Bool

  /// Queues workflows and fetches their pictures. Nothing is uploaded or queued unless the server
  /// has everything that the workflows need.
  func run(_ characters: [ComfyCharacter]) throws {
    let line = TerminalLine(quiet: quiet)
    let submission = submission(characters.map(\.id), line)
    try Waiting.result { try await submission.check(characters) }
    try noteEarlier()
    let locationNote = Self.locationNote(of: characters.map(\.folder))
    let outcomes = Outcomes(server: "\(address)", output: output, ids: characters.map(\.id))
    try followed(outcomes, locationNote, line) {
      try await submission.queue(characters) { try outcomes.queued($0) }
      try await fetch(outcomes.waiting, by: submission, outcomes, line)
    }
  }

  /// Fetches the pictures of workflows that an earlier run queued.
  func fetch(_ workflows: [QueuedWorkflow]) throws {
    let line = TerminalLine(quiet: quiet)
    let submission = submission(workflows.map(\.character), line)
    let outcomes = Outcomes(server: "\(address)", output: output, ids: workflows.map(\.character))
    for workflow in workflows { try outcomes.queued(workflow) }
    try followed(outcomes, Self.locationNote(of: workflows.map(\.folder)), line) {
      try await fetch(workflows, by: submission, outcomes, line)
    }
  }

  private func submission(_ ids: [String], _ line: TerminalLine) -> ComfySubmission {
    let clock = RunClock()
    return ComfySubmission(to: address, access, patience: patience) { progress in
      let share = progress.share(among: ids)
      line.show("\(clock.words(at: share)); \(progress.line)")
      if tellsProgress { print("\(ProgressLine(share, progress.line))") }
    }
  }

  /// Runs work that waits for the server; if it fails, prints which pictures have been fetched and
  /// where the others are.
  private func followed(
    _ outcomes: Outcomes, _ locationNote: (String) -> String, _ line: TerminalLine,
    _ work: @escaping @Sendable () async throws -> Void
  ) throws {
    let sources = whenInterrupted(locationNote("will be"), outcomes, line)
    defer { sources.forEach { $0.cancel() } }
    do {
      try Waiting.result(of: work)
    } catch {
      line.clear()
      outcomes.sentences.forEach { printNote($0) }
      if outcomes.mayHavePictures { printNote(locationNote("are")) }
      throw error
    }
  }

  private func fetch(
    _ workflows: [QueuedWorkflow], by submission: ComfySubmission, _ outcomes: Outcomes,
    _ line: TerminalLine
  ) async throws {
    try await submission.fetch(workflows, picture: uploaded) { workflow, ending in
      line.clear()
      switch ending {
      case .forgotten: break
      case .queuedAgain(let again):
        printNote(
          "the server was restarted and has lost \(again.character); it is queued again")
      case .made(let files), .incomplete(let files): try write(files, of: workflow)
      }
      try outcomes.ended(workflow, ending)
    }
  }

  private func write(_ files: [OutputFile], of workflow: QueuedWorkflow) throws {
    let sources =
      files.isEmpty ? [] : try RunRecord.files(of: workflow, made: files, uploaded)
    let earlier = try GeneratedPictures(of: workflow, in: output)
      .write(files, madeFrom: sources)
    if quiet { return }
    files.forEach { print("\(output)/\($0.path)") }
    if let earlier { print("the results of an earlier run are in \(earlier)") }
  }

  /// Returns the bytes of the file that a picture was uploaded from, or of the one that replaced
  /// it.
  private func uploaded(_ picture: QueuedSource.Picture) -> [UInt8]? {
    let path = "\(output)/\(ComfyCharacter.inputFolder)/\(picture.name)"
    return try? FileLoader.bytes(path, upTo: 1 << 30).get()
  }

  /// Reports the workflows that an earlier run has not fetched, since this run replaces it.
  private func noteEarlier() throws {
    guard let file = try ComfyQueueFile.read(in: output), !file.waiting.isEmpty else { return }
    let ids = file.waiting.map(\.character).joined(separator: ", ")
    printNote(
      "the workflows that an earlier run queued at \(file.server) for \(ids) are no longer fetched; "
        + Self.locationNote(of: file.waiting.map(\.folder))("are"))
  }

  /// Makes Ctrl-C and hangups end the waiting, not the server's work.
  private func whenInterrupted(
    _ locationNote: String, _ outcomes: Outcomes, _ line: TerminalLine
  ) -> [any DispatchSourceSignal] {
    // Under nohup, hangups stay ignored.
    let numbers = [SIGINT, SIGTERM] + (Interrupts.isHangupIgnored ? [] : [SIGHUP])
    return numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        line.clear()
        outcomes.sentences.forEach { printNote($0) }
        printError(
          "posemap: stopped waiting; queued workflows continue on the server until you cancel them there. \(locationNote)"
        )
        exit(130)
      }
      source.resume()
      return source
    }
  }

  private static func locationNote(of folders: [String]) -> (_ verb: String) -> String {
    let folders = folders.joined(separator: ", ")
    return { "the server's own copies of the pictures \($0) in its output folder, in \(folders)" }
  }
}

/// The state of each character's workflow. The file of those that are still waiting is always up to
/// date.
private final class Outcomes: Sendable {
  private struct State {
    var file: ComfyQueueFile
    var made: [String] = []
    var lost: [String] = []
    var pictureless: [String] = []
  }

  private let output: String
  private let ids: [String]
  private let state: Mutex<State>

  init(server: String, output: String, ids: [String]) {
    self.output = output
    self.ids = ids
    state = Mutex(State(file: ComfyQueueFile(server: server, waiting: [])))
  }

  /// The workflows that have not ended.
  var waiting: [QueuedWorkflow] { state.withLock { $0.file.waiting } }

  func queued(_ workflow: QueuedWorkflow) throws {
    try state.withLock { state in
      state.file.waiting.append(workflow)
      try state.file.write(in: output)
    }
  }

  func ended(_ workflow: QueuedWorkflow, _ ending: ComfySubmission.Ending) throws {
    try state.withLock { state in
      switch ending {
      case .incomplete: return
      case .queuedAgain(let again):
        state.file.waiting = state.file.waiting.map { $0 == workflow ? again : $0 }
        return try state.file.write(in: output)
      case .made(let files) where files.isEmpty: state.pictureless.append(workflow.character)
      case .made: state.made.append(workflow.character)
      case .forgotten: state.lost.append(workflow.character)
      }
      state.file.waiting.removeAll { $0 == workflow }
      try state.file.write(in: output)
    }
  }

  /// Whether the server might have pictures of any character.
  var mayHavePictures: Bool {
    state.withLock { !($0.made + $0.lost + $0.file.waiting.map(\.character)).isEmpty }
  }

  /// Sentences about which characters have pictures and which do not, and how to get the missing
  /// ones.
  var sentences: [String] {
    state.withLock { state in
      let waiting = state.file.waiting.map(\.character)
      let queued = state.made + state.pictureless + state.lost + waiting
      let unqueued = ids.filter { !queued.contains($0) }
      func list(_ ids: [String]) -> String { ids.joined(separator: ", ") }
      var sentences: [String] = []
      if !state.made.isEmpty { sentences.append("fetched: \(list(state.made))") }
      if !state.pictureless.isEmpty { sentences.append("no picture: \(list(state.pictureless))") }
      if !state.lost.isEmpty { sentences.append("lost; submit again: \(list(state.lost))") }
      if !unqueued.isEmpty { sentences.append("not queued; submit again: \(list(unqueued))") }
      if !waiting.isEmpty {
        sentences.append(
          "not fetched: \(list(waiting)); fetch later: posemap comfyui --fetch -o \(output)")
      }
      return sentences
    }
  }
}

extension ComfyProgress {
  /// The server's progress, on one line.
  fileprivate var line: String {
    if let ahead {
      return ahead == 0 ? "\(character): at work" : "\(character): waits behind \(ahead)"
    }
    var text = "\(character): \(nodesBegun) of \(nodes) nodes"
    if let node { text += ", \(node)" }
    if let steps { text += " \(steps.done)/\(steps.of)" }
    return String(text.prefix(100))
  }

  /// Returns the completed share of the characters' workflows, which run one after the other.
  fileprivate func share(among ids: [String]) -> Double {
    (Double(ids.firstIndex(of: character) ?? 0) + share) / Double(max(ids.count, 1))
  }
}
