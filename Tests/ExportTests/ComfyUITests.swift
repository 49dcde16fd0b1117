import FoundationEssentials
import PoseRig
import TestSupport
import Testing

@testable import Export

/// Two people who face the camera, so that every stage has its place.
private let scene = """
  {"canvas": [512, 768], "prompt": "a field", "negative": "text", "seed": 7,
   "characters": [
     {"id": "ana", "body": "female", "position": [-0.4, 0, 0], "prompt": "a woman", "negative": "beard"},
     {"id": "ben", "body": "male", "position": [0.5, 0, -0.6], "prompt": "a man"}]}
  """

private func export(
  _ model: String = "sdxl-xinsir", stages: [String]? = nil, maps: [MapName]? = nil,
  _ change: (inout ComfyRecipe) -> Void = { _ in }
) throws -> ComfyExport {
  var recipe = try #require(try ComfyRecipe.builtIn(model))
  change(&recipe)
  return ComfyExport(
    recipe: recipe, maps: maps, stages: stages ?? recipe.stageNames, styles: [("ink.st", 0.7)],
    only: nil, sceneName: "field")
}

private func characters(
  _ export: ComfyExport, scene: String = scene
) throws -> [ComfyCharacter] {
  let described = try #require(Fixture.read(scene)?.scene)
  let solved = try #require(Fixture.solved(scene))
  return try export.characters(of: solved, described: described)
}

private func nodes(_ workflow: ComfyWorkflow, _ classType: String) -> [ComfyWorkflow.Node] {
  workflow.nodes.filter { $0.classType == classType }
}

private func value(_ node: ComfyWorkflow.Node?, _ input: String) -> ComfyValue? {
  node?.inputs.first { $0.name == input }?.value
}

/// Follows the picture that a node takes back to the sampler it came from.
private func sampler(behind node: ComfyWorkflow.Node?, _ workflow: ComfyWorkflow) -> String? {
  var current = node
  while let node = current {
    if node.classType.contains("Sampler") { return node.title }
    let source = ["image", "images", "samples", "pixels"].compactMap { value(node, $0) }.first
    guard case .link(let index, _)? = source else { return nil }
    current = workflow.nodes[index]
  }
  return nil
}

@Suite struct ComfyUITests {
  @Test func everyFileOfTheResourcesIsCompiledIn() throws {
    let folder = "\(CommandRunner.repository)/Sources/Export/Resources"
    let listed = CommandRunner.files(under: folder).filter {
      $0.hasSuffix(".json") || $0.hasSuffix(".py")
    }
    #expect(GeneratorResources.paths.sorted() == listed.sorted(), "run scripts/embed-generators.sh")
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func everyFamilyMakesAWorkflowThatAServerTakes(_ model: String) throws {
    for own in try characters(try export(model)) {
      let faults = ComfyWorkflowCheck.faults(of: own.workflow, by: .known)
      #expect(faults.isEmpty)
      // Two families have no negative prompt, and say so.
      let isSilent = own.notes.isEmpty
      #expect(isSilent == !["flux-union", "z-image"].contains(model))
      #expect(
        Set(own.workflow.nodes.compactMap(\.saves))
          == ["base", "daemon", "sigmas", "lying", "upscale", "style", "face"])
      // Every picture that is loaded is among the files, and none besides.
      let loaded = nodes(own.workflow, "LoadImage").compactMap { value($0, "image")?.inText }
      let written = Set(own.pictures.map { String($0.path.dropFirst("input/".count)) })
      #expect(!loaded.isEmpty && Set(loaded) == written, "\(loaded)")
    }
  }

  @Test func charactersDifferInNothingButWhatIsTheirOwn() throws {
    let both = try characters(try export())
    let (ana, ben) = (both[0].workflow, both[1].workflow)
    #expect(ana.nodes.map(\.classType) == ben.nodes.map(\.classType))
    var different: Set<String> = []
    for (one, other) in zip(ana.nodes, ben.nodes) {
      for (a, b) in zip(one.inputs, other.inputs) where a != b {
        different.insert("\(one.classType).\(a.name)")
      }
    }
    #expect(
      different == ["CLIPTextEncode.text", "LoadImage.image", "SaveImage.filename_prefix"])
    let texts = nodes(ana, "CLIPTextEncode").compactMap { value($0, "text")?.inText }
    #expect(texts == ["a field", "text, beard", "a woman"])
    #expect(value(nodes(ana, "KSampler").first, "seed") == .number(7))
  }

  @Test func everyPassOverAPictureTakesOtherNoise() throws {
    let own = try characters(try export())[0].workflow
    let seeds = own.nodes.flatMap(\.inputs).filter { ["seed", "noise_seed"].contains($0.name) }
    #expect(seeds.map(\.value) == [7, 8, 9, 10, 11].map { .number($0) })
  }

  @Test(arguments: ComfyRecipe.builtIn, ["box", "detector", "posemap"])
  func theFaceIsDrawnWithoutTheMapsOfTheWholePicture(_ model: String, _ faceBy: String) throws {
    let own = try characters(try export(model) { _ = $0.set("faceBy", to: faceBy) })[0].workflow
    let detailers = ["DetailerForEach", "FaceDetailer"]
    let face = try #require(own.nodes.first { detailers.contains($0.classType) })
    var behind: Set<String> = []
    func follow(_ value: ComfyValue?) {
      guard case .link(let index, _)? = value else { return }
      behind.insert(own.nodes[index].classType)
      own.nodes[index].inputs.forEach { follow($0.value) }
    }
    for input in ["model", "positive", "negative"] { follow(value(face, input)) }
    #expect(behind.isDisjoint(with: ["ControlNetApplyAdvanced", "QwenImageDiffsynthControlnet"]))
    // But with the style.
    #expect(behind.contains("LoraLoaderModelOnly"))
  }

  @Test(
    arguments: [
      ([.openpose], 0.9), ([.openpose, .depth], 0.59), ([.openpose, .depth, .canny], 0.45),
      ([.openpose, .depth, .canny, .softedge], 0.45),
    ] as [([MapName], Double)])
  func mapsThatAddUpShareTheirStrength(_ maps: [MapName], _ strength: Double) throws {
    let own = try characters(try export("flux-union", stages: [], maps: maps))[0].workflow
    #expect(value(nodes(own, "ControlNetApplyAdvanced").first, "strength") == .number(strength))
    let set = try characters(
      try export("flux-union", stages: [], maps: maps) {
        _ = $0.set("openpose.strength", to: "0.7")
      })
    let applied = nodes(set[0].workflow, "ControlNetApplyAdvanced").first
    #expect(value(applied, "strength") == .number(0.7))
  }

  @Test func aTextThatIsNotThereTakesNoPlace() throws {
    let words = scene.replacing(", \"prompt\": \"a woman\", \"negative\": \"beard\"", with: "")
    let own = try characters(try export(), scene: words)
    #expect(nodes(own[0].workflow, "ConditioningConcat").isEmpty)
    #expect(nodes(own[1].workflow, "ConditioningConcat").count == 1)
    let texts = nodes(own[0].workflow, "CLIPTextEncode").compactMap { value($0, "text")?.inText }
    #expect(texts == ["a field", "text"])
  }

  @Test(arguments: [
    ("base", "First pass"), ("daemon", "Detail Daemon"), ("sigmas", "Detailer sigmas"),
    ("lying", "Lying Sigma"),
  ])
  func whatFollowsGoesOnFromTheChosenPicture(_ choice: String, _ title: String) throws {
    let own = try characters(try export { _ = $0.set("choose", to: choice) })[0]
    let enlarge = try #require(nodes(own.workflow, "ImageUpscaleWithModel").first)
    #expect(sampler(behind: enlarge, own.workflow) == title)
  }

  @Test func aStageThatIsLeftOutIsPassedOver() throws {
    let own = try characters(try export(stages: ["face"]))[0]
    let face = try #require(nodes(own.workflow, "DetailerForEach").first)
    #expect(sampler(behind: face, own.workflow) == "First pass")
    #expect(own.workflow.nodes.compactMap(\.saves) == ["base", "face"])
    let none = try characters(try export(stages: []))[0]
    #expect(none.workflow.nodes.compactMap(\.saves) == ["base"])
    #expect(!none.pictures.contains { $0.path.hasSuffix("-face.png") })
  }

  @Test func aFaceCanBeFoundByADetectorInstead() throws {
    let own = try characters(try export { _ = $0.set("faceBy", to: "detector") })[0]
    #expect(nodes(own.workflow, "DetailerForEach").isEmpty)
    #expect(nodes(own.workflow, "FaceDetailer").count == 1)
    #expect(!own.pictures.contains { $0.path.hasSuffix("-face.png") })
    let known = try characters(try export { _ = $0.set("faceBy", to: "posemap") })[0]
    #expect(nodes(known.workflow, "FaceDetailer").count == 1)
    #expect(known.pictures.contains { $0.path.hasSuffix("-face.png") })
  }

  @Test func theMapsAreThoseAskedForInTheirOrder() throws {
    let own = try characters(try export(stages: [], maps: [.normal, .openpose]))[0]
    let types = nodes(own.workflow, "SetUnionControlNetType").compactMap {
      value($0, "type")?.inText
    }
    #expect(types == ["normal", "openpose"])
  }

  @Test(arguments: [
    (512, 768, 1.51, 768, 1152), (832, 1216, 1.2, 1008, 1472), (832, 1216, 1.37, 1144, 1672),
    (928, 1664, 1.5, 1392, 2496), (512, 768, 1, 512, 768),
  ])
  func theEnlargedPictureHasTheCanvasShapeAndWholeLatents(
    _ width: Int, _ height: Int, _ factor: Double, _ newWidth: Int, _ newHeight: Int
  ) throws {
    let canvas = Canvas(width: width, height: height)
    let size = UpscaledSize.nearest(to: factor, of: canvas)
    #expect(size == Canvas(width: newWidth, height: newHeight))
    #expect(canvas.hasShape(of: size))
  }

  @Test func aSizeThatIsNotTheOneAskedForIsSaid() throws {
    let own = try characters(try export { _ = $0.set("upscale", to: "1.53") })[0]
    let scale = try #require(nodes(own.workflow, "ImageScale").first)
    #expect(value(scale, "width") == .number(784))
    #expect(value(scale, "height") == .number(1176))
    let notes = own.notes
    #expect(notes.isEmpty)
    let far = try characters(try export { _ = $0.set("upscale", to: "1.52") })[0].notes
    #expect(far.count == 1 && far[0].contains("784×1176, 1.531 times the canvas"), "\(far)")
  }

  @Test func settingsAreNamedAndTyped() throws {
    var recipe = try #require(try ComfyRecipe.builtIn("sdxl-xinsir"))
    #expect(recipe.set("steps", to: "12") == nil)
    #expect(recipe.set("openpose.strength", to: "0.25") == nil)
    #expect(recipe.set("stepz", to: "1")?.contains("did you mean \"steps\"?") == true)
    #expect(recipe.set("steps", to: "many") == "\"steps\" must be a number, not \"many\"")
    #expect(recipe.set("faceBy", to: "eye")?.contains("allowed: box, detector, posemap") == true)
    #expect(recipe.set("depth.weight", to: "1")?.contains("depth.strength") == true)
    let own = try characters(
      ComfyExport(
        recipe: recipe, maps: nil, stages: [], styles: [], only: ["ben"], sceneName: "field"))
    #expect(own.map(\.id) == ["ben"])
    #expect(value(nodes(own[0].workflow, "KSampler").first, "steps") == .number(12))
    let applied = nodes(own[0].workflow, "ControlNetApplyAdvanced").first
    #expect(value(applied, "strength") == .number(0.25))
  }

  @Test func equalScenesMakeEqualFiles() throws {
    let one = try characters(try export()).flatMap(\.files)
    let other = try characters(try export()).flatMap(\.files)
    #expect(one == other)
  }
}

/// A family described in a file, and what is said of mistakes in it.
@Suite struct ComfyRecipeTests {
  private func workflow(_ changes: [(String, String)]) throws {
    var text = String(
      decoding: try #require(GeneratorResources.file("comfyui/models/sdxl-xinsir.json")),
      as: UTF8.self)
    for (old, new) in changes {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    let recipe = try ComfyRecipe.read(Array(text.utf8), file: "mine.json")
    _ = try characters(
      ComfyExport(
        recipe: recipe, maps: nil, stages: [], styles: [], only: nil, sceneName: "field"))
  }

  @Test(arguments: [
    (
      "\"$checkpoint\"", "\"$checkpont\"",
      "unknown name \"checkpont\" after \"$\"; did you mean \"checkpoint\"?"
    ),
    ("\"positive\": \"@positive\"", "\"positive\": \"@positiv\"", "unknown wire \"@positiv\""),
    (
      "[\"shared\", 0]", "[\"sharde\", 0]",
      "unknown node \"sharde\" before this one in its stage; did you mean \"shared\"?"
    ),
    ("[\"type\", 0]", "[\"type\"]", "a link is [\"node\", number of its output]"),
    (
      "\"use\": [\"openpose\"", "\"use\": [\"opnpose\"",
      "unknown map \"opnpose\" in \"use\"; did you mean \"openpose\"?"
    ),
    (
      "\"profile\": \"sdxl-xinsir\"", "\"profile\": \"sdxl\"",
      "unknown profile \"sdxl\" for a model; did you mean \"sdxl-xinsir\"?"
    ),
    ("\"each\": \"map\"", "\"every\": \"map\"", "unknown key \"every\" in the stage \"controls\""),
    (
      "\"controls\": {", "\"control\": {",
      "\"stages\" has no \"controls\", which every workflow needs"
    ),
    ("\"LoadImage\"", "\"LoadImages\"", "nothing is known of the node \"LoadImages\""),
    (
      "\"start_percent\": 0,", "\"start_percent\": 2,",
      "\"start_percent\" of ControlNetApplyAdvanced (Apply ControlNet) is 2; it must be a number from 0 to 1"
    ),
    (
      "\"start_percent\": 0,", "",
      "ControlNetApplyAdvanced (Apply ControlNet) lacks \"start_percent\""
    ),
    (
      "\"clip\": \"@clip\"", "\"clip\": \"@vae\"",
      "takes a CLIP, but is wired to a VAE of CheckpointLoaderSimple"
    ),
    (
      "\"batch_size\": 1", "\"batch_size\": 1, \"size\": 2",
      "EmptyLatentImage (Empty Latent Image) has no input \"size\""
    ),
    (
      "\"sampler\": \"euler_ancestral\"", "\"sampler\": \"dpm\"",
      "\"sampler_name\" of KSampler (First pass) cannot be \"dpm\"; did you mean "
    ),
    ("\"maps\": {", "\"map\": {", "unknown key \"map\" in a model's file; did you mean \"maps\"?"),
  ])
  func mistakesAreNamed(_ old: String, _ new: String, _ sentence: String) throws {
    let said = try saying { try workflow([(old, new)]) }
    #expect(said.contains { $0.description.contains(sentence) }, "\(said)")
    #expect(said.allSatisfy { $0.file == "mine.json" && $0.location != nil }, "\(said)")
  }

  /// What is said of a file.
  private func saying(_ work: () throws -> Void) throws -> [Diagnostic] {
    do {
      try work()
      return []
    } catch let error as Diagnostic {
      return [error]
    } catch let error as ComfyRecipeFaults {
      return error.diagnostics
    }
  }

  @Test func aWireThatLeadsWrongIsSaidOnceWhereItIsSaidToLead() throws {
    let said = try saying {
      try workflow([("\"vae\": [\"checkpoint\", 2]", "\"vae\": [\"checkpoint\", 1]")])
    }
    #expect(said.count == 1 && said.first?.file == "mine.json", "\(said)")
    #expect(said.first?.message.contains("takes a VAE, but is wired to a CLIP") == true, "\(said)")
  }

  @Test func aNodeThatStandsAfterTheOneThatTakesItIsToBeMovedUp() throws {
    let said = try saying {
      try workflow([
        ("[\"type\", 0]", "[\"later\", 0]"),
        (
          "            \"strength\": \"$map.strength\", \"start_percent\": 0, \"end_percent\": \"$map.end\"\n          }\n        }",
          "            \"strength\": \"$map.strength\", \"start_percent\": 0, \"end_percent\": \"$map.end\"\n          }\n        },\n        \"later\": {\"class_type\": \"SetUnionControlNetType\", \"inputs\": {\"control_net\": \"@controlnet\", \"type\": \"depth\"}}"
        ),
      ])
    }
    #expect(
      said.first?.message
        == "the node \"later\" stands after this one; nodes are made in their order: move it up")
  }

  @Test func everyMistakeOfTheFileIsSaidAtOnce() throws {
    let said = try saying {
      try workflow([
        ("\"use\": [\"openpose\"", "\"use\": [\"opnpose\""),
        ("\"each\": \"map\"", "\"every\": \"map\""),
      ])
    }
    #expect(said.count == 2, "\(said)")
  }

  @Test func everyMistakeIsSaidAtOnce() throws {
    let said = try saying {
      try workflow([("\"batch_size\": 1", "\"batch_siz\": 1"), ("\"cfg\": 5", "\"cfg\": -5")])
    }
    #expect(said.count == 3, "\(said)")
  }

  @Test(arguments: [
    ("{\"characters\": []}", "this is a scene"),
    ("{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {}}}", "this is a workflow of ComfyUI's"),
    ("{\"nodes\": [], \"links\": []}", "this is a workflow of ComfyUI's"),
  ])
  func anotherKindOfFileIsCalledWhatItIs(_ text: String, _ sentence: String) throws {
    let said = try saying { _ = try ComfyRecipe.read(Array(text.utf8), file: "x.json") }
    #expect(said.first?.message.contains(sentence) == true, "\(said)")
  }

  @Test func aWireThatSharedStagesMissIsSaidOfTheFamilysFile() throws {
    let said = try saying { try workflow([("\"vae\": [\"checkpoint\", 2], ", "")]) }
    #expect(said.first?.file == "mine.json")
    #expect(said.first?.message.contains("unknown wire \"@vae\" in \"base\"") == true, "\(said)")
  }

  @Test func whatWasSetIsBlamedOnceForWhatAllNodesRefuse() throws {
    var recipe = try #require(try ComfyRecipe.builtIn("sdxl-xinsir"))
    #expect(recipe.set("steps", to: "0") == nil)
    #expect(recipe.set("sampler", to: "eulr") == nil)
    let export = ComfyExport(
      recipe: recipe, maps: nil, stages: recipe.stageNames, styles: [], only: nil, sceneName: "f")
    let error = #expect(throws: ComfyRecipeFaults.self) { _ = try characters(export) }
    #expect(error?.diagnostics.isEmpty == true)
    let sentences = error?.assignments.map(\.sentence) ?? []
    #expect(sentences.count == 2)
    #expect(sentences.contains { $0.hasPrefix("--set steps=0: \"steps\" of KSampler") })
    #expect(sentences.contains { $0.contains("did you mean \"euler\"?") })
  }

  @Test func whatIsRightPasses() throws {
    try workflow([])
  }

  @Test func aServersNodesAreKnownInBothForms() throws {
    let text = """
      {"Old": {"input": {"required": {"ckpt_name": [["a", "b"], {}], "image": ["IMAGE"]}}, "output": ["IMAGE"], "output_node": true},
       "New": {"input": {"required": {"kind": ["COMBO", {"options": ["x", "y"]}], "seed": ["INT", {"default": 0, "min": 0, "max": 9}]},
               "optional": {"text": ["STRING", {"multiline": true}]}}, "output": [["p", "q"]], "output_name": ["pick"]},
       "Broken": 5}
      """
    var definitions = ComfyNodeDefinitions()
    try definitions.add(objectInfo: Array(text.utf8), file: "info.json")
    let old = try #require(definitions["Old"])
    #expect(old.inputs.map(\.kind) == [.choice(["a", "b"]), .link("IMAGE")])
    #expect(old.isOutput)
    let new = try #require(definitions["New"])
    #expect(
      new.inputs.map(\.kind) == [
        .choice(["x", "y"]), .number(isWhole: true, bounds: 0...9), .text(isMultiline: true),
      ])
    #expect(new.inputs.map(\.isRequired) == [true, true, false])
    #expect(new.inputs[1].hasSeedControl)
    #expect(new.outputs == [.init(name: "pick", type: "COMBO")])
    #expect(definitions["Broken"] == nil)
  }
}
