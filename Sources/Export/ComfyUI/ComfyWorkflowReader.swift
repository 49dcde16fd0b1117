package import SceneFiles

extension ComfyWorkflow {
  /// Reads a workflow back from the API format, as far as that has it: headings, origins of values
  /// and names of pictures are not in it.
  ///
  /// Returns nil for anything that posemap has not written: nodes are numbered from 1, and links
  /// lead to earlier ones.
  package init?(api root: JSONNode) {
    self.init()
    for (index, member) in root.members.enumerated() {
      guard member.key == Self.identifier(of: index),
        let classType = member.node["class_type"]?.text,
        let inputs = Self.inputs(member.node["inputs"], of: index)
      else { return nil }
      let title = member.node["_meta"]?["title"]?.text ?? classType
      nodes.append(
        Node(
          classType: classType, title: title, group: "", inputs: inputs, saves: nil, file: "",
          location: member.node.location))
    }
    if nodes.isEmpty { return nil }
  }

  private static func inputs(_ node: JSONNode?, of index: Int) -> [Input]? {
    var inputs: [Input] = []
    for member in node?.members ?? [] {
      guard let value = ComfyValue(member.node) ?? link(member.node, before: index) else {
        return nil
      }
      inputs.append(
        Input(name: member.key, value: value, file: "", location: member.node.location))
    }
    return inputs
  }

  private static func link(_ node: JSONNode, before index: Int) -> ComfyValue? {
    guard let parts = node.items, parts.count == 2, let name = parts[0].text,
      let number = Int(name), let output = parts[1].number
    else { return nil }
    if number < 1 || number > index || output < 0 || output > 100 { return nil }
    return .link(node: number - 1, output: Int(output))
  }

  /// The texts that name files of models, with the nodes and inputs that take them.
  package var models: [(node: Int, input: String, name: String)] {
    let endings = [".safetensors", ".sft", ".gguf", ".ckpt", ".pth", ".pt", ".bin"]
    return texts { _, text in endings.contains { text.lowercased().hasSuffix($0) } }
  }

  /// The names of the pictures that the workflow loads, each once.
  package var loadedPictures: [String] {
    ComfyRecipe.distinct(texts { node, _ in node.classType == "LoadImage" }.map(\.name))
  }

  private func texts(
    where isWanted: (Node, String) -> Bool
  ) -> [(node: Int, input: String, name: String)] {
    nodes.enumerated().flatMap { index, node in
      node.inputs.compactMap { input in
        guard case .text(let text) = input.value, isWanted(node, text) else { return nil }
        return (index, input.name, text)
      }
    }
  }

  /// The numbers that noise is made from, with the nodes that take them.
  package var seeds: [(node: Int, seed: Int)] {
    nodes.enumerated().flatMap { index, node in
      node.inputs.compactMap { input in
        guard ["seed", "noise_seed"].contains(input.name), case .number(let number) = input.value,
          let seed = Int(exactly: number)
        else { return nil }
        return (index, seed)
      }
    }
  }
}
