internal import SceneFiles

/// A workflow in the file format of ComfyUI's editor: version 0.4, where every node has a position
/// and every link a number.
struct ComfyEditorFile {
  private let workflow: ComfyWorkflow
  private let definitions: ComfyNodeDefinitions
  private let layout: ComfyEditorLayout
  /// The links between outputs and sockets; a link's number is its index here plus 1.
  private let links: [Link]

  private struct Link {
    var source: Int
    var output: Int
    var target: Int
    var socket: Int
    var type: String
  }

  /// Returns the file's bytes. Every node must be among the definitions.
  static func bytes(_ workflow: ComfyWorkflow, _ definitions: ComfyNodeDefinitions) -> [UInt8] {
    ComfyEditorFile(workflow, definitions).json.file()
  }

  private init(_ workflow: ComfyWorkflow, _ definitions: ComfyNodeDefinitions) {
    self.workflow = workflow
    self.definitions = definitions
    layout = ComfyEditorLayout(workflow, definitions)
    links = workflow.nodes.indices.flatMap { target in
      Self.sockets(of: workflow.nodes[target], definitions).enumerated().compactMap {
        socket, input in
        guard case .link(let source, let output)? = input.value else { return nil }
        return Link(
          source: source, output: output, target: target, socket: socket, type: input.type)
      }
    }
  }

  /// Returns the sockets of a node: its wired inputs, and the inputs that can only be wired.
  private static func sockets(
    of node: ComfyWorkflow.Node, _ definitions: ComfyNodeDefinitions
  ) -> [(input: ComfyNodeDefinition.Input, type: String, value: ComfyValue?)] {
    (definitions[node.classType]?.inputs ?? []).compactMap { input in
      let value = node.inputs.first { $0.name == input.name }?.value
      if case .link? = value { return (input, input.kind.type, value) }
      return input.isWidget ? nil : (input, input.kind.type, nil)
    }
  }

  private var json: JSONValue {
    .members([
      "revision": .int(0), "last_node_id": .int(workflow.nodes.count),
      "last_link_id": .int(links.count),
      "nodes": .list(workflow.nodes.indices.map(node)),
      "links": .list(links.indices.map(link)),
      "groups": .list(layout.groups.enumerated().map { group($0.offset, $0.element) }),
      "config": .object([]),
      "extra": .members([
        "ds": .members(["scale": .number(0.6), "offset": .list([.int(80), .int(120)])])
      ]),
      "version": .number(0.4),
    ])
  }

  private func link(_ index: Int) -> JSONValue {
    let link = links[index]
    return .list([
      .int(index + 1), .int(link.source + 1), .int(link.output), .int(link.target + 1),
      .int(link.socket), .string(link.type),
    ])
  }

  private func group(_ index: Int, _ group: ComfyEditorLayout.Group) -> JSONValue {
    .members([
      "id": .int(index + 1), "title": .string(group.title),
      "bounding": .list(
        [group.box.x, group.box.y, group.box.width, group.box.height].map(JSONValue.int)),
      "color": .string("#3f789e"), "font_size": .int(24), "flags": .object([]),
    ])
  }

  private func node(_ index: Int) -> JSONValue {
    let node = workflow.nodes[index]
    let box = layout.boxes[index]
    let definition = definitions[node.classType]
    return .members([
      "id": .int(index + 1), "type": .string(node.classType),
      "pos": .list([.int(box.x), .int(box.y)]),
      "size": .list([.int(box.width), .int(box.height)]),
      "flags": .object([]), "order": .int(index), "mode": .int(0),
      "inputs": .list(
        Self.sockets(of: node, definitions).enumerated().map { input(index, $0.offset, $0.element) }
      ),
      "outputs": .list(
        (definition?.outputs ?? []).enumerated().map { output(index, $0.offset, $0.element) }),
      "title": .string(node.title),
      "properties": .members(["Node name for S&R": .string(node.classType)]),
      "widgets_values": .list(widgets(node)),
    ])
  }

  private func input(
    _ node: Int, _ socket: Int,
    _ input: (input: ComfyNodeDefinition.Input, type: String, value: ComfyValue?)
  ) -> JSONValue {
    let index = links.firstIndex { $0.target == node && $0.socket == socket }
    var members: [JSONValue.Member] = [
      .init(key: "name", value: .string(input.input.name)),
      .init(key: "type", value: .string(input.type)),
      .init(key: "link", value: index.map { .int($0 + 1) } ?? .null),
    ]
    if !input.input.isRequired { members.append(.init(key: "shape", value: .int(7))) }
    if input.input.isWidget {
      members.append(
        .init(key: "widget", value: .members(["name": .string(input.input.name)])))
    }
    return .object(members)
  }

  private func output(
    _ node: Int, _ slot: Int, _ output: ComfyNodeDefinition.Output
  ) -> JSONValue {
    let going = links.indices.filter { links[$0].source == node && links[$0].output == slot }
    return .members([
      "name": .string(output.name), "type": .string(output.type), "slot_index": .int(slot),
      "links": going.isEmpty ? .null : .list(going.map { .int($0 + 1) }),
    ])
  }

  /// Returns the fields' values in the editor's order, with those of the controls that the editor
  /// adds.
  private func widgets(_ node: ComfyWorkflow.Node) -> [JSONValue] {
    (definitions[node.classType]?.inputs ?? []).filter(\.isWidget).flatMap { input in
      let given = node.inputs.first { $0.name == input.name }?.value
      let value: JSONValue =
        if let given, case .link = given { input.field.json } else { (given ?? input.field).json }
      if input.hasSeedControl { return [value, .string("fixed")] }
      if input.hasUpload { return [value, .string("image")] }
      return [value]
    }
  }
}
