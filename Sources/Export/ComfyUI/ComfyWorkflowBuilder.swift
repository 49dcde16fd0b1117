internal import PoseRig
internal import SceneFiles

/// Makes a workflow of a recipe: replaces names with a scene's values, and wires with links.
///
/// In an input, `"$steps"` is a setting's value, `"${scene}/x"` a text with values in it,
/// `"@image"` the output that this wire leads to so far, `"@plain.model"` the output that it led to
/// before the maps were applied, and `["decode", 0]` an output of a node of the same stage;
/// everything else is taken literally.
struct ComfyWorkflowBuilder {
  /// The output that a wire leads to, and the file and location that say so.
  private struct Wire {
    var value: ComfyValue
    var file: String
    var location: TextLocation
  }

  /// The values that names represent.
  private let values: [String: ComfyValue]
  /// The lists that stages are repeated over.
  private let lists: [String: [[String: ComfyValue]]]
  private let definitions: ComfyNodeDefinitions
  /// The family's file, which mistakes in shared stages are attributed to.
  private let family: String
  private var workflow = ComfyWorkflow()
  private var used: Set<String> = []
  private var wires: [String: Wire] = [:]
  /// The finished nodes of the current stage, by name, and the names of all its nodes.
  private var local: [String: Int] = [:]
  private var names: [String] = []
  /// The file that describes the stage, the stage's name, and the stage that it belongs to.
  private var file = ""
  private var stageName = ""
  private var stageOwner = ""

  /// Returns the workflow with the given stages and the names of the values that it uses, or throws
  /// the recipe's mistakes.
  static func workflow(
    _ recipe: ComfyRecipe, stages: Set<String>, values: [String: ComfyValue],
    lists: [String: [[String: ComfyValue]]], definitions: ComfyNodeDefinitions
  ) throws(Diagnostic) -> (workflow: ComfyWorkflow, used: Set<String>) {
    var builder = ComfyWorkflowBuilder(
      values: values, lists: lists, definitions: definitions, family: recipe.file)
    for stage in recipe.stages where stages.contains(stage.with) {
      try builder.add(stage)
    }
    return (builder.workflow.withoutUnneeded(definitions), builder.used)
  }

  private init(
    values: [String: ComfyValue], lists: [String: [[String: ComfyValue]]],
    definitions: ComfyNodeDefinitions, family: String
  ) {
    self.values = values
    self.lists = lists
    self.definitions = definitions
    self.family = family
  }

  private mutating func add(_ stage: ComfyRecipe.Stage) throws(Diagnostic) {
    (file, stageName, stageOwner) = (stage.file, stage.name, stage.with)
    for condition in stage.conditions {
      used.insert(condition.key)
      if values[condition.key] != ComfyValue(condition.node) { return }
    }
    for exception in stage.exceptions {
      used.insert(exception.key)
      if values[exception.key] == ComfyValue(exception.node) { return }
    }
    if let needed = stage.needs, lists[needed]?.isEmpty ?? true { return }
    if let other = stage.without, lists[other]?.isEmpty == false { return }
    let items = stage.each.map { lists[$0] ?? [] } ?? [[:]]
    for item in items {
      let scope = item.merging(values) { own, _ in own }
      try add(stage, scope)
    }
    if !stage.choices.isEmpty { used.insert("choose") }
    guard case .text(let chosen)? = values["choose"],
      let choice = stage.choices.first(where: { $0.key == chosen })
    else { return }
    try bind(choice.node.members, values)
  }

  private mutating func add(
    _ stage: ComfyRecipe.Stage, _ scope: [String: ComfyValue]
  ) throws(Diagnostic) {
    local = [:]
    names = stage.nodes.map(\.name)
    for node in stage.nodes {
      var inputs: [ComfyWorkflow.Input] = []
      for member in node.inputs {
        let origin = origin(of: member.node)
        inputs.append(
          .init(
            name: member.key, value: try value(member.node, scope), file: origin.file,
            location: origin.location,
            setting: Self.name(in: member.node).map { setting($0, scope) }))
      }
      inputs += fields(of: node, besides: inputs)
      let classType = ggufLoader(of: node.classType, &inputs)
      let title = try node.title.map { (title) throws(Diagnostic) in
        try value(title, scope).inText
      }
      workflow.nodes.append(
        .init(
          classType: classType,
          title: title ?? definitions[classType]?.title ?? classType,
          group: stage.title, inputs: inputs, saves: node.saves, file: stage.file,
          location: node.classLocation))
      local[node.name] = workflow.nodes.count - 1
    }
    try bind(stage.wires, scope)
  }

  /// Returns the optional fields that the recipe omits, with the values that the editor sends for
  /// them. Without them, a node uses its function's own defaults, which can be different.
  private func fields(
    of node: ComfyRecipe.Node, besides given: [ComfyWorkflow.Input]
  ) -> [ComfyWorkflow.Input] {
    (definitions[node.classType]?.inputs ?? []).compactMap { input in
      guard input.isWidget, !input.isRequired, !given.contains(where: { $0.name == input.name })
      else { return nil }
      return ComfyWorkflow.Input(
        name: input.name, value: input.field, file: file, location: node.classLocation,
        isFilled: true)
    }
  }

  /// Returns the loader for quantized files (ComfyUI-GGUF) if a node loads one, and removes the
  /// inputs that this loader does not have; otherwise returns the node's own class.
  private mutating func ggufLoader(
    of classType: String, _ inputs: inout [ComfyWorkflow.Input]
  ) -> String {
    let isQuantized = inputs.contains { input in
      if case .text(let text) = input.value { text.lowercased().hasSuffix(".gguf") } else { false }
    }
    guard isQuantized, let loader = Self.ggufLoaders[classType],
      let definition = definitions[loader]
    else { return classType }
    inputs.removeAll { input in
      if definition.inputs.contains(where: { $0.name == input.name }) { return false }
      if let setting = input.setting { used.remove(setting) }
      return true
    }
    return loader
  }

  private static let ggufLoaders = [
    "UNETLoader": "UnetLoaderGGUF", "CLIPLoader": "CLIPLoaderGGUF",
    "DualCLIPLoader": "DualCLIPLoaderGGUF",
  ]

  private mutating func bind(
    _ members: [JSONMember], _ scope: [String: ComfyValue]
  ) throws(Diagnostic) {
    for wire in members {
      let target = try value(wire.node, scope)
      // A node that redraws part of the picture must not squeeze the maps of the whole picture onto
      // that part.
      let plain = Self.plain + wire.key
      if stageOwner == "controls", wires[plain] == nil { wires[plain] = wires[wire.key] }
      wires[wire.key] = Wire(value: target, file: file, location: wire.node.location)
    }
  }

  /// Returns where an input's value is stated; for a stage that all families share, where the
  /// family defines the wire.
  /// where the wire leads.
  private func origin(of node: JSONNode) -> (file: String, location: TextLocation) {
    if file != family, let text = node.text, text.hasPrefix("@"), let wire = found(text) {
      return (wire.file, wire.location)
    }
    return (file, node.location)
  }

  /// The prefix of wires that lead to the outputs from before the maps were applied.
  private static let plain = "plain."

  // MARK: Names

  private mutating func value(
    _ node: JSONNode, _ scope: [String: ComfyValue]
  ) throws(Diagnostic) -> ComfyValue {
    switch node.value {
    case .array: return try link(node)
    case .string(let text) where text.hasPrefix("@"): return try wire(text, node)
    case .string(let text):
      if let name = Self.name(in: node) { return try named(name, scope, node) }
      return .text(try filled(text, scope, node))
    default:
      if let value = ComfyValue(node) { return value }
      throw fault(node, "an input is a value, a name, or a node and the number of its output")
    }
  }

  private func link(_ node: JSONNode) throws(Diagnostic) -> ComfyValue {
    guard let parts = node.items, parts.count == 2, let name = parts[0].text,
      let output = parts[1].number, output == output.rounded(), output >= 0, output < 1000
    else { throw fault(node, "a link is [\"node\", number of its output]") }
    guard let index = local[name] else {
      if names.contains(name) {
        throw fault(
          node,
          "the node \"\(name)\" comes after this one; nodes are created in order: move it up")
      }
      throw fault(
        node,
        unknown("node", name, allowed: local.keys.sorted(), context: "before this one in its stage")
      )
    }
    return .link(node: index, output: Int(output))
  }

  /// Returns the wire named `@name`; a wire that the maps did not change has its `plain.` form too.
  private func found(_ text: String) -> Wire? {
    let name = String(text.dropFirst())
    if let wire = wires[name] { return wire }
    return name.hasPrefix(Self.plain) ? wires[String(name.dropFirst(Self.plain.count))] : nil
  }

  private func wire(_ text: String, _ node: JSONNode) throws(Diagnostic) -> ComfyValue {
    if let wire = found(text) { return wire.value }
    let sentence = unknown(
      "wire", text, allowed: wires.keys.sorted().map { "@" + $0 }, context: "in \"\(stageName)\"")
    if file == family { throw fault(node, sentence) }
    // Shared stages are correct, so one of the family's own stages fails to define the wire.
    throw Diagnostic(
      .error, .recipe, file: family, at: nil,
      "\(sentence); the stages here must set it in their \"wires\"")
  }

  /// Returns the name in `"$name"`; nil for everything else.
  private static func name(in node: JSONNode) -> String? {
    guard case .string(let text) = node.value, text.hasPrefix("$"), !text.hasPrefix("${")
    else { return nil }
    return String(text.dropFirst())
  }

  /// Returns a name as `--set` has it, where a map's value begins with the map.
  private func setting(_ name: String, _ scope: [String: ComfyValue]) -> String {
    if name.hasPrefix("map."), case .text(let map)? = scope["map"] {
      return map + name.dropFirst("map".count)
    }
    return ["upscaleWidth", "upscaleHeight"].contains(name) ? "upscale" : name
  }

  private mutating func named(
    _ name: String, _ scope: [String: ComfyValue], _ node: JSONNode
  ) throws(Diagnostic) -> ComfyValue {
    used.insert(setting(name, scope))
    if let value = scope[name] { return value }
    throw fault(
      node,
      unknown("name", name, allowed: scope.keys.sorted(), context: "after \"$\""))
  }

  /// Returns a text with its `${…}` replaced by values.
  private mutating func filled(
    _ text: String, _ scope: [String: ComfyValue], _ node: JSONNode
  ) throws(Diagnostic) -> String {
    var filled = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw fault(node, "\"${\" has no \"}\"")
      }
      filled += rest[..<start.lowerBound]
      filled += try named(String(rest[start.upperBound..<end]), scope, node).inText
      rest = rest[rest.index(after: end)...]
    }
    return filled + rest
  }

  private func fault(_ node: JSONNode, _ message: String) -> Diagnostic {
    Diagnostic(.error, .recipe, file: file, at: node.location, message)
  }
}
