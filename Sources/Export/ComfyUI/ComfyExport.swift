internal import MapRender
package import PoseRig

/// A character's workflow and the files that it loads.
package struct ComfyCharacter {
  package var id: String
  package var workflow: ComfyWorkflow
  /// The folder of the pictures that workflows load.
  package static let inputFolder = "input"
  /// The folder, in the character's, of what a server made.
  package static let generatedFolder = "generated"
  /// The pictures that the workflow loads, in that folder, by names of their own: ComfyUI's editor knows the pictures in its
  /// input folder, and none in folders of it.
  package var pictures: [OutputFile]
  /// The masks that merging needs, in the character's folder.
  fileprivate var masks: [OutputFile]
  /// What of the wishes is not in the workflow, and why, in sentences.
  package var notes: [String]
  /// The names of the settings and of the scene's words that are in the workflow.
  package var used: Set<String>
  /// The folder in the server's `output` that its pictures are saved in.
  package var folder: String
  /// The pictures that an earlier workflow of this character may have loaded and this one does not, as ``pictures`` has them.
  package var strayPictures: [String]
  /// What pictures of this family's workflows can be called.
  package var pictureNames: [String]
  fileprivate var editorFile: [UInt8]

  /// All that is written for it.
  package var files: [OutputFile] {
    pictures + masks + [
      OutputFile(path: "\(id)/workflow_api.json", bytes: workflow.apiFile),
      OutputFile(path: "\(id)/workflow.json", bytes: editorFile),
    ]
  }
}

/// Makes ComfyUI workflows of a scene: one for each character, alike but for what is its own.
package struct ComfyExport {
  package var recipe: ComfyRecipe
  /// The maps that are applied; those of the recipe for nil.
  package var maps: [MapName]?
  /// The stages after the first picture, out of ``ComfyRecipe/stageNames``.
  package var stages: [String]
  /// LoRAs of the style pass, with their strengths.
  package var styles: [(name: String, strength: Double)]
  /// The characters to make workflows for; all for nil.
  package var only: [String]?
  /// What the scene is called in ComfyUI's folders.
  package var sceneName: String
  package var definitions: ComfyNodeDefinitions

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

  /// The folder in ComfyUI's `output` that the workflows save to.
  private var folder: String {
    if case .text(let folder)? = recipe.settings["folder"] { return folder }
    return "posemap/\(sceneName)"
  }

  /// How the names of a character's pictures in ComfyUI's `input` begin.
  private func input(_ id: String) -> String {
    (folder + "/" + id).split(separator: "/").joined(separator: "-")
  }

  /// The characters' workflows and maps, in the order of the scene. `described` has what the scene says in words.
  package func characters(
    of scene: PosedScene, described: Scene
  ) throws -> [ComfyCharacter] {
    let controls = maps ?? recipe.use
    let all = controls + GeneratorMaps.masks.filter { !controls.contains($0) }
    return try GeneratorMaps.draw(scene, maps: all, only: only).map { own in
      let (workflow, used) = try workflow(of: own, controls, described)
      let input = input(own.id)
      var pictures = zip(all, own.files).map {
        (name: "\(input)-\($0.rawValue).png", bytes: $1.bytes)
      }
      if let face = own.face {
        pictures.append(("\(input)-face.png", try faceMask(face, scene.camera.canvas)))
      }
      let loaded = pictures.filter { workflow.loads($0.name) }
        .map { OutputFile(path: "\(ComfyCharacter.inputFolder)/\($0.name)", bytes: $0.bytes) }
      let possible = (MapName.allCases.map(\.rawValue) + ["face"]).map {
        "\(ComfyCharacter.inputFolder)/\(input)-\($0).png"
      }
      let masks = zip(all, own.files).filter { GeneratorMaps.masks.contains($0.0) }
      return ComfyCharacter(
        id: own.id, workflow: workflow,
        pictures: loaded,
        masks: masks.map(\.1), notes: notes(own, workflow, used, described), used: used,
        folder: "\(folder)/\(own.id)",
        strayPictures: possible.filter { path in !loaded.contains { $0.path == path } },
        pictureNames: ComfyRecipe.distinct(recipe.stages.flatMap { $0.nodes.compactMap(\.saves) }),
        editorFile: ComfyEditorFile.bytes(workflow, definitions))
    }
  }

  private func workflow(
    of own: GeneratorMaps, _ controls: [MapName], _ scene: Scene
  ) throws -> (ComfyWorkflow, used: Set<String>) {
    let maps = controls.compactMap { map in
      recipe.maps.first { $0.map == map }.map { found in
        var item: [String: ComfyValue] = ["map": .text(map.rawValue)]
        for (key, value) in found.values { item["map.\(key)"] = value }
        item["map.strength"] = recipe.strength(of: map, among: controls.count)
        return item
      }
    }
    let styles = styles.map {
      ["lora.name": ComfyValue.text($0.name), "lora.strength": .number($0.strength)]
    }
    let faces: [[String: ComfyValue]] = own.face == nil ? [] : [[:]]
    let values = try values(of: own.id, scene)
    let hasBoth = values["shared"] != .text("") && values["own"] != .text("")
    let (workflow, used) = try ComfyWorkflowBuilder.workflow(
      recipe, stages: Set(ComfyRecipe.essential + stages), values: values,
      lists: ["map": maps, "lora": styles, "face": faces, "own": hasBoth ? [[:]] : []],
      definitions: definitions)
    try check(workflow)
    return (workflow, used)
  }

  private func values(of id: String, _ scene: Scene) throws -> [String: ComfyValue] {
    let own = scene.characters.first { $0.id == id }?.prompt ?? Prompt()
    let both = scene.prompt.joined(with: own)
    var values: [String: ComfyValue] = [
      "scene": .text(sceneName), "character": .text(id), "folder": .text(folder),
      "input": .text(input(id)),
      "shared": .text(scene.prompt.text),
      "first": .text(scene.prompt.text.isEmpty ? own.text : scene.prompt.text),
      "own": .text(own.text), "prompt": .text(both.text),
      "negative": .text(both.negative),
      "width": .number(Double(scene.canvas.width)), "height": .number(Double(scene.canvas.height)),
    ]
    // A pass over what another pass made takes other noise: the same again would add up.
    for (pass, name) in ["seed", "seed2", "seed3", "seed4", "seed5"].enumerated() {
      values[name] = .number(Double(scene.seed + pass))
    }
    if let size = try upscaled(scene.canvas) {
      values["upscaleWidth"] = .number(Double(size.width))
      values["upscaleHeight"] = .number(Double(size.height))
    }
    return recipe.settings.merging(values) { $1 }
  }

  /// The size of the enlarged picture; nil if the recipe does not enlarge.
  private func upscaled(_ canvas: Canvas) throws -> Canvas? {
    guard case .number(let factor)? = recipe.settings["upscale"] else { return nil }
    guard UpscaledSize.factors.contains(factor) else {
      let range = UpscaledSize.factors
      throw recipe.fault(
        of: "upscale",
        "\"upscale\" is how many times the canvas: \(Int(range.lowerBound)) to \(Int(range.upperBound)), not "
          + JSONValue.number(factor).line)
    }
    return UpscaledSize.nearest(to: factor, of: canvas)
  }

  /// White where the face is.
  private func faceMask(_ face: PixelBounds, _ canvas: Canvas) throws(ExportError) -> [UInt8] {
    let mask = Inset<UInt8>(
      width: canvas.width, height: canvas.height, background: 0, bounds: face,
      pixels: Array(repeating: 255, count: face.count))
    return try PNGFile.encode(mask)
  }

  /// What a person would otherwise look for in vain.
  private func notes(
    _ own: GeneratorMaps, _ workflow: ComfyWorkflow, _ used: Set<String>, _ scene: Scene
  ) -> [String] {
    var notes: [String] = []
    if stages.contains("face"), !workflow.nodes.contains(where: { $0.saves == "face" }) {
      notes.append(
        "the face of \"\(own.id)\" is not to be seen; its workflow has no stage \"face\"")
    }
    let words = scene.characters.first { $0.id == own.id }?.prompt ?? Prompt()
    if !used.contains("negative"), !scene.prompt.joined(with: words).negative.isEmpty {
      notes.append("these models take no negative prompt; \"negative\" is not in the workflows")
    }
    if used.contains("upscale"), case .number(let factor)? = recipe.settings["upscale"],
      let size = try? upscaled(scene.canvas)
    {
      let made = Double(size.width) / Double(scene.canvas.width)
      if abs(made - factor) * Double(scene.canvas.width) > 4 {
        notes.append(
          "enlarged pictures are \(size), \(JSONValue.number((made * 1000).rounded() / 1000).line) times the canvas: the "
            + "nearest size of its shape whose sides are multiples of 8")
      }
    }
    return notes
  }

  /// A workflow that ComfyUI would refuse is a mistake in the recipe, or in what was set, and said to be one.
  private func check(_ workflow: ComfyWorkflow) throws(ComfyRecipeFaults) {
    var faults = ComfyRecipeFaults()
    for fault in ComfyWorkflowCheck.faults(of: workflow, by: definitions) {
      switch fault {
      case .wrong(let sentence, let index, let name):
        let node = workflow.nodes[index]
        let input = node.inputs.first { $0.name == name }
        if let setting = input?.setting {
          faults.merge(recipe.fault(of: setting, sentence))
        } else {
          let diagnostic = Diagnostic(
            .error, file: input?.file ?? node.file, at: input?.location ?? node.location, sentence)
          faults.merge(ComfyRecipeFaults(diagnostics: [diagnostic]))
        }
      case .missingNode(let classType, _):
        let node = workflow.nodes.first { $0.classType == classType }
        faults.diagnostics.append(
          Diagnostic(
            .error, file: node?.file ?? recipe.file, at: node?.location,
            "nothing is known of the node \"\(classType)\"; is it spelt so? A node of other makers is known from "
              + "--object-info FILE, the answer of a server's GET /object_info"))
      case .missingFile: continue
      }
    }
    if !faults.isEmpty { throw faults }
  }
}
