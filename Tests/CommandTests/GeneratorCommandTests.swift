import Foundation
import TestSupport
import Testing

/// The files of `comfyui`, `a1111` and `diffusers`, and messages about mistakes.
@Suite struct GeneratorCommandTests {
  @Test func comfyUIWritesBothFormsAndTheMapsTheyLoad() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run("comfyui", "field.scene.json", "-q", "--only", "ben")
    #expect(done.code == 0, "\(done.errors)")
    #expect(
      runner.files("comfyui") == [
        "ben/mask.png", "ben/visible.png", "ben/workflow.json", "ben/workflow_api.json",
        "input/posemap-field-ben-canny.png", "input/posemap-field-ben-depth.png",
        "input/posemap-field-ben-face.png", "input/posemap-field-ben-openpose.png",
      ])
    let api = String(
      decoding: try #require(runner.bytes("comfyui/ben/workflow_api.json")), as: UTF8.self)
    #expect(api.contains("posemap-field-ben-openpose.png"))
  }

  @Test func aSceneWithoutPromptsIsReported() throws {
    let runner = try FieldScene.runner(
      #"{"canvas": [512, 512], "characters": [{"id": "a", "body": "male"}]}"#)
    let done = try runner.run("diffusers", "field.scene.json", "-q")
    #expect(done.code == 0)
    #expect(
      done.errorLines == [
        #"field.scene.json: note: the scene has no "prompt", so nothing describes what all pictures share"#
      ])
  }

  @Test func aFaceThatIsTurnedAwayIsNotDetailed() throws {
    let runner = try FieldScene.runner(
      #"{"canvas": [512, 512], "prompt": "x", "characters": [{"id": "a", "body": "male", "yaw": 180}]}"#
    )
    let done = try runner.run("comfyui", "field.scene.json", "-q")
    #expect(done.code == 0)
    #expect(
      done.errorLines == [
        #"field.scene.json: note: the face of "a" cannot be seen; its workflow has no stage "face""#
      ])
    #expect(!runner.files("comfyui").contains { $0.hasSuffix("face.png") })
  }

  @Test func aScenesNameDoesNotDependOnTheWorkingFolder() throws {
    let runner = try CommandRunner()
    try runner.write(FieldScene.scene, to: "meadow/scene.json")
    let options = ["-q", "--stages", "none", "--only", "ana"]
    let paths = [
      "meadow/scene.json", "./meadow/scene.json", "\(runner.folder)/meadow/../meadow/scene.json",
    ]
    for (number, path) in paths.enumerated() {
      let done = try runner.run(["comfyui", path, "-o", "out\(number)"] + options)
      #expect(done.code == 0, "\(done.errors)")
      #expect(runner.files("out\(number)").contains("input/posemap-meadow-ana-openpose.png"))
    }
    let inside = try runner.run(
      executable: "/bin/sh",
      ["-c", #"cd meadow && "$0" comfyui scene.json -o in \#(options.joined(separator: " "))"#]
        + [CommandRunner.command])
    #expect(inside.code == 0, "\(inside.errors)")
    #expect(runner.files("meadow/in").contains("input/posemap-meadow-ana-openpose.png"))
  }

  @Test func requestsWithoutEffectAreReported() throws {
    let runner = try FieldScene.runner(
      FieldScene.scene.replacing(#""seed": 5"#, with: #""seed": 5, "negative": "hat""#))
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--profile", "flux-union", "--size", "832x1216", "--set",
      "canny.strength=0.2", "--set", "upscale=1.05")
    #expect(done.code == 0, "\(done.errors)")
    #expect(
      done.errorLines == [
        #"field.scene.json: note: no "prompt" says what ben looks like"#,
        #"field.scene.json: note: these models take no negative prompt; "negative" is not in the workflows"#,
        "field.scene.json: note: enlarged pictures are 864×1264, 1.038 times the canvas: the nearest size of its shape whose sides are multiples of 8",
        "posemap: note: --set canny.strength changes nothing: the map canny is not applied; --maps says which are",
      ])
    let sent = try runner.run(
      "a1111", "field.scene.json", "-q", "--profile", "sd15", "--set", "canny.weight=0.2", "--set",
      "depth.weight=0.2")
    #expect(
      sent.errorLines.last
        == "posemap: note: --set canny.weight changes nothing: the map canny is not sent; --maps says which are"
    )
    #expect(sent.errors.components(separatedBy: "changes nothing").count == 2)
  }

  @Test func aSettingOfASkippedStageIsReported() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--only", "ana", "--stages", "none", "--set",
      "upscale=2", "--set", "styleDenoise=0.3")
    #expect(done.code == 0)
    #expect(
      done.errorLines == [
        #"posemap: note: --set upscale changes nothing: it belongs to the stage "upscale", which --stages leaves out"#,
        #"posemap: note: --set styleDenoise changes nothing: it belongs to the stage "style", which --stages leaves out"#,
      ])
  }

  /// A note about something that is not written would mislead people.
  @Test func notesConcernOnlyWrittenFiles() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--only", "ana", "--maps", "openpose", "--depth-bits",
      "16", "--lines", "dark-on-light")
    #expect(done.code == 0 && done.errorLines.isEmpty, "\(done.errors)")
  }

  @Test(arguments: [
    ("comfyui", "its workflow does without"), ("a1111", "its payload does without"),
    (
      "diffusers", "its picture does without"
    ),
  ])
  func aMapThatShowsNothingIsNamedAndLeftOut(_ command: String, _ consequence: String) throws {
    // At such a short distance, no keypoint of the person is in the picture.
    let runner = try FieldScene.runner(
      """
      {"canvas": [256, 256], "camera": {"position": [0, 1.3, 0.35], "target": [0, 1.3, 0], "fovY": 12},
       "prompt": "x", "profile": "sd15", "characters": [{"id": "a", "body": "male", "prompt": "y"}]}
      """)
    let done = try runner.run(
      command, "field.scene.json", "-q", "-o", "out", "--maps", "openpose,depth")
    #expect(done.code == 0)
    let warning =
      #"field.scene.json: warning: the map openpose shows nothing of "a"; \#(consequence)"#
    #expect(done.errorLines.filter { $0.contains("shows nothing") } == [warning], "\(done.errors)")
    if command == "a1111" {
      let scripts = try FieldScene.json(runner, "out/a/txt2img.json")["alwayson_scripts"]
      let units = (scripts as? [String: [String: [[String: Any]]]])?["controlnet"]?["args"]
      #expect(
        units?.compactMap { $0["model"] as? String } == ["control_v11f1p_sd15_depth [cfd03158]"])
    }
    if command == "comfyui" {
      #expect(runner.files("out/input").contains { $0.hasSuffix("depth.png") })
      #expect(!runner.files("out/input").contains { $0.hasSuffix("openpose.png") })
    }
  }

  /// ComfyUI's reader rounds 8-bit gray; the files of `render` itself stay small.
  @Test(arguments: ["comfyui", "a1111", "diffusers"])
  func picturesForGeneratorsAreColor(_ command: String) throws {
    let runner = try FieldScene.runner()
    #expect(
      try runner.run(command, "field.scene.json", "-q", "-o", "out", "--profile", "sd15").code == 0)
    let pictures = runner.files("out").filter { $0.hasSuffix(".png") }
    #expect(pictures.count >= 10)
    for picture in pictures {
      #expect(try #require(runner.bytes("out/\(picture)"))[25] == 2, "\(picture)")
    }
    #expect(try runner.run("render", "field.scene.json", "-q", "-o", "maps").code == 0)
    #expect(try #require(runner.bytes("maps/ana/depth.png"))[25] == 0)
  }

  @Test func mapsOfAnEarlierRunAreRemoved() throws {
    let runner = try FieldScene.runner()
    let options = ["comfyui", "field.scene.json", "-q", "--stages", "none"]
    func run(_ more: String...) throws -> Int32 {
      try runner.run(options + more).code
    }
    #expect(try run() == 0)
    #expect(try run("--maps", "depth", "--only", "ana") == 0)
    #expect(
      runner.files("comfyui/input") == [
        "posemap-field-ana-depth.png", "posemap-field-ben-canny.png",
        "posemap-field-ben-depth.png", "posemap-field-ben-openpose.png",
      ])
  }

  @Test func severalLoRAsAreSeparatedByCommas() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--only", "ana", "--lora", "a.st:0.7,b.st", "--lora",
      "c.st:-1")
    #expect(done.code == 0, "\(done.errors)")
    let api = String(
      decoding: try #require(runner.bytes("comfyui/ana/workflow_api.json")), as: UTF8.self)
    for name in ["a.st", "b.st", "c.st"] { #expect(api.contains(#""lora_name": "\#(name)""#)) }
  }

  @Test func theSeedCanBeChanged() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run("a1111", "field.scene.json", "-q", "--seed", "1125899906842623")
    #expect(done.code == 0, "\(done.errors)")
    #expect(
      try FieldScene.json(runner, "a1111/ana/txt2img.json")["seed"] as? Int == 1_125_899_906_842_623
    )
    let large = try runner.run("a1111", "field.scene.json", "-q", "--seed", "1125899906842625")
    #expect(
      large.code == 64 && large.firstError == "Error: --seed must be from 0 to 1125899906842624")
  }

  @Test func aFamilysFileCanBePrintedChangedAndUsed() throws {
    let runner = try FieldScene.runner()
    let printed = try runner.run("comfyui", "--print-model", "--profile", "qwen")
    #expect(printed.code == 0)
    try runner.write(
      printed.output.replacing(#""cfg": 2.5"#, with: #""cfg": 3.25"#), to: "mine.json")
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--model", "mine.json", "--only", "ana")
    #expect(done.code == 0, "\(done.errors)")
    let api = String(
      decoding: try #require(runner.bytes("comfyui/ana/workflow_api.json")), as: UTF8.self)
    #expect(api.contains(#""cfg": 3.25"#))
  }

  @Test func aPayloadContainsItsMaps() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "a1111", "field.scene.json", "--profile", "sd15", "--set", "checkpoint=dream.safetensors",
      "--set", "depth.weight=0.25")
    #expect(done.code == 0, "\(done.errors)")
    let data = Data(try #require(runner.bytes("a1111/ana/txt2img.json")))
    let payload = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(payload["seed"] as? Int == 5)
    let override = payload["override_settings"] as? [String: String]
    #expect(override == ["sd_model_checkpoint": "dream.safetensors"])
    let scripts = payload["alwayson_scripts"] as? [String: [String: [[String: Any]]]]
    let units = try #require(scripts?["controlnet"]?["args"])
    #expect(units.count == 3)
    #expect(units[1]["weight"] as? Double == 0.25)
    let image = Data(base64Encoded: try #require(units[1]["image"] as? String))
    #expect(image.map(Array.init) == runner.bytes("a1111/ana/depth.png"))
  }

  @Test func mapsBeyondTheUsualUnitsAreReportedAsDropped() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "a1111", "field.scene.json", "--profile", "sd15", "--maps", "depth,normal,canny,openpose")
    #expect(done.code == 0)
    #expect(
      done.errorLines == [
        #"field.scene.json: note: no "prompt" says what ben looks like"#,
        #"posemap: note: A1111 and Forge use 3 maps and ignore the others silently, unless "Multi-ControlNet: ControlNet unit number" in their settings is 4 or more"#,
      ])
  }

  @Test func linesAreLightWhateverTheSceneSpecifies() throws {
    let runner = try FieldScene.runner()
    let canny = "comfyui/input/posemap-field-ana-canny.png"
    func draw(_ lines: String) throws -> CommandRunner.Outcome {
      try runner.run("comfyui", "field.scene.json", "-q", "--maps", "canny", "--lines", lines)
    }
    let aboutWords = #"field.scene.json: note: no "prompt" says what ben looks like"#
    #expect(try draw("light-on-dark").errorLines == [aboutWords])
    let light = try #require(runner.bytes(canny))
    let done = try draw("dark-on-light")
    #expect(done.code == 0)
    #expect(
      done.errorLines == [
        "field.scene.json: note: lines are light on dark here: the networks were trained on such lines",
        aboutWords,
      ])
    #expect(runner.bytes(canny) == light)
  }

  @Test func depthHasEightBitsWhateverTheSceneSpecifies() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run("comfyui", "field.scene.json", "-q", "--depth-bits", "16")
    #expect(done.code == 0)
    #expect(
      done.errorLines.first
        == "field.scene.json: note: depth has 8 bits here, not 16: generators read only 8, or the wrong 8"
    )
    // The bit depth is byte 24 of a PNG.
    #expect(try #require(runner.bytes("comfyui/input/posemap-field-ana-depth.png"))[24] == 8)
  }

  @Test(arguments: [
    (["comfyui"], "Error: name a scene file"),
    (
      ["comfyui", "field.scene.json", "--profile", "wan-vace"],
      "posemap: error: there is no ComfyUI workflow for the profile wan-vace; there are: anima, flux-union, flux2-fun, flux2-klein, krea2, noobai, qwen-edit, qwen-fun, qwen, qwen21-fun, sd15, sd35, sdxl-xinsir, z-image-base, z-image"
    ),
    (
      ["comfyui", "field.scene.json", "--profile", "qwen", "--maps", "normal"],
      "posemap: error: --maps: these models do not take normal; they take: openpose, depth, canny, softedge"
    ),
    (
      ["comfyui", "field.scene.json", "--profile", "qwen-edit", "--maps", "openpose,depth"],
      "posemap: error: --maps: these models take 1 at a time, not 2"
    ),
    (
      ["comfyui", "field.scene.json", "--profile", "flux2-klein", "--one-pass"],
      "posemap: error: --one-pass: these models take no prompts for parts of the picture; leave it out, and merge the pictures"
    ),
    (
      ["comfyui", "field.scene.json", "--stages", "upscal"],
      #"posemap: error: --stages: unknown stage "upscal" of these models; did you mean "upscale"? allowed: variants, upscale, style, face, hands, none"#
    ),
    (
      ["comfyui", "field.scene.json", "--choose", "deamon"],
      #"posemap: error: --choose: unknown picture "deamon" to continue from; did you mean "daemon"? allowed: base, daemon, sigmas, lying"#
    ),
    (
      ["comfyui", "field.scene.json", "--choose", "daemon", "--stages", "face"],
      #"posemap: error: --choose: the picture "daemon" is made in the stage "variants", which is not among the stages; add it: --stages variants,face"#
    ),
    (
      ["comfyui", "field.scene.json", "--lora", "a.st:strong"],
      "Error: The value 'a.st:strong' is invalid for '--lora <loras>': a LoRA must be <file> or <file>:<strength>, the strength from -10 to 10"
    ),
    (
      ["comfyui", "field.scene.json", "--lora", "a.st", "--stages", "face"],
      #"posemap: error: --lora is for the stage "style", which is not among --stages"#
    ),
    (
      ["comfyui", "field.scene.json", "--set", "cfg"],
      "Error: The value 'cfg' is invalid for '--set <name=value>': a setting must be <name>=<value>"
    ),
    (
      ["comfyui", "field.scene.json", "--set", "cgf=3"],
      #"posemap: error: --set: unknown setting "cgf" of these models; did you mean "cfg"? allowed: cfg, checkpoint, choose, controlnet, detailAmount, dishonesty, faceBy, faceDenoise, faceDetector, faceLongest, faceSize, handsDenoise, handsLongest, handsSize, likeness, likenessPreset, regionStrength, sampler, scheduler, sigmaFactor, steps, styleDenoise, upscale, upscaleDenoise, upscaleModel, vae, variantDenoise"#
    ),
    (
      ["comfyui", "field.scene.json", "--model", "m.json", "--profile", "qwen"],
      "Error: --model and --profile both name the models; give one of them"
    ),
    (
      ["comfyui", "field.scene.json", "--set", "seed=4"],
      #"posemap: error: --set: the seed is the scene's "seed"; --seed overrides it"#
    ),
    (
      ["comfyui", "field.scene.json", "--set", "checkpoint="],
      #"posemap: error: --set: "checkpoint" must not be empty"#
    ),
    (
      ["comfyui", "field.scene.json", "--set", "steps=0"],
      #"posemap: error: --set steps=0: "steps" of KSampler (First pass) is 0; it must be a whole number from 1 to 10000"#
    ),
    (
      ["comfyui", "field.scene.json", "--set", "upscale=0"],
      #"posemap: error: --set upscale=0: "upscale" is a multiple of the canvas, 1 to 8, not 0"#
    ),
    (
      ["comfyui", "field.scene.json", "--stages", "style"],
      "posemap: error: --stages: style needs a LoRA: --lora <file>:<strength>"
    ),
    (
      ["comfyui", "field.scene.json", "--stages", ""],
      "posemap: error: --stages is empty; write none, or some of: variants, upscale, style, face, hands"
    ),
    (
      ["comfyui", "--print-model", "--model", "m.json"],
      "Error: --print-model prints the models of --profile; --model is already a file"
    ),
    (
      ["comfyui", "field.scene.json", "--seed", "-1"],
      "Error: --seed must be from 0 to 1125899906842624"
    ),
    (
      ["a1111", "field.scene.json", "--set", "depth.control_mode=balanced"],
      #"posemap: error: --set: unknown value "balanced" of "depth.control_mode"; did you mean "Balanced"? allowed: Balanced, My prompt is more important, ControlNet is more important"#
    ),
    (
      ["a1111", "field.scene.json", "--set", "send_images=false"],
      #"posemap: error: --set: "send_images" cannot be set here, because the pictures would not arrive in the form that posemap needs; change it in the file"#
    ),
    (
      ["comfyui", "field.scene.json", "--stages", "none,face"],
      "posemap: error: --stages: none stands alone: it means only the first picture"
    ),
    (
      ["comfyui", "field.scene.json", "--choose", "daemon", "--stages", "upscale"],
      #"posemap: error: --choose: the picture "daemon" is made in the stage "variants", which is not among the stages; add it: --stages variants,upscale"#
    ),
    (
      ["a1111", "field.scene.json", "--set", "depth.weight=3"],
      #"posemap: error: --set: "depth.weight" must be from 0 to 2, not 3"#
    ),
    (
      ["comfyui", "field.scene.json", "--submit", "ftp://example.org"],
      #"posemap: error: "ftp://example.org" is not a server's address: it must begin with http:// or https://"#
    ),
    (
      ["a1111", "field.scene.json", "--profile", "qwen"],
      "posemap: error: A1111 and Forge have no ControlNet for the profile qwen; there are payloads for: sd15, sdxl-xinsir"
    ),
    (
      ["a1111", "field.scene.json", "--set", "step=3"],
      #"posemap: error: --set: unknown setting "step" of these models; did you mean "steps"? allowed: checkpoint, steps, cfg_scale, sampler_name, scheduler, batch_size, n_iter, enable_hr, send_images, save_images, override_settings, override_settings_restore_afterwards"#
    ),
    (
      ["diffusers", "field.scene.json", "--maps", "mask"],
      "posemap: error: --maps: these models do not take mask; they take: openpose, depth, canny, normal, lineart, softedge, segmentation"
    ),
  ])
  func mistakesOnTheCommandLineAreNamed(_ arguments: [String], _ message: String) throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(arguments)
    #expect(done.code == 64)
    #expect(done.firstError == message)
    #expect(runner.files(".") == ["field.scene.json"])
  }

  @Test func aCharactersPictureIsWrittenWithTheMaps() throws {
    let runner = try FieldScene.runner(
      #"{"canvas": [512, 512], "prompt": "x", "characters": [{"id": "a", "body": "male", "prompt": "y", "reference": "maps/a/mask.png"}]}"#
    )
    let warning =
      #"field.scene.json:1:110: warning: generators cannot take the reference "maps/a/mask.png" (maps/a/mask.png): No such file or directory; maps need none"#
    #expect(try runner.run("check", "field.scene.json").output.contains(warning))
    let missing = try runner.run("comfyui", "field.scene.json", "-q", "--profile", "qwen-edit")
    #expect(missing.code == 66)
    #expect(
      missing.errorLines.last
        == #"maps/a/mask.png: error: cannot read the reference picture of "a": No such file or directory"#
    )
    // Its own mask is also a picture.
    let drawn = try runner.run("render", "field.scene.json", "-q", "-o", "maps", "--maps", "mask")
    #expect(drawn.code == 0)
    let picture = try #require(runner.bytes("maps/a/mask.png"))
    let done = try runner.run(
      "comfyui", "field.scene.json", "-q", "--profile", "qwen-edit", "--stages", "none")
    #expect(done.code == 0, "\(done.errors)")
    #expect(runner.bytes("comfyui/input/posemap-field-a-reference.png") == picture)
    let other = try runner.run(
      "comfyui", "field.scene.json", "-q", "--profile", "sd35", "--stages", "none")
    #expect(
      other.errorLines == [
        #"field.scene.json: note: these models take no picture of a character; "reference" is not in the workflows"#
      ])
    #expect(!runner.files("comfyui").contains { $0.contains("reference") })
  }

  @Test func onePassMakesOneWorkflowForAll() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run("comfyui", "field.scene.json", "-q", "--one-pass")
    #expect(done.code == 0, "\(done.errors)")
    #expect(!done.errors.contains("stage"), "\(done.errors)")
    // Ben has no prompt, and therefore no region.
    #expect(
      runner.files("comfyui") == [
        "all/mask.png", "all/visible.png", "all/workflow.json", "all/workflow_api.json",
        "input/posemap-field-all-canny.png", "input/posemap-field-all-depth.png",
        "input/posemap-field-all-face-ana.png", "input/posemap-field-all-face-ben.png",
        "input/posemap-field-all-openpose.png", "input/posemap-field-all-region-ana.png",
      ])
    // Files about Ben are removed when he is left out.
    #expect(
      try runner.run("comfyui", "field.scene.json", "-q", "--one-pass", "--only", "ana").code == 0)
    #expect(!runner.files("comfyui").contains { $0.contains("-ben") })
  }

  @Test func severalSeedsShareTheMaps() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "comfyui", "field.scene.json", "--only", "ana", "--stages", "none", "--seed", "8", "--seeds",
      "2")
    #expect(done.code == 0, "\(done.errors)")
    #expect(
      runner.files("comfyui").filter { $0.hasPrefix("ana/") } == [
        "ana/mask.png", "ana/seed-8/workflow.json", "ana/seed-8/workflow_api.json",
        "ana/seed-9/workflow.json", "ana/seed-9/workflow_api.json", "ana/visible.png",
      ])
    // Each file is written and listed once.
    let lines = done.output.split(separator: "\n")
    #expect(Set(lines).count == lines.count && lines.count == runner.files("comfyui").count)
  }

  @Test func aFamilysFileThatIsMissingOrNotJSON() throws {
    let runner = try FieldScene.runner()
    let missing = try runner.run("comfyui", "field.scene.json", "--model", "none.json")
    #expect(missing.code == 66)
    #expect(
      missing.errorLines == [
        "none.json: error: cannot read this model's file: No such file or directory"
      ])
    try runner.write(#"{"stages": "#, to: "bad.json")
    let done = try runner.run("comfyui", "field.scene.json", "--model", "bad.json")
    #expect(done.code == 65)
    #expect(done.errorLines == ["bad.json:1:12: error: the file ends where a value should be"])
  }
}
