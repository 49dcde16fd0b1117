package import Export
internal import SceneFiles

/// A run of characters' workflows on a server: checks them against its nodes and models, uploads
/// their maps, queues and follows them, and fetches the pictures that they make.
package struct ComfySubmission: Sendable {
  let server: ComfyServer
  let feed: ProgressFeed
  let outages = Outages()
  /// The websocket's id, which tells the server where to report progress; it is not saved.
  private let client: String
  var patience = Patience()

  /// Creates a submission; nothing is sent yet.
  ///
  /// - Parameters:
  ///   - patience: the limits of waiting for a server that restarts.
  ///   - report: called with the progress, from any thread.
  package init(
    to address: ServerAddress, _ access: ServerAccess = .open, patience: Patience = Patience(),
    report: @escaping @Sendable (ComfyProgress) -> Void
  ) {
    server = ComfyServer(address, access)
    self.patience = patience
    var random = SystemRandomNumberGenerator()
    client = "posemap-" + String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
    // Not every libcurl has websockets, so a server over https is polled.
    let socket = ProgressSocket(address: address, client: client, access: access)
    feed = ProgressFeed(address.isSecure ? nil : socket, report: report)
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
    let sources = characters.map(QueuedSource.init)
    // Workflows that differ in their seeds load the same pictures.
    var uploaded: Set<String> = []
    for (character, source) in zip(characters, sources) {
      for (picture, file) in zip(source.pictures, character.pictures)
      where uploaded.insert(picture.stored).inserted {
        try await server.upload(file.bytes, name: picture.stored)
      }
    }
    for (character, source) in zip(characters, sources) {
      let workflow = source.storedNames(in: character.workflow)
      let prompt = try await server.queue(workflow, of: character.id, client: client)
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
    /// A workflow that the server lost when it restarted, and that was queued again as this one.
    case queuedAgain(QueuedWorkflow)
    /// A workflow that the server no longer knows.
    case forgotten
  }

  /// Follows queued workflows until they end, in the order in which the server runs them, and
  /// fetches their pictures. Workflows that a restarted server has lost are queued again, within
  /// the limits of ``patience``.
  ///
  /// - Parameters:
  ///   - picture: returns the bytes of a picture that was uploaded; nil if they are not available
  ///     any more, and the server's own copy must do.
  ///   - ended: called with each workflow that has ended.
  /// - Throws: when all have ended, the failure, or ``ComfyError/several(_:)``.
  package func fetch(
    _ workflows: [QueuedWorkflow], picture: (QueuedSource.Picture) -> [UInt8]? = { _ in nil },
    ended: (QueuedWorkflow, Ending) throws -> Void
  ) async throws {
    feed.follow(workflows)
    do {
      try await fetchAll(workflows, picture, ended: ended)
    } catch {
      await feed.close()
      throw error
    }
    await feed.close()
  }

  private func fetchAll(
    _ workflows: [QueuedWorkflow], _ picture: (QueuedSource.Picture) -> [UInt8]?,
    ended: (QueuedWorkflow, Ending) throws -> Void
  ) async throws {
    var failures: [ComfyError] = []
    var waiting = workflows[...]
    while let workflow = waiting.popFirst() {
      do {
        // A lost websocket is opened again.
        await feed.open(within: patience.handshake)
        guard let history = try await history(of: workflow) else {
          if let again = try await queueAgain(workflow, picture) {
            try ended(workflow, .queuedAgain(again))
            waiting.append(again)
            continue
          }
          try ended(workflow, .forgotten)
          throw ComfyError.failed(character: workflow.character, reason: reasonOfLoss(workflow))
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

  // MARK: Restarts

  /// Queues a workflow again that the server no longer knows, and returns it; nil if the
  /// server was not restarted, or has lost it too often.
  private func queueAgain(
    _ lost: QueuedWorkflow, _ picture: (QueuedSource.Picture) -> [UInt8]?
  ) async throws -> QueuedWorkflow? {
    guard let source = lost.source, let workflow = source.workflow,
      lost.timesLost ?? 0 < patience.requeues
    else { return nil }
    // A workflow that a person has removed from the queue must stay removed.
    if !outages.wereSeen, try await !server.hasNoHistory() { return nil }
    for wanted in source.pictures {
      guard let bytes = wanted.checked(picture(wanted)) else { continue }
      try await patiently { try await server.upload(bytes, name: wanted.stored) }
    }
    var again = lost
    again.prompt = try await patiently(isPassing: Self.isSilence) {
      try await server.queue(
        source.storedNames(in: workflow), of: lost.character, client: client)
    }
    again.timesLost = (lost.timesLost ?? 0) + 1
    feed.follow(again, insteadOf: lost)
    return again
  }

  private func reasonOfLoss(_ workflow: QueuedWorkflow) -> String {
    let times = workflow.timesLost ?? 0
    if times > 0, times >= patience.requeues {
      return "the server has lost it \(times + 1) times; does it run out of memory?"
    }
    return
      "the server no longer knows it: it was removed from the queue, or the server was restarted"
  }
}
