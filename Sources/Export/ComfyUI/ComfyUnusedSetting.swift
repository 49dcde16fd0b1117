internal import MapRender
internal import SceneFiles

extension ComfyExport {
  /// Returns, as the end of a sentence, why a setting has no effect in these workflows.
  ///
  /// - Parameter name: a setting as `--set` names it, which no node uses.
  package func reasonUnused(_ name: String) -> String {
    let applied = maps ?? recipe.use
    let map = recipe.takes.first { name.hasPrefix("\($0.rawValue).") }
    if let map, !applied.contains(map) {
      return "the map \(map.rawValue) is not applied; --maps says which are"
    }
    let takers = recipe.stages.filter { $0.takes(name) }
    let made = takers.filter { (ComfyRecipe.essential + stages).contains($0.with) }
    guard let first = made.first else {
      let names = ComfyRecipe.distinct(takers.map { "\"\($0.with)\"" }).joined(separator: " or ")
      return names.isEmpty
        ? Self.noTaker : "it belongs to the stage \(names), which --stages leaves out"
    }
    guard let right = made.first(where: hasItsConditions) else {
      let conditions = first.conditions.map { "\($0.key)=\($0.node.text ?? "")" }
      return "it takes effect only with --set \(conditions.joined(separator: " --set "))"
    }
    switch right.needs ?? right.each {
    case "lora": return "it belongs to the stage \"\(right.with)\", which needs a LoRA: --lora"
    case "reference": return "it takes effect only for a character with a picture: \"reference\""
    case "into": return "it takes effect only with --into"
    case "person", "faceOfPerson", "handsOfPerson":
      return "it takes effect only with --one-pass"
    case "hands":
      return "it belongs to the stage \"\(right.with)\", and no hand can be seen"
    case "firstLora": return "it needs a LoRA for the first pass: --base-lora"
    case "face":
      return "it belongs to the stage \"\(right.with)\", and no face can be seen"
    default: return Self.noTaker
    }
  }

  private static let noTaker = "no node of these workflows takes it"

  private func hasItsConditions(_ stage: ComfyRecipe.Stage) -> Bool {
    stage.conditions.allSatisfy { recipe.settings[$0.key] == ComfyValue($0.node) }
  }
}

extension ComfyRecipe.Stage {
  /// Returns whether a node of the stage uses a setting, or the stage depends on it.
  fileprivate func takes(_ setting: String) -> Bool {
    if (conditions + exceptions).contains(where: { $0.key == setting }) { return true }
    if setting == "choose" { return !choices.isEmpty }
    // Both sides are calculated from this setting.
    let names = setting == "upscale" ? ["upscaleWidth", "upscaleHeight"] : [setting]
    let texts = nodes.flatMap { $0.inputs.map(\.node) + [$0.title].compactMap(\.self) }
      .compactMap(\.text)
    return names.contains { name in
      texts.contains { $0 == "$\(name)" || $0.contains("${\(name)}") }
    }
  }
}
