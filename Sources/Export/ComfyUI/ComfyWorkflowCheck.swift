internal import PoseRig
internal import SceneFiles

/// Finds everything in a workflow that a server would reject, before sending it.
package struct ComfyWorkflowCheck {
  private let definitions: ComfyNodeDefinitions
  private let workflow: ComfyWorkflow

  /// A fault, as the parts of a sentence.
  package enum Fault: Hashable, Sendable {
    /// A node that is not installed, and the pack to install for it.
    case missingNode(classType: String, pack: String?)
    /// A file missing from the server's folder for an input, and the files that are there.
    case missingFile(name: String, classType: String, input: String, present: [String])
    /// A mistake in the workflow itself: a sentence, and the input that it is about; nil for the
    /// whole node.
    case wrong(String, node: Int, input: String?)
  }

  /// Returns every fault of `workflow` once, in the order of the nodes.
  package static func faults(
    of workflow: ComfyWorkflow, by definitions: ComfyNodeDefinitions
  ) -> [Fault] {
    let check = ComfyWorkflowCheck(definitions: definitions, workflow: workflow)
    var seen: Set<Fault> = []
    return workflow.nodes.indices.flatMap(check.faults).filter { seen.insert($0).inserted }
  }

  private func faults(_ index: Int) -> [Fault] {
    let node = workflow.nodes[index]
    guard let definition = definitions[node.classType] else {
      let pack = ComfyNodeDefinitions.known[node.classType]?.pack
      return [.missingNode(classType: node.classType, pack: pack)]
    }
    var faults: [Fault] = []
    for input in definition.inputs {
      let value = node.inputs.first { $0.name == input.name }?.value
      if let value {
        faults += fault(value, input, index)
      } else if input.isRequired {
        faults.append(
          .wrong(
            "\(node.classType) (\(node.title)) lacks \"\(input.name)\"", node: index, input: nil))
      }
    }
    for input in node.inputs where !definition.inputs.contains(where: { $0.name == input.name }) {
      // An older version of the node lacks this field and ignores it.
      if input.isFilled { continue }
      if definition.growing.contains(where: { input.name.hasPrefix($0 + ".") }) { continue }
      let allowed = definition.inputs.map(\.name)
      let hint = NearestName.question(for: input.name, among: allowed).map { "; \($0)" }
      faults.append(
        .wrong(
          "\(node.classType) (\(node.title)) has no input \"\(input.name)\"\(hint ?? "")",
          node: index,
          input: input.name))
    }
    return faults
  }

  private func fault(
    _ value: ComfyValue, _ input: ComfyNodeDefinition.Input, _ index: Int
  ) -> [Fault] {
    let node = workflow.nodes[index]
    let field = "\"\(input.name)\" of \(node.classType) (\(node.title))"
    func wrong(_ sentence: String) -> [Fault] { [.wrong(sentence, node: index, input: input.name)] }
    switch (value, input.kind) {
    case (.link(let source, let output), _):
      return linkFault(source, output, input.kind.type, field).map(wrong) ?? []
    case (_, .link(let type)):
      return wrong("\(field) must be wired to \(article(type)) output")
    case (.text(let name), .choice(let choices)):
      return choiceFault(name, choices, input, index)
    case (.number(let number), .number(let isWhole, let bounds)):
      if bounds.contains(number), !isWhole || number == number.rounded() { return [] }
      let kind = isWhole ? "a whole number" : "a number"
      let range = [bounds.lowerBound, bounds.upperBound].map { JSONValue.number($0).line }
      return wrong(
        "\(field) is \(value.json.line); it must be \(kind) from \(range[0]) to \(range[1])")
    case (.text, .text), (.boolean, .boolean): return []
    default:
      return wrong("\(field) is \(value.json.line); it must be \(article(input.kind.type))")
    }
  }

  private func linkFault(
    _ source: Int, _ output: Int, _ type: String, _ field: String
  ) -> String? {
    let node = workflow.nodes[source]
    // Another check reports that the other node is unknown.
    guard let outputs = definitions[node.classType]?.outputs else { return nil }
    guard output < outputs.count else {
      return
        "\(field) is wired to output \(output) of \(node.classType), which has \(outputs.count)"
    }
    let given = outputs[output].type
    // A type can be a list of types, separated by commas.
    let wanted = type.split(separator: ",").map(String.init)
    if type == "*" || given == "*" || wanted.contains(given) { return nil }
    return "\(field) takes \(article(type)), but is wired to \(article(given)) of \(node.classType)"
  }

  private func choiceFault(
    _ name: String, _ choices: [String], _ input: ComfyNodeDefinition.Input,
    _ index: Int
  ) -> [Fault] {
    if choices.contains(name) { return [] }
    let node = workflow.nodes[index]
    // Definitions that come from no server know no folders, so their lists of files are empty.
    // Pictures are uploaded first.
    let standard = ComfyNodeDefinitions.known[node.classType]?.inputs.first {
      $0.name == input.name
    }
    let isFolder: Bool =
      if case .choice(let usual)? = standard?.kind { usual.isEmpty } else { choices.isEmpty }
    guard isFolder else {
      let hint = NearestName.hint(for: name, among: choices)
      return [
        .wrong(
          "\"\(input.name)\" of \(node.classType) (\(node.title)) cannot be \"\(name)\"; \(hint)it can be: "
            + choices.joined(separator: ", "), node: index, input: input.name)
      ]
    }
    if input.hasUpload || definitions.isOffline { return [] }
    return [
      .missingFile(
        name: name, classType: node.classType, input: input.name, present: choices)
    ]
  }

  private func article(_ type: String) -> String {
    "AEIOU".contains(type.prefix(1)) ? "an \(type)" : "a \(type)"
  }
}
