internal import PoseRig
internal import SceneFiles

extension ComfyExport {
  /// Returns notes on outcomes that might surprise a person.
  func notes(
    _ own: GeneratorMaps, _ workflow: ComfyWorkflow, _ used: Set<String>, _ scene: Scene
  ) -> [String] {
    var notes = detailNotes(own)
    if !used.contains("negative"), !scene.prompt(of: own.id).negative.isEmpty {
      notes.append("these models take no negative prompt; \"negative\" is not in the workflows")
    }
    let reference = scene.characters.first { $0.id == own.id }?.reference
    if reference != nil, !recipe.takesReference {
      notes.append(
        "these models take no picture of a character; \"reference\" is not in the workflows")
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

  /// Reports a workflow that ComfyUI would reject as a mistake in the recipe or in a setting.
  func check(_ workflow: ComfyWorkflow) throws(ComfyRecipeFaults) {
    var faults = ComfyRecipeFaults()
    for fault in ComfyWorkflowCheck.faults(of: workflow, by: definitions) {
      switch fault {
      case .wrong(let sentence, let index, let name):
        let node = workflow.nodes[index]
        let input = node.inputs.first { $0.name == name }
        if let setting = input?.setting {
          faults.merge(recipe.fault(of: setting, sentence))
        } else {
          faults.merge(
            ComfyRecipeFaults(
              file: input?.file ?? node.file, at: input?.location ?? node.location, sentence))
        }
      case .missingNode(let classType, _):
        let node = workflow.nodes.first { $0.classType == classType }
        faults.merge(
          ComfyRecipeFaults(
            file: node?.file ?? recipe.file, at: node?.location,
            "posemap does not know the node \"\(classType)\"; check the spelling. For a custom node, give "
              + "--object-info FILE, a server's answer to GET /object_info"))
      case .missingFile: continue
      }
    }
    if !faults.isEmpty { throw faults }
  }
}
