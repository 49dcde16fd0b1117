import FoundationEssentials
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

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
    _ = try ComfyFixture.characters(
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
    let error = #expect(throws: ComfyRecipeFaults.self) { _ = try ComfyFixture.characters(export) }
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
