internal import PoseRig
internal import SceneFiles

/// A value or link in an input of a node.
enum ComfyValue: Equatable, Sendable {
  case number(Double)
  case text(String)
  case boolean(Bool)
  /// An output of another node, given by the node's index in the workflow.
  case link(node: Int, output: Int)

  /// Reads a plain value; nil for lists and objects.
  init?(_ node: JSONNode) { self.init(JSONValue(node)) }

  /// Converts a value from JSON; nil for lists and objects.
  init?(_ value: JSONValue) {
    switch value {
    case .number(let value): self = .number(value)
    case .string(let text): self = .text(text)
    case .boolean(let value): self = .boolean(value)
    default: return nil
    }
  }

  /// The value in the API format, which numbers nodes from 1.
  var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .text(let text): .string(text)
    case .boolean(let value): .boolean(value)
    case .link(let node, let output): .list([.string(String(node + 1)), .int(output)])
    }
  }

  /// The value as part of a longer text.
  var inText: String { json.bare }
}

/// A graph of ComfyUI nodes.
package struct ComfyWorkflow: Equatable, Sendable {
  package struct Node: Equatable, Sendable {
    package var classType: String
    /// The title above the node in the editor.
    package var title: String
    /// The heading of the group that the node belongs to in the editor.
    var group: String
    var inputs: [Input]
    /// The name of the pictures that the node saves, if it saves any.
    package var saves: String?
    /// The file that describes the node, and the location in it, for messages.
    var file: String
    var location: TextLocation
  }

  struct Input: Equatable, Sendable {
    var name: String
    var value: ComfyValue
    /// The file that states the value, for messages.
    var file: String
    var location: TextLocation
    /// The setting that the value comes from, as `--set` names it; nil unless it comes from exactly
    /// one.
    var setting: String?
    /// Whether the recipe omits the input, so that it has the value that the editor sends.
    var isFilled = false
  }

  /// The nodes; links lead to earlier ones only.
  package var nodes: [Node] = []

  /// Returns the workflow without the nodes that no picture depends on: a prompt without pictures,
  /// for example, if every pass has the one with pictures.
  func withoutUnneeded(_ definitions: ComfyNodeDefinitions) -> ComfyWorkflow {
    var needed = nodes.map { definitions[$0.classType]?.isOutput ?? true }
    for index in nodes.indices.reversed() where needed[index] {
      for input in nodes[index].inputs {
        if case .link(let source, _) = input.value { needed[source] = true }
      }
    }
    var numbers: [Int] = []
    for isNeeded in needed { numbers.append((numbers.last ?? -1) + (isNeeded ? 1 : 0)) }
    var workflow = ComfyWorkflow()
    for index in nodes.indices where needed[index] {
      var node = nodes[index]
      for input in node.inputs.indices {
        if case .link(let source, let output) = node.inputs[input].value {
          node.inputs[input].value = .link(node: numbers[source], output: output)
        }
      }
      workflow.nodes.append(node)
    }
    return workflow
  }

  /// Returns whether a node loads this picture, by its name in ComfyUI's input folder.
  func loads(_ picture: String) -> Bool {
    nodes.contains { node in
      node.classType == "LoadImage" && node.inputs.contains { $0.value == .text(picture) }
    }
  }

  /// Returns the workflow with other names for the pictures that it loads.
  package func loading(_ names: [String: String]) -> ComfyWorkflow {
    var workflow = self
    for node in nodes.indices where nodes[node].classType == "LoadImage" {
      for input in nodes[node].inputs.indices {
        guard case .text(let name) = nodes[node].inputs[input].value, let other = names[name]
        else { continue }
        workflow.nodes[node].inputs[input].value = .text(other)
      }
    }
    return workflow
  }

  /// Returns the setting that gave an input this text; nil for a text from the recipe.
  package func setting(of input: String, _ classType: String, _ text: String) -> String? {
    nodes.lazy.filter { $0.classType == classType }.flatMap(\.inputs).first {
      $0.name == input && $0.value == .text(text)
    }?.setting
  }

  /// Returns the number of steps that a node samples, if the values of its inputs tell; nil for
  /// nodes that do not sample.
  package func steps(ofNode index: Int) -> Int? {
    func value(_ name: String) -> ComfyValue? {
      nodes[index].inputs.first { $0.name == name }?.value
    }
    if value("seed") == nil, value("noise") == nil { return nil }
    // A sampler that takes sigmas gets its steps from the scheduler that makes them.
    var source = index
    while case .link(let before, _)? = nodes[source].inputs.first(where: { $0.name == "sigmas" })?
      .value
    {
      source = before
    }
    guard
      case .number(let steps)? = nodes[source].inputs.first(where: { $0.name == "steps" })?.value
    else { return nil }
    return Int(exactly: steps)
  }

  /// Returns a node's name in the API format.
  package static func identifier(of index: Int) -> String { String(index + 1) }

  /// The workflow in the API format, as `POST /prompt` takes it: `{"1": {"class_type": …, "inputs":
  /// {…}}, …}`.
  package var apiFile: [UInt8] { api.file() }

  /// The workflow on one line, for a request.
  package var apiText: String { api.line }

  private var api: JSONValue {
    .object(
      nodes.enumerated().map { index, node in
        let inputs = node.inputs.map { JSONValue.Member(key: $0.name, value: $0.value.json) }
        return JSONValue.Member(
          key: Self.identifier(of: index),
          value: .members([
            "class_type": .string(node.classType), "inputs": .object(inputs),
            "_meta": .members(["title": .string(node.title)]),
          ]))
      })
  }
}
