import FoundationEssentials
import MapRender
import PoseRig
import TestSupport
import Testing

@testable import Export

@Suite struct ComfyExportTests {
  @Test(arguments: ComfyRecipe.builtIn)
  func everyFamilyMakesAWorkflowThatAServerAccepts(_ model: String) throws {
    for own in try ComfyFixture.characters(try ComfyFixture.export(model)) {
      let faults = ComfyWorkflowCheck.faults(of: own.workflow, by: .known)
      #expect(faults.isEmpty)
      // Some families have no negative prompt, and report that.
      let isSilent = own.notes.isEmpty
      let wordless = ["flux-union", "flux2-fun", "flux2-klein", "krea2", "z-image"]
      #expect(isSilent == !wordless.contains(model))
      #expect(
        Set(own.workflow.nodes.compactMap(\.saves))
          == ["base", "daemon", "sigmas", "lying", "upscale", "style", "face"])
      // The files contain every picture that is loaded, and no others.
      let loaded = ComfyFixture.nodes(own.workflow, "LoadImage").compactMap {
        ComfyFixture.value($0, "image")?.inText
      }
      let written = Set(own.pictures.map { String($0.path.dropFirst("input/".count)) })
      #expect(!loaded.isEmpty && Set(loaded) == written, "\(loaded)")
      // All are 8-bit color, including the face's mask.
      let pictures = own.files.filter { $0.path.hasSuffix(".png") }
      #expect(pictures.allSatisfy { Array($0.bytes[24...25]) == [8, 2] })
    }
  }

  @Test func charactersDifferOnlyInTheirOwnContent() throws {
    let both = try ComfyFixture.characters(try ComfyFixture.export())
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
    let texts = ComfyFixture.nodes(ana, "CLIPTextEncode").compactMap {
      ComfyFixture.value($0, "text")?.inText
    }
    #expect(texts == ["a field", "text, beard", "a woman"])
    #expect(ComfyFixture.value(ComfyFixture.nodes(ana, "KSampler").first, "seed") == .number(7))
  }

  @Test func stepsAreThoseOfNodesThatSample() throws {
    let own = try ComfyFixture.characters(try ComfyFixture.export { _ = $0.set("steps", to: "12") })
    let workflow = own[0].workflow
    let sampling = workflow.nodes.indices.filter { workflow.steps(ofNode: $0) != nil }
    #expect(
      sampling.map { workflow.nodes[$0].classType } == [
        "KSampler", "SamplerCustomAdvanced", "SamplerCustomAdvanced", "SamplerCustomAdvanced",
        "KSampler", "KSampler", "DetailerForEach",
      ])
    #expect(sampling.allSatisfy { workflow.steps(ofNode: $0) == 12 })
  }

  @Test func everyPassOverAPictureUsesDifferentNoise() throws {
    let own = try ComfyFixture.characters(try ComfyFixture.export())[0].workflow
    let seeds = own.nodes.flatMap(\.inputs).filter { ["seed", "noise_seed"].contains($0.name) }
    #expect(seeds.map(\.value) == [7, 8, 9, 10, 11].map { .number($0) })
  }

  @Test(arguments: ComfyRecipe.builtIn, ["box", "detector", "posemap"])
  func theFaceIsDrawnWithoutTheMapsOfTheWholePicture(_ model: String, _ faceBy: String) throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export(model) { _ = $0.set("faceBy", to: faceBy) })[0].workflow
    let detailers = ["DetailerForEach", "FaceDetailer"]
    let face = try #require(own.nodes.first { detailers.contains($0.classType) })
    var behind: Set<String> = []
    func follow(_ value: ComfyValue?) {
      guard case .link(let index, _)? = value else { return }
      behind.insert(own.nodes[index].classType)
      own.nodes[index].inputs.forEach { follow($0.value) }
    }
    for input in ["model", "positive", "negative"] { follow(ComfyFixture.value(face, input)) }
    #expect(behind.isDisjoint(with: ["ControlNetApplyAdvanced", "QwenImageDiffsynthControlnet"]))
    // But the style is kept.
    #expect(behind.contains("LoraLoaderModelOnly"))
  }

  @Test(
    arguments: [
      ([.openpose], 0.9), ([.openpose, .depth], 0.59), ([.openpose, .depth, .canny], 0.45),
      ([.openpose, .depth, .canny, .softedge], 0.45),
    ] as [([MapName], Double)])
  func combinedMapsShareTheirStrength(_ maps: [MapName], _ strength: Double) throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export("flux-union", stages: [], maps: maps))[0].workflow
    #expect(
      ComfyFixture.value(ComfyFixture.nodes(own, "ControlNetApplyAdvanced").first, "strength")
        == .number(strength))
    let set = try ComfyFixture.characters(
      try ComfyFixture.export("flux-union", stages: [], maps: maps) {
        _ = $0.set("openpose.strength", to: "0.7")
      })
    let applied = ComfyFixture.nodes(set[0].workflow, "ControlNetApplyAdvanced").first
    #expect(ComfyFixture.value(applied, "strength") == .number(0.7))
  }

  @Test func aMissingTextTakesNoSpace() throws {
    let words = ComfyFixture.scene.replacing(
      #", "prompt": "a woman", "negative": "beard""#, with: "")
    let own = try ComfyFixture.characters(try ComfyFixture.export(), scene: words)
    #expect(ComfyFixture.nodes(own[0].workflow, "ConditioningConcat").isEmpty)
    #expect(ComfyFixture.nodes(own[1].workflow, "ConditioningConcat").count == 1)
    let texts = ComfyFixture.nodes(own[0].workflow, "CLIPTextEncode").compactMap {
      ComfyFixture.value($0, "text")?.inText
    }
    #expect(texts == ["a field", "text"])
  }

  @Test(arguments: [
    ("base", "First pass"), ("daemon", "Detail Daemon"), ("sigmas", "Detailer sigmas"),
    ("lying", "Lying Sigma"),
  ])
  func laterStagesContinueFromTheChosenPicture(_ choice: String, _ title: String) throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export { _ = $0.set("choose", to: choice) })[0]
    let enlarge = try #require(ComfyFixture.nodes(own.workflow, "ImageUpscaleWithModel").first)
    #expect(ComfyFixture.sampler(behind: enlarge, own.workflow) == title)
  }

  @Test func anOmittedStageIsSkipped() throws {
    let own = try ComfyFixture.characters(try ComfyFixture.export(stages: ["face"]))[0]
    let face = try #require(ComfyFixture.nodes(own.workflow, "DetailerForEach").first)
    #expect(ComfyFixture.sampler(behind: face, own.workflow) == "First pass")
    #expect(own.workflow.nodes.compactMap(\.saves) == ["base", "face"])
    let none = try ComfyFixture.characters(try ComfyFixture.export(stages: []))[0]
    #expect(none.workflow.nodes.compactMap(\.saves) == ["base"])
    #expect(!none.pictures.contains { $0.path.hasSuffix("-face.png") })
  }

  @Test func aFaceCanBeFoundByADetectorInstead() throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export { _ = $0.set("faceBy", to: "detector") })[0]
    #expect(ComfyFixture.nodes(own.workflow, "DetailerForEach").isEmpty)
    #expect(ComfyFixture.nodes(own.workflow, "FaceDetailer").count == 1)
    #expect(!own.pictures.contains { $0.path.hasSuffix("-face.png") })
    let known = try ComfyFixture.characters(
      try ComfyFixture.export { _ = $0.set("faceBy", to: "posemap") })[0]
    #expect(ComfyFixture.nodes(known.workflow, "FaceDetailer").count == 1)
    #expect(known.pictures.contains { $0.path.hasSuffix("-face.png") })
  }

  @Test func theMapsAreThoseRequestedInTheirOrder() throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export(stages: [], maps: [.normal, .openpose]))[0]
    let types = ComfyFixture.nodes(own.workflow, "SetUnionControlNetType").compactMap {
      ComfyFixture.value($0, "type")?.inText
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

  @Test func aSizeThatDiffersFromTheRequestIsReported() throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export { _ = $0.set("upscale", to: "1.53") })[0]
    let scale = try #require(ComfyFixture.nodes(own.workflow, "ImageScale").first)
    #expect(ComfyFixture.value(scale, "width") == .number(784))
    #expect(ComfyFixture.value(scale, "height") == .number(1176))
    let notes = own.notes
    #expect(notes.isEmpty)
    let far = try ComfyFixture.characters(
      try ComfyFixture.export { _ = $0.set("upscale", to: "1.52") })[0].notes
    #expect(far.count == 1 && far[0].contains("784×1176, 1.531 times the canvas"), "\(far)")
  }

  @Test func settingsAreNamedAndTyped() throws {
    var recipe = try #require(try ComfyRecipe.builtIn("sdxl-xinsir"))
    #expect(recipe.set("steps", to: "12") == nil)
    #expect(recipe.set("openpose.strength", to: "0.25") == nil)
    #expect(recipe.set("stepz", to: "1")?.contains(#"did you mean "steps"?"#) == true)
    #expect(recipe.set("steps", to: "many") == #""steps" must be a number, not "many""#)
    #expect(recipe.set("faceBy", to: "eye")?.contains("allowed: box, detector, posemap") == true)
    #expect(recipe.set("depth.weight", to: "1")?.contains("depth.strength") == true)
    let own = try ComfyFixture.characters(
      ComfyExport(
        recipe: recipe, maps: nil, stages: [], styles: [], only: ["ben"], sceneName: "field"))
    #expect(own.map(\.id) == ["ben"])
    #expect(
      ComfyFixture.value(ComfyFixture.nodes(own[0].workflow, "KSampler").first, "steps")
        == .number(12))
    let applied = ComfyFixture.nodes(own[0].workflow, "ControlNetApplyAdvanced").first
    #expect(ComfyFixture.value(applied, "strength") == .number(0.25))
  }

  /// The editor sends every field; a node may use a different value for an absent one.
  @Test(arguments: ComfyRecipe.builtIn, ["box", "detector", "posemap"])
  func everyFieldIsWritten(_ model: String, _ faceBy: String) throws {
    let own = try ComfyFixture.characters(
      try ComfyFixture.export(model) { _ = $0.set("faceBy", to: faceBy) })[0].workflow
    for node in own.nodes {
      let fields = ComfyNodeDefinitions.known[node.classType]?.inputs.filter(\.isWidget) ?? []
      #expect(Set(fields.map(\.name)).isSubset(of: node.inputs.map(\.name)), "\(node.classType)")
    }
    let detailers = ["DetailerForEach", "FaceDetailer"]
    let face = try #require(own.nodes.first { detailers.contains($0.classType) })
    #expect(ComfyFixture.value(face, "noise_mask_feather") == .number(20))
    #expect(ComfyFixture.value(face, "inpaint_model") == .boolean(false))
  }

  /// An older version of a node does not have all fields, and ignores those that it does not know.
  @Test func anOmittedFieldIsNotAFaultOfAnOlderServer() throws {
    let own = try ComfyFixture.characters(try ComfyFixture.export())[0].workflow
    let text = """
      {"DetailerForEach": {"input": {"required": {"image": ["IMAGE"]}}, "output": ["IMAGE"]}}
      """
    var older = ComfyNodeDefinitions.known
    try older.add(objectInfo: Array(text.utf8), file: "older.json")
    let sentences = ComfyWorkflowCheck.faults(of: own, by: older).map { "\($0)" }
    #expect(sentences.contains { $0.contains("has no input \\\"cycle\\\"") }, "\(sentences)")
    #expect(!sentences.contains { $0.contains("noise_mask_feather") })
  }

  @Test func aMapThatShowsNothingIsLeftOut() throws {
    // A character behind the camera is in no picture.
    let scene = ComfyFixture.scene.replacing(
      #""position": [0.5, 0, -0.6]"#, with: #""position": [0, 0, 50]"#)
    #expect(scene != ComfyFixture.scene)
    let text = scene.replacing(
      #""seed": 7"#, with: #""seed": 7, "camera": {"position": [0, 1, 4], "target": [0, 1, 0]}"#)
    for model in ComfyRecipe.builtIn {
      let export = try ComfyFixture.export(model)
      let both = try ComfyFixture.characters(export, scene: text)
      #expect(both[0].warning == nil)
      let warning = try #require(both[1].warning)
      #expect(
        export.recipe.use.allSatisfy { warning.contains($0.rawValue) }
          && warning.hasSuffix(#"nothing of "ben"; its workflow does without"#), "\(warning)")
      #expect(both[1].pictures.isEmpty && ComfyFixture.nodes(both[1].workflow, "LoadImage").isEmpty)
      #expect(ComfyWorkflowCheck.faults(of: both[1].workflow, by: .known).isEmpty)
    }
  }

  @Test(arguments: [
    ("upscale", [], #"it belongs to the stage "upscale", which --stages leaves out"#),
    ("faceBy", ["style"], #"it belongs to the stage "face", which --stages leaves out"#),
    ("canny.strength", ["face"], "the map canny is not applied; --maps says which are"),
    ("faceDetector", ["face"], "it takes effect only with --set faceBy=detector"),
    ("faceSize", ["face"], #"it belongs to the stage "face", and no face can be seen"#),
    ("choose", ["upscale"], #"it belongs to the stage "variants", which --stages leaves out"#),
    ("styleDenoise", ["style"], #"it belongs to the stage "style", which needs a LoRA: --lora"#),
    ("regionStrength", [], "it takes effect only with --one-pass"),
  ])
  func theReasonWhyASettingHasNoEffectIsReported(
    _ name: String, _ stages: [String], _ reason: String
  ) throws {
    let export = try ComfyFixture.export("z-image", stages: stages)
    #expect(export.reasonUnused(name) == reason)
  }

  @Test func equalScenesMakeEqualFiles() throws {
    let one = try ComfyFixture.characters(try ComfyFixture.export()).flatMap(\.files)
    let other = try ComfyFixture.characters(try ComfyFixture.export()).flatMap(\.files)
    #expect(one == other)
  }
}
