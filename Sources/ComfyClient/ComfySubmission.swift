package import Export
internal import PoseRig
internal import SceneFiles
internal import Synchronization

/// Hands characters' workflows to a server: holds them against what it has, uploads their maps, queues them, follows them,
/// and fetches what they made.
package struct ComfySubmission: Sendable {
  private let server: ComfyServer
  /// Called with what is going on, from any thread.
  private let report: @Sendable (ComfyProgress) -> Void
  /// How the server knows whom to tell of the work; no part of any file.
  private let client: String

  package init(
    to address: ServerAddress, report: @escaping @Sendable (ComfyProgress) -> Void
  ) {
    server = ComfyServer(address)
    self.report = report
    var random = SystemRandomNumberGenerator()
    client = "posemap-" + String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
  }

  /// Throws, before anything is sent, all that the server lacks for these workflows.
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

  /// Runs the workflows, one after the other as the server does, and hands the pictures of each to `take` when it is done; of one that
  /// failed those that it had made. What failed is thrown when all have ended.
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
        // Of whom nobody answers nothing more is to be had.
        if case .unreachable = error { break }
      }
    }
    if let first = failures.first { throw failures.count == 1 ? first : .several(failures) }
  }

  /// Uploads a character's pictures, and returns what each is called there.
  ///
  /// The name has the content's hash in it: a server reads a picture when its turn has come, and what waits in the queue must not
  /// find another pose there, be it of this scene or of one that is called the same.
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

  /// How many times in a row the server may fail to answer, or to know of a prompt.
  private static let patience = 10

  /// Waits until the history has the prompt; meanwhile the websocket tells how far it is.
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
    var pause = 0.1
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
        if failures > Self.patience { throw error }
      }
      if absences > Self.patience {
        throw ComfyError.failed(
          character: character.id,
          reason:
            "the server no longer knows of it; it was removed from the queue, or the server was restarted"
        )
      }
      try await Task.sleep(for: .seconds(pause))
      pause = min(pause * 1.5, 1)
    }
  }

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

  /// What the nodes that save have saved; if `all` is true, it is wrong that one has not.
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

/// What a server lacks, and what to do about it.
enum MissingSentence {
  static func of(_ fault: ComfyWorkflowCheck.Fault, _ workflow: ComfyWorkflow) -> String {
    switch fault {
    case .wrong(let sentence, _, _): return sentence
    case .missingNode(let classType, let pack?):
      return "the node \(classType) is not installed; it is in the node pack \(pack)"
    case .missingNode(let classType, nil):
      return "the node \(classType) is not there; update ComfyUI"
    case .missingFile(let name, let classType, let input, let present):
      let nearest = NearestName.suggestion(for: name, among: present)
      let hint =
        nearest.map { "; did you mean \"\($0)\"?" }
        ?? (present.isEmpty ? "; there is none at all" : "; there are: \(list(present))")
      let setting = workflow.setting(of: input, classType, name)
      let remedy =
        setting.map { $0 == "lora.name" ? " (--lora …)" : " (--set \($0)=…)" } ?? ""
      return "there is no \"\(name)\" for \"\(input)\" of \(classType)\(hint)\(remedy)"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ")
      + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
