import Foundation
import TestSupport
import Testing

private func character(_ more: String = "", id: String = "a") -> String {
  "{\"id\": \"\(id)\", \"body\": \"male\"\(more.isEmpty ? "" : ", " + more)}"
}

private func scene(
  _ characters: [String], canvas: String = "[128, 128]", camera: String? = nil
) -> String {
  let view = camera.map { "\"camera\": {\($0)}, " } ?? ""
  return "{\"canvas\": \(canvas), \(view)\"characters\": [\(characters.joined(separator: ", "))]}"
}

/// A scene that is wrong, what the message must say, and the exit code.
private let wrongScenes: [(String, String, Int32)] = [
  (scene([character("\"possition\": [0, 0, 0]")]), "did you mean \"position\"", 65),
  (scene([character("\"pose\": {\"joints\": {\"leftElbow\": [0, 0, 0]}}")]), "leftLowerArm", 65),
  (scene([character("\"yaw\": \"90\"")]), "must be a number", 65),
  (scene([character("\"yaw\": NaN")]), "NaN", 65),
  (scene([character("\"pose\": \"gone.pose.json\"")]), "No such file", 66),
  (scene([character("\"pose\": \"cycle.pose.json\"")]), "leads back", 65),
  (scene([character(), character()]), "two characters", 65),
  (scene([character(id: "../x")]), "cannot name a folder", 65),
  (scene([character()], canvas: "[0, 128]"), "64 to 8192", 65),
  (scene([character()], canvas: "[128, 1000000]"), "64 to 8192", 65),
  (
    scene([character()], camera: "\"position\": [0, 1.2, 0], \"target\": [0, 1.2, 1]"),
    "inside the body", 65
  ),
  (
    scene([character()], camera: "\"position\": [0, 1, 4], \"target\": [0, 1, 8]"),
    "sees none", 65
  ),
  ("{\"canvas\": [128, 128], \"characters\": []}", "at least one", 65),
  ("not json", "not a value", 65),
]

@Suite struct BadInputTests {
  @Test(arguments: wrongScenes)
  func wrongDataIsASentenceAndLeavesTheLastOutputWhole(
    _ text: String, _ sentence: String, _ code: Int32
  ) throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    #expect(try runner.run("render", "scene.json", "-o", "out", "--maps", "mask").code == 0)
    let before = runner.bytes("out/a/mask.png")
    try runner.write(text, to: "scene.json")
    try runner.write("{\"base\": \"cycle.pose.json\"}", to: "cycle.pose.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.errors.contains(#/scene\.json:\d+:\d+: error: /#) || code == 65)
    #expect(runner.files("out") == ["a/mask.png", "manifest.json"])
    #expect(runner.bytes("out/a/mask.png") == before)
  }

  @Test func aMissingSceneIsExitCode66() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("render", "gone.json", "-o", "out")
    #expect(outcome.code == 66)
    #expect(
      outcome.errors == "gone.json: error: cannot read this scene: No such file or directory\n")
    #expect(runner.files("out").isEmpty)
  }

  @Test func limitsAreWarningsUnlessStrict() throws {
    let runner = try CommandRunner()
    let far = character("\"pose\": {\"joints\": {\"leftLowerArm\": {\"flexion\": 170}}}")
    try runner.write(scene([far]), to: "scene.json")
    let lenient = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(lenient.code == 0 && lenient.errors.contains("warning: leftLowerArm flexion is 170°"))
    let strict = try runner.run("render", "scene.json", "-o", "strict", "--strict")
    #expect(strict.code == 65 && strict.errors.contains("error: leftLowerArm flexion"))
    #expect(runner.files("strict").isEmpty)
  }

  @Test func aCommandThatIsNoneIsSaidToBe() throws {
    let outcome = try CommandRunner().run("rendr", "scene.json")
    #expect(outcome.code == 64)
    #expect(
      outcome.errors.contains("unknown command \"rendr\" of posemap; did you mean \"render\"?"),
      "\(outcome.errors)")
  }

  @Test(arguments: [
    ["render"], ["render", "s.json", "--size", "12"], ["render", "s.json", "--maps", "dept"],
    ["sheet", "s.json", "--height", "0"], ["rendr"], ["sheet", "s.json", "-o", "sheet.jpg"],
  ])
  func wrongUsageIsExitCode64(_ arguments: [String]) throws {
    let runner = try CommandRunner()
    #expect(try runner.run(executable: CommandRunner.command, arguments).code == 64)
  }

  @Test func scenesOfOneNameDoNotOverwriteEachOther() throws {
    let runner = try CommandRunner()
    for folder in ["one/walk", "two/walk"] {
      try FileManager.default.createDirectory(
        atPath: "\(runner.folder)/\(folder)", withIntermediateDirectories: true)
      try runner.write(scene([character()]), to: "\(folder)/scene.json")
    }
    let outcome = try runner.run(
      "render", "one/walk/scene.json", "two/walk/scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == 64 && outcome.errors.contains("out/walk"), "\(outcome.errors)")
    #expect(runner.files("out").isEmpty)
  }

  @Test func cannyThresholdsTheWrongWayRoundAreAMistake() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    let outcome = try runner.run(
      "render", "scene.json", "-o", "out", "--canny-thresholds", "200,100")
    #expect(outcome.code == 64 || outcome.code == 65)
    #expect(outcome.errors.contains("low"), "\(outcome.errors)")
  }

  @Test func anUnknownCharacterInOnlyIsExitCode64() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--only", "b")
    #expect(outcome.code == 64 && outcome.errors.contains("there are: a"))
  }

  @Test func anOutputFolderThatCannotBeMadeIsExitCode73() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()]), to: "scene.json")
    try runner.write("a file", to: "out")
    let outcome = try runner.run("render", "scene.json", "-o", "out", "--maps", "mask")
    #expect(outcome.code == 73 && outcome.errors.contains("in the way"), "\(outcome.errors)")
    #expect(runner.bytes("out").map { String(decoding: $0, as: UTF8.self) } == "a file")
  }

  @Test func aFullDiskIsExitCode74AndLeavesNoHalfFile() throws {
    let runner = try CommandRunner()
    try runner.write(scene([character()], canvas: "[512, 512]"), to: "scene.json")
    // 4 blocks of 512 bytes: the first map does not fit.
    let line = "ulimit -f 4; trap '' XFSZ; exec '\(CommandRunner.command)' render scene.json -o out"
    let outcome = try runner.run(executable: "/bin/bash", ["-c", line])
    #expect(outcome.code == 74, "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: runner.folder + "/out"))
  }
}
