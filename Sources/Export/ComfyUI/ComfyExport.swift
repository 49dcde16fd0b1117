internal import MapRender
package import PoseRig

/// A character's workflow and the files that it loads.
package struct ComfyCharacter {
  package var id: String
  package var workflow: ComfyWorkflow
  /// The pictures that the workflow loads, in the folder `input`, by names of their own: ComfyUI's editor knows the pictures in its
  /// input folder, and none in folders of it.
  package var pictures: [OutputFile]
  /// The masks that merging needs, in the character's folder.
  fileprivate var masks: [OutputFile]
  /// Whether the scene's stages were kept from it because its face is not to be seen.
  package var lacksFace: Bool
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
      let workflow = try workflow(of: own, controls, described)
      let input = input(own.id)
      var pictures = zip(all, own.files).map {
        (name: "\(input)-\($0.rawValue).png", bytes: $1.bytes)
      }
      if let face = own.face {
        pictures.append(("\(input)-face.png", try faceMask(face, scene.camera.canvas)))
      }
      let masks = zip(all, own.files).filter { GeneratorMaps.masks.contains($0.0) }
      return ComfyCharacter(
        id: own.id, workflow: workflow,
        pictures: pictures.filter { workflow.loads($0.name) }
          .map { OutputFile(path: "input/\($0.name)", bytes: $0.bytes) },
        masks: masks.map(\.1),
        lacksFace: stages.contains("face") && !workflow.nodes.contains { $0.saves == "face" },
        editorFile: ComfyEditorFile.bytes(workflow, definitions))
    }
  }

  private func workflow(
    of own: GeneratorMaps, _ controls: [MapName], _ scene: Scene
  ) throws -> ComfyWorkflow {
    let maps = controls.compactMap { map in
      recipe.maps.first { $0.map == map }.map { found in
        var item: [String: ComfyValue] = ["map": .text(map.rawValue)]
        for (key, value) in found.values { item["map.\(key)"] = value }
        return item
      }
    }
    let styles = styles.map {
      ["lora.name": ComfyValue.text($0.name), "lora.strength": .number($0.strength)]
    }
    let faces: [[String: ComfyValue]] = own.face == nil ? [] : [[:]]
    let workflow = try ComfyWorkflowBuilder.workflow(
      recipe, stages: Set(ComfyRecipe.essential + stages), values: values(of: own.id, scene),
      lists: ["map": maps, "lora": styles, "face": faces], definitions: definitions)
    try check(workflow)
    return workflow
  }

  private func values(of id: String, _ scene: Scene) -> [String: ComfyValue] {
    let own = scene.characters.first { $0.id == id }?.prompt ?? Prompt()
    let both = scene.prompt.joined(with: own)
    var values: [String: ComfyValue] = [
      "scene": .text(sceneName), "character": .text(id), "folder": .text(folder),
      "input": .text(input(id)),
      "shared": .text(scene.prompt.text), "own": .text(own.text), "prompt": .text(both.text),
      "negative": .text(both.negative), "seed": .number(Double(scene.seed)),
      "width": .number(Double(scene.canvas.width)), "height": .number(Double(scene.canvas.height)),
    ]
    if case .number(let factor)? = recipe.settings["upscale"] {
      values["upscaleWidth"] = Self.side(scene.canvas.width, times: factor)
      values["upscaleHeight"] = Self.side(scene.canvas.height, times: factor)
    }
    return recipe.settings.merging(values) { $1 }
  }

  /// A side of the enlarged picture: latents have a value for 8 × 8 pixels.
  private static func side(_ side: Int, times factor: Double) -> ComfyValue {
    .number((Double(side) * factor / 8).rounded() * 8)
  }

  /// White where the face is.
  private func faceMask(_ face: PixelBounds, _ canvas: Canvas) throws(ExportError) -> [UInt8] {
    let mask = Inset<UInt8>(
      width: canvas.width, height: canvas.height, background: 0, bounds: face,
      pixels: Array(repeating: 255, count: face.count))
    return try PNGFile.encode(mask)
  }

  /// A workflow that ComfyUI would refuse is a mistake in the recipe, and said to be one.
  private func check(_ workflow: ComfyWorkflow) throws(Diagnostic) {
    for fault in ComfyWorkflowCheck.faults(of: workflow, by: definitions) {
      switch fault {
      case .wrong(let sentence):
        throw Diagnostic(.error, file: recipe.file, at: nil, sentence)
      case .missingNode(let classType, _):
        throw Diagnostic(
          .error, file: recipe.file, at: nil,
          "nothing is known of the node \"\(classType)\"; is it spelt so? A node of other makers is known from "
            + "--object-info FILE, the answer of a server's GET /object_info")
      case .missingFile: continue
      }
    }
  }
}
