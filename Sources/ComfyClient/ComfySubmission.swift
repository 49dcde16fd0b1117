package import Export
internal import SceneFiles
internal import Synchronization

/// The way of characters' workflows through a server: checked against its nodes and models, their
/// maps uploaded, queued, followed, and the pictures that they made fetched.
package struct ComfySubmission: Sendable {
  private let server: ComfyServer
  /// Is called with the progress, from any thread.
  private let report: @Sendable (ComfyProgress) -> Void
  /// The websocket's id, by which the server knows where to tell of the work; in no file.
  private let client: String
  var patience = Patience()

  /// Makes a submission; nothing is sent yet.
  package init(
    to address: ServerAddress, report: @escaping @Sendable (ComfyProgress) -> Void
  ) {
    server = ComfyServer(address)
    self.report = report
    var random = SystemRandomNumberGenerator()
    client = "posemap-" + String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
  }

  /// Asks the server for its nodes and models, and throws if it lacks some of these workflows'.
  ///
  /// - Throws: ``ComfyError/unfit(address:sentences:)`` with a sentence for each that is missing.
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

  /// Runs the workflows, one after the other as the server does.
  ///
  /// - Parameters:
  ///   - characters: the workflows and the pictures that they load.
  ///   - take: is called with the pictures of a workflow when it has ended; if it failed, with the
  ///     ones that it had made.
  /// - Throws: when all have ended, the failure, or ``ComfyError/several(_:)``.
  package func run(
    _ characters: [ComfyCharacter],
    take: (_ character: ComfyCharacter, _ files: [OutputFile]) throws -> Void
  ) async throws {
    var failures: [ComfyError] = []
    var prompts: [String] = []
    var stored: [[String: String]] = []
    for character in characters { stored.append(try await upload(character)) }
    for (character, names) in zip(characters, stored) {
      prompts.append(
        try await server.queue(
          character.workflow.loading(names), of: character.id, client: client))
    }
    for (character, prompt) in zip(characters, prompts) {
      do {
        let history = try await follow(character, prompt)
        let failure = Self.failure(in: history, character.workflow)
        try take(character, try await pictures(of: character, history, all: failure == nil))
        if let failure { throw ComfyError.failed(character: character.id, reason: failure) }
      } catch let error as ComfyError {
        failures.append(error)
        // A server that does not answer has no more pictures to give.
        if case .unreachable = error { break }
      }
    }
    if let first = failures.first { throw failures.count == 1 ? first : .several(failures) }
  }

  /// Uploads a character's pictures, and returns the server's name for each.
  ///
  /// The name has the content's hash in it: a server reads a picture when the workflow's turn has
  /// come, and must not find another pose's picture then, of this scene or of a namesake.
  private func upload(_ character: ComfyCharacter) async throws(ComfyError) -> [String: String] {
    var names: [String: String] = [:]
    for picture in character.pictures {
      let name = picture.name
      let hash = FileHash.sha256(picture.bytes).prefix(12)
      let stored = "\(name.dropLast(".png".count))-\(hash).png"
      try await server.upload(picture.bytes, name: stored)
      names[name] = stored
    }
    return names
  }

  // MARK: Following

  /// The limits of waiting for a prompt.
  struct Patience {
    /// The seconds before the server is asked again; each pause is half as long again as the last.
    var firstPause = 0.1
    /// The seconds that no pause exceeds.
    var longestPause = 1.0
    /// How many times in a row the server may fail to answer, or to know of the prompt.
    var failures = 10
  }

  /// Waits until the history has the prompt; meanwhile the websocket tells of its progress.
  private func follow(
    _ character: ComfyCharacter, _ prompt: String
  ) async throws -> JSONNode {
    let reader = Mutex(ProgressReader(character.workflow, of: character.id, prompt: prompt))
    let listening = Task { [server, client, report] in
      await ProgressSocket(address: server.address, client: client).listen { message in
        let progress = reader.withLock { $0.take(message) ? $0.progress : nil }
        if let progress { report(progress) }
      }
    }
    let outcome: Result<JSONNode, any Error>
    do { outcome = .success(try await done(character, prompt)) } catch { outcome = .failure(error) }
    listening.cancel()
    await listening.value
    return try outcome.get()
  }

  private func done(_ character: ComfyCharacter, _ prompt: String) async throws -> JSONNode {
    var pause = patience.firstPause
    var absences = 0
    var failures = 0
    while true {
      do {
        if let history = try await server.history(prompt) { return history }
        // Between queue and history a prompt is in neither for a moment.
        absences = try await server.isQueued(prompt) ? 0 : absences + 1
        failures = 0
      } catch {
        // A server that loads a model or runs out of memory may be deaf for a while.
        failures += 1
        if failures > patience.failures { throw error }
      }
      if absences > patience.failures {
        throw ComfyError.failed(
          character: character.id,
          reason:
            "the server no longer knows of it; it was removed from the queue, or the server was restarted"
        )
      }
      try await Task.sleep(for: .seconds(pause))
      pause = min(pause * 1.5, patience.longestPause)
    }
  }

  /// Returns why a prompt failed, by its history; nil if it did not.
  private static func failure(in history: JSONNode, _ workflow: ComfyWorkflow) -> String? {
    guard history["status"]?["status_str"]?.text == "error" else { return nil }
    for message in history["status"]?["messages"]?.items ?? [] {
      guard let parts = message.items, parts.count == 2 else { continue }
      switch parts[0].text {
      case "execution_error":
        let node = parts[1]["node_id"]?.text.map { Refusal.name($0, workflow) } ?? "a node"
        let message = parts[1]["exception_message"]?.text ?? "it did not say why"
        return "\(node): \(message.split(separator: "\n").joined(separator: " "))"
      case "execution_interrupted": return "it was interrupted at the server"
      default: continue
      }
    }
    return "the server did not say why"
  }

  // MARK: Fetching

  /// Fetches the pictures that the workflow's nodes have saved.
  ///
  /// - Parameter all: whether it is an error that a node has saved none.
  private func pictures(
    of character: ComfyCharacter, _ history: JSONNode, all: Bool
  ) async throws(ComfyError) -> [OutputFile] {
    var files: [OutputFile] = []
    for (index, node) in character.workflow.nodes.enumerated() {
      guard let name = node.saves else { continue }
      let number = ComfyWorkflow.identifier(of: index)
      let images = history["outputs"]?[number]?["images"]?.items ?? []
      guard let image = images.first, let file = image["filename"]?.text else {
        if !all { continue }
        throw .unexpectedAnswer(
          request: "GET /history",
          reason: "\(Refusal.name(number, character.workflow)) made no picture")
      }
      let saved = SavedPicture(
        name: file, folder: image["subfolder"]?.text ?? "", type: image["type"]?.text ?? "output")
      files.append(
        OutputFile(
          path: "\(character.id)/\(ComfyCharacter.generatedFolder)/\(name).png",
          bytes: try await server.picture(saved)))
    }
    return files
  }
}
