import Export
import MapRender
import TestSupport
import Testing

private let example = CommandRunner.repository + "/Examples/window/scene.json"
private let small = ["--size", "208x304"]

@Suite struct RenderCommandTests {
  @Test func theWindowSceneGivesEveryCharacterItsMaps() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("render", example, "-o", "out", "--size", "208x304")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let maps = [
      "canny.png", "depth.png", "keypoints.json", "mask.png", "normal.png", "openpose.json",
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
        "female/depth.png", "female/keypoints.json", "female/openpose.json", "female/openpose.png",
        "manifest.json",
      ])
    // He is not drawn, but still counts for the depth range that both share.
    #expect(runner.bytes("some/female/depth.png") == runner.bytes("all/female/depth.png"))
  }

  @Test func turningAnElbowChangesThatArmInTheMapsAndNothingElse() throws {
    let runner = try CommandRunner()
    for (name, angle) in [("before", 40), ("after", 50)] {
      let body = "\"id\": \"her\", \"body\": \"female\""
      let arm = "\"leftUpperArm\": {\"abduction\": 60}, \"leftLowerArm\": {\"flexion\": \(angle)}"
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

  @Test func severalScenesGetFoldersOfTheirOwn() throws {
    let runner = try CommandRunner()
    let dancer = CommandRunner.repository + "/Examples/dancer/scene.json"
    let outcome = try runner.run(
      "render", example, dancer, "-o", "out", "--size", "64x64", "--maps", "mask")
    #expect(outcome.code == 0)
    #expect(runner.files("out").contains("window/male/mask.png"))
    #expect(runner.files("out").contains("dancer/dancer/mask.png"))
  }

  @Test func aSheetHasARowACharacter() throws {
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
    let outcome = try runner.run(
      executable: copy, ["render", example, "-o", "out", "--maps", "mask"] + small)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: ["window", "dancer", "table"])
  func everyExampleIsFreeOfWarnings(_ name: String) throws {
    let runner = try CommandRunner()
    let scene = "\(CommandRunner.repository)/Examples/\(name)/scene.json"
    let outcome = try runner.run("render", scene, "--strict", "-o", "o", "--size", "64x64")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }
}
