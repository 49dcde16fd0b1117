import Foundation
import MapRender
import PoseRig
import TestSupport
import Testing

private func character(_ more: String = "", id: String = "a") -> String {
  #"{"id": "\#(id)", "body": "male"\#(more.isEmpty ? "" : ", " + more)}"#
}

private func scene(
  _ characters: [String], canvas: String = "[128, 128]", camera: String? = nil
) -> String {
  let view = camera.map { #""camera": {\#($0)}, "# } ?? ""
  return #"{"canvas": \#(canvas), \#(view)"characters": [\#(characters.joined(separator: ", "))]}"#
}

/// A scene with a mistake, everything that is reported about it, and the exit code.
private struct WrongScene: Sendable, CustomTestStringConvertible {
  var text: String
  var message: String
  var code: Int32

  init(_ text: String, _ message: String, code: Int32 = 65) {
    self.text = text
    self.message = message
    self.code = code
  }

  var testDescription: String { message }
}

private let wrongScenes = [
  WrongScene(
    scene([character(#""possition": [0, 0, 0]"#)]),
    #"scene.json:1:67: error: unknown key "possition" in a character; did you mean "position"? allowed: id, body, model, bones, hide, height, phenotype, hair, pose, hold, position, yaw, ground, proportions, wear, keypoints, prompt, negative, reference"#
  ),
  WrongScene(
    scene([character(#""pose": {"joints": {"leftElbow": [0, 0, 0]}}"#)]),
    #"scene.json:1:87: error: unknown joint "leftElbow" in "joints"; did you mean "leftLowerArm"? allowed: hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, UpperLeg, LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, ThumbDistal, and Index, Middle, Ring or Little with Proximal, Intermediate or Distal"#
  ),
  WrongScene(
    scene([character(#""yaw": "90""#)]),
    #"scene.json:1:74: error: "yaw" must be a number (-360 to 360 degrees), not a string"#),
  WrongScene(
    scene([character(#""yaw": NaN"#)]),
    "scene.json:1:74: error: NaN is not a JSON number; write a finite number"),
  WrongScene(
    scene([character(#""pose": "gone.pose.json""#)]),
    #"scene.json:1:75: error: cannot read pose "gone.pose.json" (gone.pose.json): No such file or directory"#,
    code: 66),
  WrongScene(
    scene([character(#""pose": "cycle.pose.json""#)]),
    "cycle.pose.json:1:10: error: this base leads back to the file itself: cycle.pose.json → cycle.pose.json; break the cycle"
  ),
  WrongScene(
    scene([character(), character()]),
    #"scene.json:1:68: error: two characters have the id "a" (the other in line 1); each needs its own, because it names the folder of its maps"#
  ),
  WrongScene(
    scene([character(id: "../x")]),
    #"scene.json:1:46: error: id "../x" cannot name a folder of maps; allowed: at most 64 letters, digits, - and _, beginning with a letter or digit"#
  ),
  WrongScene(
    scene([character()], canvas: "[0, 128]"),
    #"scene.json:1:13: error: "canvas" width is 0; it must be 64 to 8192 pixels"#),
  WrongScene(
    scene([character()], canvas: "[128, 1000000]"),
    #"scene.json:1:18: error: "canvas" height is 1000000; it must be 64 to 8192 pixels"#),
  WrongScene(
    scene([character()], camera: #""position": [0, 1.2, 0], "target": [0, 1.2, 1]"#),
    #"scene.json:1:34: error: the camera is inside the body of "a"; move its "position" away"#),
  WrongScene(
    scene([character()], camera: #""position": [0, 1, 4], "target": [0, 1, 8]"#),
    #"scene.json:1:34: error: the camera sees none of the characters; point its "target" at them or use "frame": "all""#
  ),
  WrongScene(
    #"{"canvas": [128, 128], "characters": []}"#,
    "scene.json:1:38: error: a scene needs at least one character"),
  WrongScene(
    #"{"canvas": [128, 128]}"#,
    #"scene.json:1:1: error: "characters" is missing; a scene needs at least one"#),
  WrongScene(
    "[]", "scene.json:1:1: error: a scene must be an object in { }, not a list"),
  WrongScene("", "scene.json:1:1: error: the file ends where a value should be"),
  WrongScene(
    "not json",
    "scene.json:1:1: error: 'not' is not a value; strings are written in double quotes"),
]

/// Arguments that no command accepts, and the line that says so.
private let wrongUsages: [([String], String)] = [
  (["render"], "name a scene file, or several, or a --list of them"),
  (
    ["render", "s.json", "--size", "12"],
    "The value '12' is invalid for '--size <width>x<height>': a size must be <width>x<height>, each from 64 to 8192 pixels, like 832x1216"
  ),
  (
    ["render", "s.json", "out"],
    "out is not a scene; the folder to draw into goes after -o: -o out"
  ),
  (
    ["render", "s.json", "--maps", "dept"],
    #"The value 'dept' is invalid for '--maps <maps>': there is no map "dept"; did you mean "depth"? there are: \#(MapName.allCases.map(\.rawValue).joined(separator: ", ")), or all"#
  ),
  (["sheet", "s.json", "--height", "0"], "--height must be from 16 to 4096 pixels"),
  (
    ["sheet", "s.json", "-o", "sheet.jpg"],
    "sheet.jpg: the picture is a PNG; its name must end in .png"
  ),
]

@Suite struct BadInputTests {
  @Test(arguments: wrongScenes)
  fileprivate func wrongDataIsReportedInASentenceAndLeavesTheLastOutputIntact(_ wrong: WrongScene)
    throws
  {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    #expect(try runner.run("render", "scene.json", "-o", "out", "--maps", "mask").code == 0)
    let before = runner.bytes("out/a/mask.png")
    try runner.write(wrong.text, to: "scene.json")
    try runner.write(#"{"base": "cycle.pose.json"}"#, to: "cycle.pose.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.errorLines == [wrong.message])
    #expect(outcome.code == wrong.code && outcome.output.isEmpty)
    #expect(runner.files("out") == ["a/mask.png", "manifest.json"])
    #expect(runner.bytes("out/a/mask.png") == before)
  }

  @Test func aMissingSceneIsExitCode66() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("render", "gone.json", "-o", "out")
    #expect(outcome.code == 66)
    #expect(
      outcome.errorLines == ["gone.json: error: cannot read this scene: No such file or directory"])
    #expect(runner.files("out").isEmpty)
  }

  @Test func limitsAreWarningsUnlessStrict() throws {
    let runner = try CommandRunner()
    let far = character(#""pose": {"joints": {"leftLowerArm": {"flexion": 170}}}"#)
    try runner.write(scene([far]), to: "scene.json")
    let sentence = "leftLowerArm flexion is 170°; this joint goes from -10° to 155°"
    let lenient = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(lenient.code == 0)
    #expect(lenient.errorLines.first == "scene.json:1:115: warning: " + sentence)
    // Bent so far, the hand is inside the arm.
    #expect(lenient.errorLines.count > 1)
    #expect(lenient.errorLines.dropFirst().allSatisfy { $0.hasPrefix("scene.json:1:39: note: ") })
    let quiet = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask", "-q")
    #expect(quiet.code == 0)
    #expect(quiet.errorLines == ["scene.json:1:115: warning: " + sentence])
    let strict = try runner.run("render", "scene.json", "-o", "strict", "--strict")
    #expect(strict.code == 65)
    #expect(strict.errorLines == ["scene.json:1:115: error: " + sentence])
    #expect(runner.files("strict").isEmpty)
  }

  @Test func aWrongCommandIsAnsweredWithTheNearestOne() throws {
    let outcome = try CommandRunner().run("rendr", "scene.json")
    #expect(outcome.code == 64)
    #expect(
      outcome.errors.hasPrefix(
        #"Error: unknown command "rendr" of posemap; did you mean "render"? allowed: render, "#),
      "\(outcome.errors)")
  }

  @Test(arguments: wrongUsages)
  func wrongUsageIsExitCode64(_ arguments: [String], _ message: String) throws {
    let outcome = try CommandRunner().run(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.firstError == "Error: " + message)
  }

  @Test func scenesWithEqualNamesDoNotOverwriteEachOther() throws {
    let runner = try CommandRunner()
    for folder in ["one/walk", "two/walk"] {
      try runner.write(scene([character()]), to: "\(folder)/scene.json")
    }
    let outcome = try runner.run(
      "render", "one/walk/scene.json", "two/walk/scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        "posemap: error: one/walk/scene.json and two/walk/scene.json would both be written to out/walk; render them one by one, or rename one"
      ])
    #expect(runner.files("out").isEmpty)
  }

  @Test func reversedCannyThresholdsAreWrongUsage() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    let outcome = try runner.run(
      "render", "scene.json", "-o", "out", "--canny-thresholds", "200,100")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        #"posemap: error: "cannyThresholds" is [low, high]; low must not be the larger"#
      ])
  }

  @Test func anUnknownCharacterInOnlyIsExitCode64() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--only", "b")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == ["posemap: error: --only b: no character has this id; there are: a"])
  }

  @Test func anOutputFolderThatCannotBeCreatedIsExitCode73() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    try runner.write("a file", to: "out")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == 73)
    #expect(
      outcome.errorLines == [
        "posemap: error: cannot create 'out': a file is in the way where a folder is needed; move it or choose another folder"
      ])
    #expect(runner.bytes("out").map { String(decoding: $0, as: UTF8.self) } == "a file")
  }

  @Test func aFullDiskIsExitCode74AndLeavesNoHalfFile() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()], canvas: "[512, 512]"), to: "scene.json")
    // 4 blocks of 512 bytes, in which the first map does not fit.
    let line = "ulimit -f 4; trap '' XFSZ; exec '\(CommandRunner.command)' render scene.json -o out"
    let outcome = try runner.run(executable: "/bin/bash", ["-c", line])
    #expect(outcome.code == 74)
    #expect(
      outcome.errorLines == [
        "posemap: error: cannot write 'out/a/keypoints.json': the file is larger than the system allows"
      ])
    #expect(!FileManager.default.fileExists(atPath: runner.folder + "/out"))
  }
}
