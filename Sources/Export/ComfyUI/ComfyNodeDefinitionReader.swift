internal import PoseRig
internal import SceneFiles

extension ComfyNodeDefinition {
  /// Reads an entry of `/object_info`; nil if it has another form.
  init?(_ member: JSONMember) {
    let node = member.node
    guard case .object = node.value, let outputs = node["output"]?.items else { return nil }
    name = member.key
    title = node["display_name"]?.text ?? member.key
    module = node["python_module"]?.text ?? ""
    inputs =
      Self.inputs(node, group: "required", isRequired: true)
      + Self.inputs(node, group: "optional", isRequired: false)
    growing = ["required", "optional"].flatMap { group in
      (node["input"]?[group]?.members ?? []).filter { Self.isGrowing($0.node) }.map(\.key)
    }
    let names = node["output_name"]?.items ?? []
    self.outputs = outputs.enumerated().map { index, output in
      let type = Self.typeName(output)
      let name = index < names.count ? names[index].text : nil
      return Output(name: name ?? type, type: type)
    }
    isOutput = node["output_node"]?.isTrue ?? false
  }

  private static func inputs(_ node: JSONNode, group: String, isRequired: Bool) -> [Input] {
    let members = node["input"]?[group]?.members ?? []
    let order = node["input_order"]?[group]?.items?.compactMap(\.text) ?? members.map(\.key)
    return order.compactMap { name in
      guard let member = members.first(where: { $0.key == name }) else { return nil }
      return input(name, member.node, isRequired: isRequired)
    }
  }

  private static func input(_ name: String, _ node: JSONNode, isRequired: Bool) -> Input? {
    guard let parts = node.items, let type = parts.first, !isGrowing(node) else { return nil }
    let options = parts.count > 1 ? parts[1] : type
    let kind = kind(type, options)
    let isSeed = name == "seed" || name == "noise_seed"
    return Input(
      name: name, kind: kind, isRequired: isRequired,
      standard: options["default"].flatMap(ComfyValue.init),
      hasSeedControl: kind.type == "INT"
        && (isSeed || options["control_after_generate"]?.isTrue == true),
      hasUpload: options["image_upload"]?.isTrue == true)
  }

  /// Whether an input stands for a number of them that is not fixed.
  private static func isGrowing(_ node: JSONNode) -> Bool {
    node.items?.first?.text == "COMFY_AUTOGROW_V3"
  }

  private static func kind(_ type: JSONNode, _ options: JSONNode) -> Kind {
    if let choices = type.items { return .choice(choices.compactMap(choiceName)) }
    switch type.text {
    // An input that must be wired is a socket whatever its type.
    case let type? where options["forceInput"]?.isTrue == true: return .link(type)
    case "COMBO": return .choice(options["options"]?.items?.compactMap(choiceName) ?? [])
    case "STRING": return .text(isMultiline: options["multiline"]?.isTrue == true)
    case "BOOLEAN": return .boolean
    case "INT", "FLOAT":
      let low = options["min"]?.number ?? -.greatestFiniteMagnitude
      let high = options["max"]?.number ?? .greatestFiniteMagnitude
      return .number(isWhole: type.text == "INT", bounds: low...max(low, high))
    case let other: return .link(other ?? "*")
    }
  }

  private static func choiceName(_ node: JSONNode) -> String? {
    node.text ?? node.number.map { JSONValue.number($0).line }
  }

  /// Returns a type's name; an output that is a list of choices is a combo.
  private static func typeName(_ node: JSONNode) -> String { node.text ?? "COMBO" }
}
