internal import Export
internal import SceneFiles

extension ComfySubmission {
  /// Returns why a prompt failed, from its history; nil if it did not fail.
  static func failure(in history: JSONNode, _ workflow: QueuedWorkflow) -> String? {
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

  /// Fetches the pictures that the workflow's nodes have saved, and returns those that arrived
  /// intact, and what is wrong with the others.
  ///
  /// - Parameter all: whether it is an error if a node has saved none.
  func pictures(
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

  static func isSilence(_ error: any Error) -> Bool {
    if case ComfyError.unreachable = error { true } else { false }
  }
}
