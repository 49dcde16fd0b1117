internal import Export
internal import PoseRig
internal import SceneFiles

/// What a server holds against a workflow (`POST /prompt` with status 400), for a person.
enum Refusal {
  /// A sentence for each fault, with the node's name and title.
  static func sentences(_ answer: JSONNode, _ workflow: ComfyWorkflow) -> [String] {
    var sentences: [String] = []
    for member in answer["node_errors"]?.members ?? [] {
      for fault in member.node["errors"]?.items ?? [] {
        sentences.append("\(name(member.key, workflow)): \(text(fault))")
      }
    }
    // What is wrong with a node is repeated there without saying with which.
    if sentences.isEmpty, let error = answer["error"] { sentences.append(text(error)) }
    return sentences.isEmpty ? ["it did not say why"] : sentences
  }

  /// What a node is called, by its number in the API format.
  static func name(_ number: String, _ workflow: ComfyWorkflow) -> String {
    guard let index = Int(number), workflow.nodes.indices.contains(index - 1) else {
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
