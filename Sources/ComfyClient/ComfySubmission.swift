package import Export
internal import SceneFiles

/// A run of characters' workflows on a server: checks them against its nodes and models, uploads
/// their maps, queues and follows them, and fetches the pictures that they make.
package struct ComfySubmission: Sendable {
  private let server: ComfyServer
  private let feed: ProgressFeed
  /// The websocket's id, which tells the server where to report progress; it is not saved.
  private let client: String
  var patience = Patience()

  /// Creates a submission; nothing is sent yet.
  ///
  /// - Parameters:
  /// - patience: the seconds for which a server may fail to respond, for example while restarting.
  /// - report: called with the progress, from any thread.
  package init(
    to address: ServerAddress, patience: Double = Patience().silence,
    report: @escaping @Sendable (ComfyProgress) -> Void
  ) {
    server = ComfyServer(address)
    self.patience.silence = patience
    var random = SystemRandomNumberGenerator()
    client = "posemap-" + String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
    feed = ProgressFeed(ProgressSocket(address: address, client: client), report: report)
  }

  /// Requests the server's nodes and models, and throws if it lacks some that these workflows need.
  ///
  /// - Throws: ``ComfyError/unfit(address:sentences:)`` with one sentence for each that is missing.
  package func check(_ characters: [ComfyCharacter]) async throws(ComfyError) {
    let definitions = try await server.nodeDefinitions()
    var sentences: [String] = []
    for character in characters {
      let faults = ComfyWorkflowCheck.faults(of: character.workflow, by: definitions)
      for fault in faults {
        let sentence = MissingSentence.of(fault, character.workflow)
        if !sentences.contains(sentence) { sentences.append(sentence) }
      }
    }
    if sentences.isEmpty { return }
    throw .unfit(address: server.address.description, sentences: sentences)
  }

  /// Uploads the pictures that workflows load, and queues the workflows one after another. The
  /// websocket is open from before the first until ``fetch(_:ended:)`` has ended.
  ///
  /// - Parameter queued: called with each workflow as soon as the server has accepted it.
  package func queue(
    _ characters: [ComfyCharacter], queued: (QueuedWorkflow) throws -> Void
  ) async throws {
    await feed.open(within: patience.handshake)
    do {
      try await queueAll(characters, queued: queued)
    } catch {
      await feed.close()
      throw error
    }
  }

  private func queueAll(
    _ characters: [ComfyCharacter], queued: (QueuedWorkflow) throws -> Void
  ) async throws {
    var stored: [[String: String]] = []
    for character in characters { stored.append(try await upload(character)) }
    for (character, names) in zip(characters, stored) {
      let prompt = try await server.queue(
        character.workflow.loading(names), of: character.id, client: client)
      try queued(QueuedWorkflow(character, prompt: prompt))
    }
  }

  /// The end of a workflow, as far as this run can tell.
  package enum Ending {
    /// A workflow that has ended, with all its pictures, or if it failed, those that it had made.
    case made([OutputFile])
    /// A workflow that has ended, with the pictures that arrived intact; the others can be
    /// requested again.
    case incomplete([OutputFile])
    /// A workflow that the server no longer knows.
    case forgotten
  }

  /// Follows queued workflows until they end, in the order in which the server runs them, and
  /// fetches their pictures.
  ///
  /// - Parameter ended: called with each workflow that has ended.
  /// - Throws: when all have ended, the failure, or ``ComfyError/several(_:)``.
  package func fetch(
    _ workflows: [QueuedWorkflow], ended: (QueuedWorkflow, Ending) throws -> Void
  ) async throws {
    feed.follow(workflows)
    do {
      try await fetchAll(workflows, ended: ended)
    } catch {
      await feed.close()
      throw error
    }
    await feed.close()
  }

  private func fetchAll(
    _ workflows: [QueuedWorkflow], ended: (QueuedWorkflow, Ending) throws -> Void
  ) async throws {
    var failures: [ComfyError] = []
    for workflow in workflows {
      do {
        // A lost websocket is opened again.
        await feed.open(within: patience.handshake)
        guard let history = try await history(of: workflow) else {
          try ended(workflow, .forgotten)
          throw ComfyError.failed(
            character: workflow.character,
            reason:
              "the server no longer knows it: it was removed from the queue, or the server was restarted"
          )
        }
        let failure = Self.failure(in: history, workflow)
        let (files, faults) = try await pictures(of: workflow, history, all: failure == nil)
        try ended(workflow, faults.isEmpty ? .made(files) : .incomplete(files))
        if let failure {
          failures.append(.failed(character: workflow.character, reason: failure))
        }
        failures += faults
      } catch let error as ComfyError {
        failures.append(error)
        // A server that does not respond has no more pictures to deliver.
        if Self.isSilence(error) { break }
      }
    }
    if let first = failures.first { throw failures.count == 1 ? first : .several(failures) }
  }

  /// Uploads a character's pictures, and returns the server's name for each.
  ///
  /// The name contains a hash of the content: a server reads a picture only when the workflow's
  /// turn comes, and must not find the picture of another pose by then, of this scene or of one
  /// with the same name.
  private func upload(_ character: ComfyCharacter) async throws(ComfyError) -> [String: String] {
    var names: [String: String] = [:]
    for picture in character.pictures {
      let name = picture.name
      let hash = FileHash.sha256(picture.bytes).prefix(12)
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      let stored = "\(parts.dropLast().joined(separator: "."))-\(hash).\(parts.last ?? "png")"
      try await server.upload(picture.bytes, name: stored)
      names[name] = stored
    }
    return names
  }

  // MARK: Following

  /// The limits on waiting for a prompt.
  package struct Patience {
    /// The seconds before the server is asked again; each pause is 1.5 times as long as the last.
    var firstPause = 0.1
    /// The longest pause, in seconds.
    var longestPause = 1.0
    /// The number of times in a row that the server may not know the prompt.
    var absences = 10
    /// The seconds to wait for the websocket before anything is queued.
    var handshake = 5.0
    /// The seconds for which the server may fail to respond.
    package var silence = 60.0

    /// Creates the usual limits.
    package init() {}
  }

  /// Returns the history of a prompt that has ended; nil if the server does not know of it.
  private func history(of workflow: QueuedWorkflow) async throws -> JSONNode? {
    var pause = patience.firstPause
    var absences = 0
    while absences <= patience.absences {
      if let history = try await patiently({ try await server.history(workflow.prompt) }) {
        return history
      }
      let isQueued = try await patiently { try await server.isQueued(workflow.prompt) }
      // Between the queue and the history, a prompt is briefly in neither.
      absences = isQueued ? 0 : absences + 1
      try await Task.sleep(for: .seconds(pause))
      pause = min(pause * 1.5, patience.longestPause)
    }
    return nil
  }

  /// Repeats a request while the server fails to respond, as one that loads a model, runs out of
  /// memory or restarts, until it has failed for too long.
  ///
  /// - Parameter isPassing: whether a failure might not occur the next time.
  private func patiently<Answer>(
    isPassing: (any Error) -> Bool = { _ in true }, _ ask: () async throws -> Answer
  ) async throws -> Answer {
    let began = ContinuousClock.now
    var pause = patience.firstPause
    while true {
      do {
        return try await ask()
      } catch {
        let isOver = ContinuousClock.now - began >= .seconds(patience.silence)
        if isOver || !isPassing(error) { throw error }
        try await Task.sleep(for: .seconds(pause))
        pause = min(pause * 1.5, patience.longestPause)
      }
    }
  }

  /// Returns why a prompt failed, from its history; nil if it did not fail.
  private static func failure(in history: JSONNode, _ workflow: QueuedWorkflow) -> String? {
    guard history["status"]?["status_str"]?.text == "error" else { return nil }
    for message in history["status"]?["messages"]?.items ?? [] {
      guard let parts = message.items, parts.count == 2 else { continue }
      switch parts[0].text {
      case "execution_error":
        let node = parts[1]["node_id"]?.text.map(workflow.name) ?? "a node"
        let message = parts[1]["exception_message"]?.text ?? "it did not say why"
        return "\(node): \(message.split(separator: "\n").joined(separator: " "))"
      case "execution_interrupted": return "it was interrupted at the server"
      default: continue
      }
    }
    return "the server did not say why"
  }

  // MARK: Fetching

  /// Fetches the pictures that the workflow's nodes have saved, and returns those that arrived
  /// intact, and what is wrong with the others.
  ///
  /// - Parameter all: whether it is an error if a node has saved none.
  private func pictures(
    of workflow: QueuedWorkflow, _ history: JSONNode, all: Bool
  ) async throws -> ([OutputFile], [ComfyError]) {
    var files: [OutputFile] = []
    var faults: [ComfyError] = []
    for (index, node) in workflow.nodes.enumerated() {
      guard let name = node.saves else { continue }
      let number = String(index + 1)
      let images = history["outputs"]?[number]?["images"]?.items ?? []
      guard let image = images.first, let file = image["filename"]?.text else {
        if !all { continue }
        faults.append(
          .unexpectedAnswer(
            request: "GET /history", reason: "\(workflow.name(ofNode: number)) made no picture"))
        continue
      }
      let saved = SavedPicture(
        name: file, folder: image["subfolder"]?.text ?? "", type: image["type"]?.text ?? "output")
      do {
        let bytes = try await patiently(isPassing: Self.isSilence) {
          try await server.picture(saved)
        }
        files.append(
          OutputFile(
            path: "\(workflow.character)/\(ComfyCharacter.generatedFolder)/\(name).png",
            bytes: bytes))
      } catch let error as ComfyError {
        if Self.isSilence(error) { throw error }
        faults.append(error)
      }
    }
    return (files, faults)
  }

  private static func isSilence(_ error: any Error) -> Bool {
    if case ComfyError.unreachable = error { true } else { false }
  }
}
