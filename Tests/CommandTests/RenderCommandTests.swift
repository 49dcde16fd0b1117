import Export
import Foundation
import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

private let example = CommandRunner.repository + "/Examples/window/scene.json"
private let small = ["--size", "208x304"]

@Suite struct RenderCommandTests {
  @Test func theWindowSceneHasMapsForEveryCharacter() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("render", example, "-o", "out", "--size", "208x304")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let maps = [
      "boxes.json", "canny.png", "depth.png", "keypoints.json", "mask.png", "normal.png",
      "openpose.json",
      "openpose.png",
    ]
    let expected =
      ["female", "male"].flatMap { id in maps.map { "\(id)/\($0)" } } + ["manifest.json"]
    #expect(runner.files("out") == expected)
    #expect(outcome.output.split(separator: "\n").count == expected.count)
  }

  @Test func twoRunsAreEqualByteForByte() throws {
    let runner = try CommandRunner()
    for folder in ["a", "b"] {
      #expect(try runner.run("render", example, "-o", folder, "--size", "208x304", "-q").code == 0)
    }
    #expect(!runner.files("a").isEmpty && runner.files("a") == runner.files("b"))
    for file in runner.files("a") {
      #expect(runner.bytes("a/\(file)") == runner.bytes("b/\(file)"), "\(file)")
    }
  }

  @Test func onlyAndMapsLimitWhatIsWrittenWithoutChangingIt() throws {
    let runner = try CommandRunner()
    _ = try runner.run("render", example, "-o", "all", "--size", "208x304")
    let outcome = try runner.run(
      "render", example, "-o", "some", "--size", "208x304", "--only", "female", "--maps",
      "openpose,depth")
    #expect(outcome.code == 0)
    #expect(
      runner.files("some") == [
        "female/boxes.json", "female/depth.png", "female/keypoints.json", "female/openpose.json",
        "female/openpose.png",
        "manifest.json",
      ])
    // He is not drawn, but still counts in the depth range that both share.
    #expect(runner.bytes("some/female/depth.png") == runner.bytes("all/female/depth.png"))
  }

  @Test func turningAnElbowChangesThatArmInTheMapsAndNothingElse() throws {
    let runner = try CommandRunner()
    for (name, angle) in [("before", 40), ("after", 50)] {
      let body = #""id": "her", "body": "female""#
      let arm = #""leftUpperArm": {"abduction": 60}, "leftLowerArm": {"flexion": \#(angle)}"#
      let scene = """
        {"canvas": [256, 256], "camera": {"position": [0, 1, 3.5], "target": [0, 0.9, 0]},
         "characters": [{\(body), "pose": {"joints": {\(arm), "rightUpperArm": {"flexion": 70}}}}]}
        """
      try runner.write(scene, to: "\(name).json")
      #expect(try runner.run("render", "\(name).json", "-o", name).code == 0)
    }
    for map in ["mask", "depth", "normal", "openpose", "canny"] {
      let images = try ["before", "after"].map {
        try PNGFile.decodeRGB(try #require(runner.bytes("\($0)/her/\(map).png")))
      }
      let changed = images[0].pixels.indices.filter { images[0].pixels[$0] != images[1].pixels[$0] }
      #expect(!changed.isEmpty)
      // Her left arm is in the right half of the picture, above the hips.
      #expect(changed.allSatisfy { $0 % 256 > 140 && $0 / 256 < 180 }, "\(map)")
    }
  }

  @Test func neitherThreadsNorTheOrderOfCharactersChangeAnyMap() throws {
    let runner = try CommandRunner()
    let characters = [
      #"{"id": "b", "body": "male", "position": [0, 0, -0.6]}"#,
      #"{"id": "a", "body": "female", "position": [0.2, 0, 0]}"#,
      #"{"id": "c", "body": "male", "position": [-0.3, 0, 0.4], "yaw": 30}"#,
    ]
    for (name, order, threads) in [("one", [0, 1, 2], "0"), ("two", [2, 0, 1], "2")] {
      let list = order.map { characters[$0] }.joined(separator: ", ")
      try runner.write(#"{"canvas": [192, 256], "characters": [\#(list)]}"#, to: "\(name).json")
      for arguments in [
        ["-o", name], ["-o", name, "--together"], ["-o", name + "-zoe", "--depth", "zoe"],
      ] {
        let outcome = try runner.run(
          executable: "/usr/bin/env",
          ["LP_NUM_THREADS=\(threads)", CommandRunner.command, "render", "\(name).json", "-q"]
            + ["--maps", "all", "--segmentation", "characters"] + arguments)
        #expect(outcome.code == 0, "\(outcome.errors)")
      }
    }
    for suffix in ["", "-zoe"] {
      let files = runner.files("one" + suffix).filter { $0 != "manifest.json" }
      #expect(
        files.count >= 3 * 15
          && files == runner.files("two" + suffix).filter { $0 != "manifest.json" })
      for file in files {
        #expect(
          runner.bytes("one\(suffix)/\(file)") == runner.bytes("two\(suffix)/\(file)"), "\(file)")
      }
    }
  }

  @Test func togetherIsOnePictureWithTheNearestInFront() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      "render", example, "-o", "out", "--together", "--maps", "mask,visible,openpose", "--size",
      "208x304")
    #expect(outcome.code == 0)
    #expect(
      runner.files("out").filter { $0.hasSuffix(".png") } == [
        "all/mask.png", "all/openpose.png", "all/visible.png",
      ])
    let json = String(decoding: try #require(runner.bytes("out/all/keypoints.json")), as: UTF8.self)
    let (her, him) = (json.range(of: #""female""#), json.range(of: #""male""#))
    // She sits nearer to the camera, so she is drawn over him, although the file lists her first.
    #expect(try #require(him).lowerBound < (try #require(her)).lowerBound)
  }

  @Test func visibleIsTheMaskWithoutWhatIsInFront() throws {
    let runner = try CommandRunner()
    _ = try runner.run(
      "render", example, "-o", "out", "--maps", "mask,visible", "--size", "208x304")
    func pixels(_ file: String) throws -> [RGB8] {
      try PNGFile.decodeRGB(try #require(runner.bytes("out/\(file).png"))).pixels
    }
    let (mask, visible) = (try pixels("female/mask"), try pixels("female/visible"))
    let his = try pixels("male/mask")
    #expect(zip(mask, visible).filter { $1 != .black }.allSatisfy { $0.0 == .white })
    // His hand reaches in front of hers; nothing else of him does.
    let hidden = mask.indices.filter { mask[$0] == .white && visible[$0] == .black }
    #expect(!hidden.isEmpty && hidden.contains { his[$0] == .white })
  }

  @Test func aProfileSetsTheSizeAndTheStyle() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      "render", example, "-o", "out", "--profile", "wan-vace", "--maps", "openpose,mask", "-q")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let mask = try PNGFile.decodeRGB(try #require(runner.bytes("out/female/mask.png")))
    #expect(mask.width == 480 && mask.height == 832)
    let manifest = String(decoding: try #require(runner.bytes("out/manifest.json")), as: UTF8.self)
    #expect(
      manifest.contains(#""openpose" : "vace""#)
        && manifest.contains(#""profile" : "wan-vace""#))
  }

  @Test func wrongSettingsAreUsageErrorsAndWriteNothing() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("render", example, "-o", "out", "--depth", "zo", "--normal", "gl")
    #expect(outcome.code == 64 && runner.files("out").isEmpty)
    #expect(
      outcome.errorLines == [
        #"posemap: error: unknown value "zo" of "depth"; did you mean "zoe"? allowed: disparity, zoe, linear"#,
        #"posemap: error: unknown value "gl" of "normal"; allowed: bae, midas, opengl, directx"#,
      ])
  }

  @Test func everyMapIsListedAndDocumented() throws {
    let list = try CommandRunner().run("maps").output
    let page = try String(
      contentsOfFile: CommandRunner.repository + "/docs/maps.md", encoding: .utf8)
    for map in MapName.allCases {
      #expect(list.contains("\(map.rawValue) "), "\(map)")
      #expect(page.contains("`\(map.rawValue)`"), "\(map)")
    }
    for profile in Profile.all {
      #expect(list.contains(profile.name) && page.contains("`\(profile.name)`"))
    }
  }

  @Test func severalScenesGetSeparateFolders() throws {
    let runner = try CommandRunner()
    let dancer = CommandRunner.repository + "/Examples/dancer/scene.json"
    let outcome = try runner.run(
      "render", example, dancer, "-o", "out", "--size", "64x64", "--maps", "mask")
    #expect(outcome.code == 0)
    #expect(runner.files("out").contains("window/male/mask.png"))
    #expect(runner.files("out").contains("dancer/dancer/mask.png"))
  }

  @Test func aSheetHasOneRowPerCharacter() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      "sheet", example, "-o", "s.png", "--height", "64", "--size", "208x304")
    #expect(outcome.code == 0)
    let sheet = try PNGFile.decodeRGB(try #require(runner.bytes("s.png")))
    #expect(sheet.height == 2 * (64 + 6) + 6)
  }

  @Test func theCommandWorksWhereverItIsCopied() throws {
    let runner = try CommandRunner()
    let copy = runner.folder + "/copied"
    _ = try runner.run(executable: "/bin/cp", [CommandRunner.command, copy])
    // The pose library is not copied; the dancer works without it.
    let dancer = CommandRunner.repository + "/Examples/dancer/scene.json"
    let outcome = try runner.run(
      executable: copy, ["render", dancer, "-o", "out", "--maps", "mask"] + small)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: [
    "window/scene", "dancer/scene", "table/scene", "pairs/handshake.scene", "pairs/hug.scene",
    "pairs/waltz.scene", "pairs/back-to-back.scene", "pairs/bridal-carry.scene",
  ])
  func everyExampleHasNoWarnings(_ name: String) throws {
    let runner = try CommandRunner()
    let scene = "\(CommandRunner.repository)/Examples/\(name).json"
    let outcome = try runner.run("render", scene, "--strict", "-o", "o", "--size", "64x64")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }
}
