import FoundationEssentials
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

/// A family described in a file, and messages about mistakes in it.
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
      #""$checkpoint""#, #""$checkpont""#,
      #"mine.json:31:88: error: unknown name "checkpont" after "$"; did you mean "checkpoint"? allowed: cfg, character, checkpoint, choose, controlnet, detailAmount, dishonesty, faceBy, faceDenoise, faceDetector, faceLongest, faceSize, first, folder, handsDenoise, handsLongest, handsSize, height, input, likeness, likenessPreset, negative, own, prompt, regionStrength, sampler, scene, scheduler, seed, seed2, seed3, seed4, seed5, seed6, shared, sigmaFactor, steps, styleDenoise, upscale, upscaleDenoise, upscaleHeight, upscaleModel, upscaleWidth, vae, variantDenoise, width"#
    ),
    (
      #""positive": "@positive""#, #""positive": "@positiv""#,
      #"mine.json:73:25: error: unknown wire "@positiv" in "controls"; did you mean "@positive"? allowed: @clip, @controlnet, @latent, @model, @negative, @positive, @vae"#
    ),
    (
      #"["shared", 0]"#, #"["sharde", 0]"#,
      #"mine.json:52:29: error: unknown node "sharde" before this one in its stage; did you mean "shared"? allowed: negative, shared"#
    ),
    (
      #"["type", 0]"#, #"["type"]"#,
      #"mine.json:73:78: error: a link is ["node", number of its output]"#
    ),
    (
      #""use": ["openpose""#, #""use": ["opnpose""#,
      #"mine.json:4:10: error: unknown map "opnpose" in "use"; did you mean "openpose"? allowed: openpose, depth, canny, normal, lineart, softedge, segmentation"#
    ),
    (
      #""profile": "sdxl-xinsir""#, #""profile": "sdxl""#,
      #"mine.json:3:14: error: unknown profile "sdxl" for a model; did you mean "sdxl-xinsir"? allowed: sd15, sdxl-xinsir, noobai, flux-union, flux2-fun, flux2-klein, qwen, qwen-fun, qwen21-fun, qwen-edit, z-image, z-image-base, anima, krea2, sd35, wan-vace, wan-vace-fun, wan-fun, wan-animate, scail"#
    ),
    (
      #""each": "map""#, #""every": "map""#,
      #"mine.json:66:7: error: unknown key "every" in the stage "controls"; allowed: title, with, each, needs, without, if, unless, asked, nodes, wires, choices"#
    ),
    (
      #""controls": {"#, #""control": {"#,
      #"mine.json:27:13: error: "stages" has no "controls", which every workflow needs"#
    ),
    (
      #""LoadImage""#, #""LoadImages""#,
      #"mine.json:68:33: error: posemap does not know the node "LoadImages"; check the spelling. For a custom node, give --object-info FILE, a server's answer to GET /object_info"#
    ),
    (
      #""start_percent": 0,"#, #""start_percent": 2,"#,
      #"mine.json:74:59: error: "start_percent" of ControlNetApplyAdvanced (Apply ControlNet) is 2; it must be a number from 0 to 1"#
    ),
    (
      #""start_percent": 0,"#, "",
      #"mine.json:71:25: error: ControlNetApplyAdvanced (Apply ControlNet) lacks "start_percent""#
    ),
    (
      #""clip": "@clip""#, #""clip": "@vae""#,
      #"mine.json:49:134: error: "clip" of CLIPTextEncode (Shared: background, light, style) takes a CLIP, but is wired to a VAE of CheckpointLoaderSimple"#
    ),
    (
      #""batch_size": 1"#, #""batch_size": 1, "size": 2"#,
      #"mine.json:33:129: error: EmptyLatentImage (Empty Latent Image) has no input "size"; did you mean "height"?"#
    ),
    (
      #""sampler": "euler_ancestral""#, #""sampler": "dpm""#,
      #"mine.json:21:16: error: "sampler_name" of KSampler (First pass) cannot be "dpm"; did you mean "dpm_2", "dpm_fast" or "dpmpp_2m"? it can be: euler, euler_cfg_pp, euler_ancestral, euler_ancestral_cfg_pp, heun, heunpp2, exp_heun_2_x0, exp_heun_2_x0_sde, dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive, dpmpp_2s_ancestral, dpmpp_2s_ancestral_cfg_pp, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_cfg_pp, dpmpp_2m_sde, dpmpp_2m_sde_gpu, dpmpp_2m_sde_heun, dpmpp_2m_sde_heun_gpu, dpmpp_3m_sde, dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, cfgpp_ud10_ab, res_multistep, res_multistep_cfg_pp, res_multistep_ancestral, res_multistep_ancestral_cfg_pp, gradient_estimation, gradient_estimation_cfg_pp, er_sde, seeds_2, seeds_3, sa_solver, sa_solver_pece, ddim, uni_pc, uni_pc_bh2"#
    ),
    (
      #""maps": {"#, #""most": 9, "maps": {"#,
      #"mine.json:5:11: error: "most" is 9; it must be 1 to 7 maps"#
    ),
    (
      #""maps": {"#, #""most": 2, "maps": {"#,
      #"mine.json:4:10: error: "use" has 3 maps, and "most" is 2"#
    ),
    (
      #""maps": {"#, #""map": {"#,
      #"mine.json:5:3: error: unknown key "map" in a model's file; did you mean "maps"? allowed: summary, profile, use, maps, most, regions, settings, shares, about, order, stages"#
    ),
  ])
  func mistakesAreNamed(_ old: String, _ new: String, _ message: String) throws {
    let said = try saying { try workflow([(old, new)]) }
    // One mistake can affect several nodes.
    #expect(said.first?.description == message)
  }

  /// Returns the findings that reading a file throws.
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

  @Test func aWrongWireIsReportedOnceWhereItIsDefined() throws {
    let said = try saying {
      try workflow([(#""vae": ["checkpoint", 2]"#, #""vae": ["checkpoint", 1]"#)])
    }
    #expect(
      said.map(\.description) == [
        #"mine.json:35:79: error: "vae" of VAEDecode (VAE Decode) takes a VAE, but is wired to a CLIP of CheckpointLoaderSimple"#
      ])
  }

  @Test func aNodeListedAfterItsUserMustBeMovedUp() throws {
    let said = try saying {
      try workflow([
        (#"["type", 0]"#, #"["later", 0]"#),
        (
          #"            "strength": "$map.strength", "start_percent": 0, "end_percent": "$map.end"\#n          }\#n        }"#,
          #"            "strength": "$map.strength", "start_percent": 0, "end_percent": "$map.end"\#n          }\#n        },\#n        "later": {"class_type": "SetUnionControlNetType", "inputs": {"control_net": "@controlnet", "type": "depth"}}"#
        ),
      ])
    }
    #expect(
      said.first?.message
        == #"the node "later" comes after this one; nodes are created in order: move it up"#)
  }

  @Test func everyMistakeInTheFileIsReportedAtOnce() throws {
    let said = try saying {
      try workflow([
        (#""use": ["openpose""#, #""use": ["opnpose""#),
        (#""each": "map""#, #""every": "map""#),
      ])
    }
    #expect(said.count == 2, "\(said)")
  }

  @Test func everyMistakeIsReportedAtOnce() throws {
    let said = try saying {
      try workflow([(#""batch_size": 1"#, #""batch_siz": 1"#), (#""cfg": 5"#, #""cfg": -5"#)])
    }
    #expect(said.count == 3, "\(said)")
  }

  @Test(arguments: [
    (
      #"{"characters": []}"#,
      "x.json:1:1: error: this is a scene, not the file of a family of models; posemap comfyui --print-model > mine.json writes one to start from"
    ),
    (
      #"{"1": {"class_type": "KSampler", "inputs": {}}}"#,
      "x.json:1:1: error: this is a workflow of ComfyUI's, not the file of a family of models; posemap comfyui --print-model > mine.json writes one to start from"
    ),
    (
      #"{"nodes": [], "links": []}"#,
      "x.json:1:1: error: this is a workflow of ComfyUI's, not the file of a family of models; posemap comfyui --print-model > mine.json writes one to start from"
    ),
  ])
  func anotherKindOfFileIsNamed(_ text: String, _ sentence: String) throws {
    let said = try saying { _ = try ComfyRecipe.read(Array(text.utf8), file: "x.json") }
    #expect(said.map(\.description) == [sentence])
  }

  @Test func aWireThatSharedStagesMissIsReportedForTheFamilysFile() throws {
    let said = try saying { try workflow([(#""vae": ["checkpoint", 2], "#, "")]) }
    #expect(
      said.first?.description
        == #"mine.json: error: unknown wire "@vae" in "base"; allowed: @clip, @controlnet, @latent, @model, @negative, @plain.negative, @plain.positive, @positive; the stages here must set it in their "wires""#
    )
  }

  @Test func aWrongSettingIsReportedOnceForAllNodes() throws {
    var recipe = try #require(try ComfyRecipe.builtIn("sdxl-xinsir"))
    #expect(recipe.set("steps", to: "0") == nil)
    #expect(recipe.set("sampler", to: "eulr") == nil)
    let export = ComfyExport(
      recipe: recipe, maps: nil, stages: recipe.stageNames, styles: [], only: nil, sceneName: "f")
    let error = #expect(throws: ComfyRecipeFaults.self) { _ = try ComfyFixture.characters(export) }
    #expect(error?.diagnostics.isEmpty == true)
    let sentences = error?.assignments.map(\.sentence) ?? []
    #expect(sentences.count == 2)
    #expect(sentences.contains { $0.hasPrefix(#"--set steps=0: "steps" of KSampler"#) })
    #expect(sentences.contains { $0.contains(#"did you mean "euler"?"#) })
  }

  @Test(arguments: ComfyRecipe.builtIn) func aFamilyAcceptsTheMapsThatItsProfileNames(
    _ name: String
  ) throws {
    let recipe = try #require(try ComfyRecipe.builtIn(name))
    #expect(recipe.profile.name == name)
    #expect(Family.of(recipe.profile).map { Set($0.takes) } == Set(recipe.takes))
  }

  @Test func aCorrectFilePasses() throws {
    try workflow([])
  }

  @Test func aServersNodesAreReadInBothForms() throws {
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
