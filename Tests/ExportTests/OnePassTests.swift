import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

/// One workflow for several characters: each character's prompt applies where that character is
/// visible.
@Suite struct OnePassTests {
  private func together(
    _ family: String, only: [String]? = nil, stages: [String] = []
  ) throws -> ComfyCharacter {
    var export = try ComfyFixture.export(family, stages: stages)
    export.only = only
    let described = try #require(Fixture.read(ComfyFixture.scene)?.scene)
    let solved = try #require(Fixture.solved(ComfyFixture.scene))
    return try #require(try export.together(of: solved, described: described).first)
  }

  @Test(arguments: ComfyRecipe.builtIn)
  func everyFamilyWithRegionsMakesAWorkflowThatAServerAccepts(_ family: String) throws {
    guard let recipe = try ComfyRecipe.builtIn(family), recipe.takesRegions else { return }
    let all = try together(family)
    #expect(ComfyWorkflowCheck.faults(of: all.workflow, by: .known).isEmpty)
    #expect(all.id == "all")
    let regions = ComfyFixture.nodes(all.workflow, "ConditioningSetMask")
    let texts = regions.compactMap { region -> String? in
      guard case .link(let index, _)? = ComfyFixture.value(region, "conditioning") else {
        return nil
      }
      return ComfyFixture.value(all.workflow.nodes[index], "text")?.inText
    }
    #expect(texts == ["a woman", "a man"])
  }

  @Test func familiesWithRegionsEncodePromptsSeparately() throws {
    let names = try ComfyRecipe.builtIn.filter {
      try ComfyRecipe.builtIn($0)?.takesRegions == true
    }
    #expect(
      Set(names) == [
        "sd15", "sdxl-xinsir", "noobai", "sd35", "qwen", "qwen-fun", "z-image", "z-image-base",
        "anima",
      ])
  }

  @Test func theSharedPromptIsForAllAndNegativesAreJoined() throws {
    let all = try together("sdxl-xinsir")
    let texts = ComfyFixture.nodes(all.workflow, "CLIPTextEncode").compactMap {
      ComfyFixture.value($0, "text")?.inText
    }
    #expect(texts == ["a field", "text, beard", "a woman", "a man"])
  }

  @Test func eachCharactersPictureAppliesWhereTheCharacterIsVisible() throws {
    var export = try ComfyFixture.export("sdxl-xinsir", stages: [])
    let file = try #require(ReferencePicture.file(Array("GIF89a, and more".utf8)))
    export.references = ["ana": file, "ben": file]
    let described = try #require(Fixture.read(ComfyFixture.scene)?.scene)
    let solved = try #require(Fixture.solved(ComfyFixture.scene))
    let all = try #require(try export.together(of: solved, described: described).first)
    func picture(_ input: String, of adapter: ComfyWorkflow.Node) -> String? {
      var node: ComfyWorkflow.Node? = adapter
      for name in [input, "image"] {
        guard case .link(let index, _)? = ComfyFixture.value(node, name) else { break }
        node = all.workflow.nodes[index]
      }
      return ComfyFixture.value(node, "image")?.inText
    }
    let adapters = ComfyFixture.nodes(all.workflow, "IPAdapter")
    #expect(
      adapters.map { picture("image", of: $0) } == [
        "posemap-field-all-ana-reference.gif", "posemap-field-all-ben-reference.gif",
      ])
    #expect(
      adapters.map { picture("attn_mask", of: $0) } == [
        "posemap-field-all-region-ana.png", "posemap-field-all-region-ben.png",
      ])
    #expect(all.pictures.filter { $0.path.hasSuffix("reference.gif") }.count == 2)
    #expect(ComfyWorkflowCheck.faults(of: all.workflow, by: .known).isEmpty)
  }

  /// With everybody's prompt, a detailer would mix the characters' faces.
  @Test(arguments: ["sd15", "z-image"])
  func facesAndHandsAreDrawnAnewByTheirOwnersPrompts(_ family: String) throws {
    let all = try together(family, stages: ["face", "hands"])
    #expect(ComfyWorkflowCheck.faults(of: all.workflow, by: .known).isEmpty)
    let detailers = ComfyFixture.nodes(all.workflow, "DetailerForEach")
    let texts = detailers.map { node -> String? in
      guard case .link(let index, _)? = ComfyFixture.value(node, "positive") else { return nil }
      return ComfyFixture.value(all.workflow.nodes[index], "text")?.inText
    }
    let both = ["a field, a woman", "a field, a man"]
    #expect(texts == both + both)
    #expect(all.workflow.nodes.compactMap(\.saves) == ["base", "face", "hands"])
    for name in ["face-ana", "face-ben", "hands-ana", "hands-ben"] {
      #expect(all.pictures.contains { $0.path.hasSuffix("-\(name).png") }, "\(name)")
    }
  }

  @Test func picturesOfAnEarlierRunAreTakenAway() throws {
    let ana = try together("sd15", only: ["ana"], stages: ["face"])
    let strays = ana.strayPictures.map { String($0.dropFirst("input/posemap-field-all-".count)) }
    for name in ["face-ben.png", "region-ben.png", "hands-ana.png", "ben-reference.png"] {
      #expect(strays.contains(name), "\(strays)")
    }
    #expect(!strays.contains("face-ana.png") && !strays.contains("region-ana.png"))
  }

  @Test func regionsAreTheVisiblePartsOfEachCharacter() throws {
    let all = try together("sd15")
    let scene = try #require(Fixture.solved(ComfyFixture.scene))
    for own in try GeneratorMaps.draw(scene, maps: [.visible], only: nil) {
      let region = all.pictures.first { $0.path.hasSuffix("-region-\(own.id).png") }
      #expect(region?.bytes == own.files[0].bytes)
    }
  }

  @Test func theMapsShowAllRequestedCharacters() throws {
    func map(_ only: [String]?) throws -> [UInt8]? {
      try together("sd15", only: only).pictures.first { $0.path.hasSuffix("openpose.png") }?.bytes
    }
    let scene = try #require(Fixture.solved(ComfyFixture.scene))
    let ana = try #require(try GeneratorMaps.draw(scene, maps: [.openpose], only: ["ana"]).first)
    #expect(try map(["ana"]) == ana.files[0].bytes)
    #expect(try map(nil) != ana.files[0].bytes)
  }
}
