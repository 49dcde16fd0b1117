internal import Export
internal import SceneFiles

/// Sentences about a server's objections to a workflow (`POST /prompt` with status 400).
enum Refusal {
  /// Returns one sentence per fault, with the node's class, number and title.
  static func sentences(_ answer: JSONNode, _ workflow: ComfyWorkflow) -> [String] {
    var sentences: [String] = []
    for member in answer["node_errors"]?.members ?? [] {
      for fault in member.node["errors"]?.items ?? [] {
        sentences.append("\(name(member.key, workflow)): \(text(fault))")
      }
    }
    // The prompt's own error repeats the errors of its nodes without naming the nodes.
    if sentences.isEmpty, let error = answer["error"] { sentences.append(text(error)) }
    return sentences.isEmpty ? ["it did not say why"] : sentences
  }

  /// Returns the class, number and title of a node, by its number in the API format.
  static func name(_ number: String, _ workflow: ComfyWorkflow) -> String {
    guard let index = Int(number), index > 0, index <= workflow.nodes.count else {
      return "node \(number)"
    }
    let node = workflow.nodes[index - 1]
    return "\(node.classType) \(number) (\(node.title))"
  }

  private static func text(_ fault: JSONNode) -> String {
    if let text = fault.text { return text }
    let parts = [fault["message"]?.text, fault["details"]?.text].compactMap { $0 }
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
