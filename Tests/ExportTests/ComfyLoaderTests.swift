import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

/// The models, LoRAs and VAEs that workflows load, and the hands that they redraw.
@Suite struct ComfyLoaderTests {
  private func workflow(
    _ model: String, stages: [String] = [], _ settings: [String: String] = [:],
    lora: [(String, Double)] = []
  ) throws -> (ComfyWorkflow, used: Set<String>) {
    var export = try ComfyFixture.export(model, stages: stages) { recipe in
      for (name, value) in settings { #expect(recipe.set(name, to: value) == nil) }
    }
    export.firstStyles = lora.map { (name: $0.0, strength: $0.1) }
    let own = try ComfyFixture.characters(export)[0]
    #expect(ComfyWorkflowCheck.faults(of: own.workflow, by: .known).isEmpty)
    return (own.workflow, own.used)
  }

  @Test func aQuantizedModelHasALoaderOfItsOwn() throws {
    let (own, used) = try workflow(
      "flux-union",
      ["model": "flux1-dev-Q4_K_S.gguf", "t5": "t5-v1_1-xxl-Q5.GGUF", "weightDtype": "fp8_e5m2"])
    let model = try #require(ComfyFixture.nodes(own, "UnetLoaderGGUF").first)
    #expect(model.inputs.map(\.name) == ["unet_name"])
    let clip = try #require(ComfyFixture.nodes(own, "DualCLIPLoaderGGUF").first)
    #expect(clip.inputs.map(\.name) == ["clip_name1", "clip_name2", "type"])
    #expect(ComfyFixture.nodes(own, "UNETLoader").isEmpty)
    // Its weights are as the file has them.
    #expect(!used.contains("weightDtype"))
    let (other, _) = try workflow("z-image", ["clip": "qwen3-Q8_0.gguf"])
    #expect(ComfyFixture.nodes(other, "CLIPLoaderGGUF").count == 1)
    #expect(ComfyFixture.nodes(other, "UNETLoader").count == 1)
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func whatIsNotAsCommonIsAtItsUsualValue(_ family: String) throws {
    let (own, _) = try workflow(family)
    let loaders = ComfyFixture.nodes(own, "UNETLoader")
    #expect(loaders.allSatisfy { ComfyFixture.value($0, "weight_dtype") == .text("default") })
    #expect(ComfyFixture.nodes(own, "LoraLoader").isEmpty)
    #expect(!own.nodes.contains { $0.classType.contains("GGUF") })
  }

  @Test func weightsCanBeKeptSmall() throws {
    let (own, _) = try workflow("qwen", ["weightDtype": "fp8_e4m3fn"])
    let loader = ComfyFixture.nodes(own, "UNETLoader").first
    #expect(ComfyFixture.value(loader, "weight_dtype") == .text("fp8_e4m3fn"))
  }

  @Test(arguments: ["sd15", "sdxl-xinsir", "noobai", "sd35"])
  func aCheckpointCanHaveAnotherVAE(_ family: String) throws {
    let (own, _) = try workflow(family, ["vae": "better.safetensors"])
    let index = try #require(own.nodes.firstIndex { $0.classType == "VAELoader" })
    let decoder = ComfyFixture.nodes(own, "VAEDecode").first
    #expect(ComfyFixture.value(decoder, "vae") == .link(node: index, output: 0))
    #expect(ComfyFixture.nodes(try workflow(family).0, "VAELoader").isEmpty)
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func aLoRAOfTheModelIsInTheFirstPassToo(_ family: String) throws {
    let (own, _) = try workflow(
      family, lora: [("lightning.safetensors", 1), ("b.safetensors", 0.5)])
    let loras = own.nodes.indices.filter { own.nodes[$0].classType == "LoraLoader" }
    #expect(loras.count == 2)
    var reached: Set<Int> = []
    func follow(_ value: ComfyValue?) {
      guard case .link(let index, _)? = value, reached.insert(index).inserted else { return }
      own.nodes[index].inputs.forEach { follow($0.value) }
    }
    follow(ComfyFixture.value(own.nodes.first { $0.saves == "base" }, "images"))
    #expect(loras.allSatisfy(reached.contains))
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func handsAreDrawnAnewIfAsked(_ family: String) throws {
    let (own, _) = try workflow(family, stages: ["face", "hands"])
    #expect(own.nodes.compactMap(\.saves) == ["base", "face", "hands"])
    let detailers = own.nodes.indices.filter { own.nodes[$0].classType == "DetailerForEach" }
    #expect(
      ComfyFixture.value(own.nodes[detailers[1]], "image")
        == .link(node: detailers[0], output: 0))
    let recipe = try #require(try ComfyRecipe.builtIn(family))
    #expect(recipe.stageNames.contains("hands") && !recipe.usualStageNames.contains("hands"))
  }

  /// Each LoRA is in the model once, whichever stages there are.
  @Test(arguments: [(["style", "face", "hands"], 2), (["style", "hands"], 2), (["hands"], 1)])
  func handsHaveTheLoRAsOfTheStyle(_ stages: [String], _ count: Int) throws {
    let (own, _) = try workflow("z-image", stages: stages)
    #expect(ComfyFixture.nodes(own, "LoraLoaderModelOnly").count == count)
  }

  @Test func theMaskOfTheHandsIsWhiteInTheirBoxes() throws {
    let boxes = [
      PixelBounds(columns: 1..<3, rows: 2..<4), PixelBounds(columns: 5..<6, rows: 0..<3),
    ]
    let mask = try PNGFile.decodeRGBA(
      try DetailBoxes.mask(of: boxes, Canvas(width: 8, height: 5)))
    let white = mask.pixels.indices.filter { mask.pixels[$0].color == RGB8(gray: 255) }
    #expect(white == [5, 13, 17, 18, 21, 25, 26])
  }

  @Test func severalSeedsHaveFoldersOfTheirOwn() throws {
    var export = try ComfyFixture.export(stages: [])
    export.seeds = 3
    let takes = try ComfyFixture.characters(export)
    #expect(
      takes.map(\.id) == ["ana", "ben"].flatMap { id in (7...9).map { "\(id)/seed-\($0)" } })
    #expect(takes[1].folder == "posemap/field/ana/seed-8")
    let sampler = ComfyFixture.nodes(takes[1].workflow, "KSampler").first
    #expect(ComfyFixture.value(sampler, "seed") == .number(8))
    let save = ComfyFixture.nodes(takes[1].workflow, "SaveImage").first
    #expect(
      ComfyFixture.value(save, "filename_prefix") == .text("posemap/field/ana/seed-8/base"))
    // They load the same maps.
    #expect(Set(takes[0].pictures.map(\.path)) == Set(takes[2].pictures.map(\.path)))
  }
}
