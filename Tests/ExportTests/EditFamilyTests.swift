import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

/// Families that receive the map as a picture beside the prompt.
@Suite struct EditFamilyTests {
  private func workflow(
    _ family: String, stages: [String] = [], maps: [MapName]? = nil
  ) throws -> ComfyWorkflow {
    let export = try ComfyFixture.export(family, stages: stages, maps: maps)
    return try #require(try ComfyFixture.characters(export).first).workflow
  }

  /// Returns the node to which an input of another node is wired.
  private func source(
    of input: String, _ node: ComfyWorkflow.Node?, in workflow: ComfyWorkflow
  ) -> ComfyWorkflow.Node? {
    guard case .link(let index, _)? = ComfyFixture.value(node, input) else { return nil }
    return workflow.nodes[index]
  }

  @Test(arguments: [MapName.openpose, .depth, .canny, .shaded])
  func qwenReadsTheMapAsItsFirstPicture(_ map: MapName) throws {
    let workflow = try workflow("qwen-edit", maps: [map])
    let sampler = ComfyFixture.nodes(workflow, "KSampler").first
    for side in ["positive", "negative"] {
      let method = source(of: side, sampler, in: workflow)
      #expect(
        ComfyFixture.value(method, "reference_latents_method") == .text("index_timestep_zero"))
      let text = source(of: "conditioning", method, in: workflow)
      #expect(text?.classType == "TextEncodeQwenImageEditPlus")
      let picture = source(of: "image1", text, in: workflow)
      #expect(
        ComfyFixture.value(picture, "image") == .text("posemap-field-ana-\(map.rawValue).png"))
      #expect(ComfyFixture.value(text, "image2") == nil)
    }
    let texts = ComfyFixture.nodes(workflow, "TextEncodeQwenImageEditPlus").map {
      ComfyFixture.value($0, "prompt")?.inText ?? ""
    }
    let things: [MapName: String] = [
      .openpose: "the skeleton", .depth: "the depth map", .canny: "the outlines",
      .shaded: "the mannequin",
    ]
    #expect(
      texts == [
        "Make a picture of the following, with the figure exactly in the pose, the size and the position of \(things[map] ?? "") in Picture 1. a field, a woman",
        "text, beard",
      ])
  }

  @Test(arguments: ["qwen-edit", "flux2-klein"])
  func aPictureOfTheCharacterComesFirst(_ family: String) throws {
    var export = try ComfyFixture.export(family, stages: [])
    let bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0]
    export.references = ["ana": try #require(ReferencePicture.file(bytes))]
    let both = try ComfyFixture.characters(export)
    let workflow = both[0].workflow
    let pictures = ComfyFixture.nodes(workflow, "LoadImage").compactMap {
      ComfyFixture.value($0, "image")?.inText
    }
    #expect(pictures == ["posemap-field-ana-reference.jpg", "posemap-field-ana-openpose.png"])
    let file = both[0].pictures.first { $0.path == "input/posemap-field-ana-reference.jpg" }
    #expect(file?.bytes == bytes)
    let said = workflow.nodes.flatMap(\.inputs).compactMap { input in
      if case .text(let text) = input.value { text } else { nil }
    }
    let order = family == "qwen-edit" ? ("Picture 1", "Picture 2") : ("image 1", "image 2")
    #expect(
      said.contains(
        "Draw the person of \(order.0) exactly in the pose, the size and the position of the skeleton in \(order.1), and keep face, hair and clothes. a field, a woman"
      ))
    // Ben has no picture, and receives only the map.
    #expect(ComfyFixture.nodes(both[1].workflow, "LoadImage").count == 1)
    #expect(ComfyWorkflowCheck.faults(of: workflow, by: .known).isEmpty)
  }

  @Test(arguments: ["sd15", "sdxl-xinsir"])
  func anIPAdapterReceivesTheCharactersPicture(_ family: String) throws {
    var export = try ComfyFixture.export(family, stages: [])
    export.references = ["ana": try #require(ReferencePicture.file(Array("GIF89a, and more".utf8)))]
    let both = try ComfyFixture.characters(export)
    let workflow = both[0].workflow
    let adapter = source(
      of: "model", ComfyFixture.nodes(workflow, "KSampler").first, in: workflow)
    #expect(adapter?.classType == "IPAdapter")
    #expect(
      ComfyFixture.value(source(of: "image", adapter, in: workflow), "image")
        == .text("posemap-field-ana-reference.gif"))
    #expect(ComfyFixture.value(adapter, "weight") == .number(0.7))
    #expect(ComfyFixture.value(adapter, "attn_mask") == nil)
    #expect(ComfyFixture.nodes(both[1].workflow, "IPAdapter").isEmpty)
    #expect(ComfyWorkflowCheck.faults(of: workflow, by: .known).isEmpty)
  }

  @Test func aPictureSettingRequiresAPicture() throws {
    let export = try ComfyFixture.export("sd15", stages: [])
    let reason = #"it takes effect only for a character with a picture: "reference""#
    #expect(export.reasonUnused("likeness") == reason)
    #expect(export.reasonUnused("likenessPreset") == reason)
  }

  @Test func regionSettingsExistOnlyWithRegions() throws {
    for name in ComfyRecipe.builtIn {
      let recipe = try #require(try ComfyRecipe.builtIn(name))
      let isListed = recipe.listing.contains { $0.contains("regionStrength") }
      #expect(isListed == recipe.takesRegions, "\(name)")
    }
  }

  @Test func aFileThatIsNotAPictureIsRejected() {
    #expect(ReferencePicture.file(Array("GIF".utf8)) == nil)
    #expect(ReferencePicture.file(Array("GIF89a, and more".utf8))?.name == "reference.gif")
  }

  @Test func kleinReceivesTheMapAsAReferenceOnBothSides() throws {
    let workflow = try workflow("flux2-klein")
    let guider = ComfyFixture.nodes(workflow, "CFGGuider").first
    for side in ["positive", "negative"] {
      let reference = source(of: side, guider, in: workflow)
      #expect(reference?.classType == "ReferenceLatent")
      let latent = source(of: "latent", reference, in: workflow)
      #expect(latent?.classType == "VAEEncode")
      let picture = source(of: "pixels", latent, in: workflow)
      #expect(ComfyFixture.value(picture, "image") == .text("posemap-field-ana-openpose.png"))
    }
    let sigmas = ComfyFixture.nodes(workflow, "Flux2Scheduler").first
    #expect(ComfyFixture.value(sigmas, "width") == .number(512))
    #expect(ComfyFixture.value(sigmas, "steps") == .number(4))
  }

  @Test(arguments: ["qwen-edit", "flux2-klein"])
  func thePromptWithoutPicturesExistsOnlyForTheFace(_ family: String) throws {
    let prompts: Set = ["CLIPTextEncode", "TextEncodeQwenImageEditPlus"]
    func texts(_ stages: [String]) throws -> [String] {
      try workflow(family, stages: stages).nodes.filter { prompts.contains($0.classType) }
        .map(\.title)
    }
    #expect(try !texts([]).contains("Prompt"))
    #expect(try texts(["face"]).contains("Prompt"))
  }

  @Test(arguments: ["qwen-edit", "flux2-klein", "krea2"])
  func editFamiliesAcceptOneMapAtATime(_ family: String) throws {
    let recipe = try #require(try ComfyRecipe.builtIn(family))
    #expect(recipe.most == 1 && recipe.use.count == 1)
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func everyNodeIsNeededForAPicture(_ family: String) throws {
    let workflow = try workflow(family)
    #expect(workflow.withoutUnneeded(.known) == workflow)
    #expect(ComfyFixture.nodes(workflow, "SaveImage").count == 1)
  }

  @Test func linesAreDarkForTheFamilyThatExpectsDrawings() throws {
    func corner(_ family: String) throws -> RGBA8? {
      let scene = ComfyFixture.scene.replacing(
        #"{"canvas""#, with: #"{"profile": "\#(family)", "canvas""#)
      let export = try ComfyFixture.export(family, stages: [], maps: [.canny])
      let own = try #require(try ComfyFixture.characters(export, scene: scene).first)
      let file = try #require(own.pictures.first { $0.path.hasSuffix("canny.png") })
      return try PNGFile.decodeRGBA(file.bytes).pixels.first
    }
    #expect(try corner("anima")?.color.red == 255)
    #expect(try corner("sd15")?.color.red == 0)
  }
}
