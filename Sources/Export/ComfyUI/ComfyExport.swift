package import MapRender
package import PoseRig
internal import SceneFiles

/// Makes ComfyUI workflows of a scene: one per character, identical except for the character's own
/// parts.
package struct ComfyExport {
  package var recipe: ComfyRecipe
  /// The maps to apply; nil means those of the recipe.
  package var maps: [MapName]?
  /// The stages to add after the first picture, from ``ComfyRecipe/stageNames``.
  package var stages: [String]
  /// The LoRAs of the style pass, with their strengths.
  package var styles: [(name: String, strength: Double)]
  /// The LoRAs of the model, in all passes, with their strengths.
  package var firstStyles: [(name: String, strength: Double)] = []
  /// The number of workflows for each character, with consecutive seeds.
  package var seeds = 1
  /// The characters to make workflows for; nil means all.
  package var only: [String]?
  /// The scene's name in ComfyUI's folders.
  package var sceneName: String
  package var definitions: ComfyNodeDefinitions
  /// The reference pictures by the characters' ids, for families that accept one. The files are
  /// named by format, such as `reference.jpg`.
  package var references: [String: OutputFile] = [:]

  /// The picture to draw the characters into, for families that accept one; named by format, such
  /// as `into.png`.
  package var into: OutputFile?

  package init(
    recipe: ComfyRecipe, maps: [MapName]?, stages: [String],
    styles: [(name: String, strength: Double)], only: [String]?, sceneName: String,
    definitions: ComfyNodeDefinitions = .known
  ) {
    self.recipe = recipe
    self.maps = maps
    self.stages = stages
    self.styles = styles
    self.only = only
    self.sceneName = sceneName
    self.definitions = definitions
  }

  /// The folder in ComfyUI's `output` where the workflows save pictures.
  private var folder: String {
    if case .text(let folder)? = recipe.settings["folder"] { return folder }
    return "posemap/\(sceneName)"
  }

  /// Returns the prefix of the names of a character's pictures in ComfyUI's `input`.
  private func input(_ id: String) -> String {
    (folder + "/" + id).split(separator: "/").joined(separator: "-")
  }

  /// Returns the characters' workflows and maps, in the order of the scene. `described` has the
  /// scene's prompts.
  package func characters(
    of scene: PosedScene, described: Scene
  ) throws -> [ComfyCharacter] {
    let controls = maps ?? recipe.use
    let all = controls + GeneratorMaps.masks.filter { !controls.contains($0) }
    return try GeneratorMaps.draw(scene, maps: all, only: only).flatMap { own in
      try takes(own, zip(all, own.files).map { ($0, $1) }, described)
    }
  }

  /// Returns one workflow for all characters: the maps show all of them, and each character's
  /// prompt applies where that character is visible.
  package func together(of scene: PosedScene, described: Scene) throws -> [ComfyCharacter] {
    let controls = maps ?? recipe.use
    let all = controls + GeneratorMaps.masks.filter { !controls.contains($0) }
    let own = try GeneratorMaps.drawTogether(scene, maps: all, only: only)
    return try takes(own, zip(all, own.files).map { ($0, $1) }, described)
  }

  /// Returns a workflow for each seed. If there are several, each has a folder of its own inside
  /// the character's.
  private func takes(
    _ own: GeneratorMaps, _ maps: [(map: MapName, file: OutputFile)], _ scene: Scene
  ) throws -> [ComfyCharacter] {
    try (0..<seeds).map { number in
      var scene = scene
      scene.seed += number
      let id = seeds == 1 ? own.id : "\(own.id)/seed-\(scene.seed)"
      return try character(own, maps, scene, id)
    }
  }

  private func character(
    _ own: GeneratorMaps, _ maps: [(map: MapName, file: OutputFile)], _ scene: Scene,
    _ id: String
  ) throws -> ComfyCharacter {
    let wanted = maps.map(\.map).filter(recipe.takes.contains)
    let controls = wanted.filter { !own.blank.contains($0) }
    let (workflow, used) = try workflow(of: own, controls, scene, id)
    func path(_ picture: String) -> String {
      "\(ComfyCharacter.inputFolder)/\(input(own.id))-\(picture)"
    }
    var pictures = maps.map {
      OutputFile(path: path("\($0.map.rawValue).png"), bytes: $0.file.bytes)
    }
    pictures += try detailMasks(of: own, scene.canvas).map {
      OutputFile(path: path($0.name), bytes: $0.bytes)
    }
    pictures += own.people.compactMap { id in
      references[id].map {
        let name = referenceName(of: id, $0, in: own.id)
        return OutputFile(path: "\(ComfyCharacter.inputFolder)/\(name)", bytes: $0.bytes)
      }
    }
    if let into { pictures.append(OutputFile(path: path(into.name), bytes: into.bytes)) }
    pictures += own.regions.map {
      OutputFile(path: path("region-\($0.id).png"), bytes: $0.bytes)
    }
    pictures.removeAll { !workflow.loads($0.name) }
    let written = Set(pictures.map(\.path))
    let possible = Self.possiblePictures(of: own, scene).map(path)
    return ComfyCharacter(
      id: id, workflow: workflow, pictures: pictures,
      masks: maps.filter { GeneratorMaps.masks.contains($0.map) }.map(\.file),
      notes: notes(own, workflow, used, scene),
      warning: own.warning(onBlank: wanted, "its workflow does without"), used: used,
      folder: "\(folder)/\(id)",
      strayPictures: possible.filter { !written.contains($0) },
      pictureNames: ComfyRecipe.distinct(recipe.stages.flatMap { $0.nodes.compactMap(\.saves) }),
      editorFile: ComfyEditorFile.bytes(workflow, definitions))
  }

  /// Returns the name in ComfyUI's `input` of a character's reference picture, for the workflow of
  /// that character or of several.
  private func referenceName(of id: String, _ file: OutputFile, in workflow: String) -> String {
    id == workflow ? "\(input(id))-\(file.name)" : "\(input(workflow))-\(id)-\(file.name)"
  }

  private func workflow(
    of own: GeneratorMaps, _ controls: [MapName], _ scene: Scene, _ takeID: String
  ) throws -> (ComfyWorkflow, used: Set<String>) {
    let maps = controls.compactMap { map in
      recipe.maps.first { $0.map == map }.map { found in
        var item: [String: ComfyValue] = ["map": .text(map.rawValue)]
        for (key, value) in found.values { item["map.\(key)"] = value }
        item["map.strength"] = recipe.strength(of: map, among: controls.count)
        return item
      }
    }
    func items(_ styles: [(name: String, strength: Double)]) -> [[String: ComfyValue]] {
      styles.map { ["lora.name": .text($0.name), "lora.strength": .number($0.strength)] }
    }
    let people: [[String: ComfyValue]] = own.regions.compactMap { region in
      let prompt = scene.ownPrompt(of: region.id).text
      if prompt.isEmpty { return nil }
      return ["person": .text(region.id), "person.prompt": .text(prompt)]
    }
    var values = try values(of: own, scene)
    values["character"] = .text(takeID)
    let likenesses = own.people.compactMap { id -> [String: ComfyValue]? in
      references[id].map {
        ["person": .text(id), "reference": .text(referenceName(of: id, $0, in: own.id))]
      }
    }
    let hasBoth = values["shared"] != .text("") && values["own"] != .text("")
    let (workflow, used) = try ComfyWorkflowBuilder.workflow(
      recipe, stages: Set(ComfyRecipe.essential + stages), values: values,
      lists: [
        "map": maps, "lora": items(styles), "firstLora": items(firstStyles),
        "own": hasBoth ? [[:]] : [], "reference": likenesses, "person": people,
        "into": into == nil ? [] : [[:]],
      ].merging(detailLists(of: own, scene)) { $1 },
      definitions: definitions)
    try check(workflow)
    return (workflow, used)
  }

  private func values(of maps: GeneratorMaps, _ scene: Scene) throws -> [String: ComfyValue] {
    let id = maps.id
    let own = scene.ownPrompt(of: id)
    var both = scene.prompt(of: id)
    for region in maps.regions {
      both = both.joined(with: Prompt(negative: scene.ownPrompt(of: region.id).negative))
    }
    var values: [String: ComfyValue] = [
      "scene": .text(sceneName), "folder": .text(folder),
      "input": .text(input(id)),
      "shared": .text(scene.prompt.text),
      "first": .text(scene.prompt.text.isEmpty ? own.text : scene.prompt.text),
      "own": .text(own.text), "prompt": .text(both.text),
      "negative": .text(both.negative),
      "width": .number(Double(scene.canvas.width)), "height": .number(Double(scene.canvas.height)),
    ]
    // A pass over the result of another pass needs different noise, or the noise would add up.
    for (pass, name) in ["seed", "seed2", "seed3", "seed4", "seed5", "seed6"].enumerated() {
      values[name] = .number(Double(scene.seed + pass))
    }
    if let reference = references[id] {
      values["reference"] = .text(referenceName(of: id, reference, in: id))
    }
    if let into { values["into"] = .text("\(input(id))-\(into.name)") }
    if let size = try upscaled(scene.canvas) {
      values["upscaleWidth"] = .number(Double(size.width))
      values["upscaleHeight"] = .number(Double(size.height))
    }
    return recipe.settings.merging(values) { $1 }
  }

  /// Returns the size of the enlarged picture; nil if the recipe does not enlarge.
  func upscaled(_ canvas: Canvas) throws -> Canvas? {
    guard case .number(let factor)? = recipe.settings["upscale"] else { return nil }
    guard UpscaledSize.factors.contains(factor) else {
      let range = UpscaledSize.factors
      throw recipe.fault(
        of: "upscale",
        "\"upscale\" is a multiple of the canvas, \(Int(range.lowerBound)) to \(Int(range.upperBound)), not "
          + JSONValue.number(factor).line)
    }
    return UpscaledSize.nearest(to: factor, of: canvas)
  }
}
