import Foundation
import TestSupport
import Testing

/// A scene with its own pose file, rendered as small and as fast as possible.
private func rendered(_ options: String...) throws -> CommandRunner {
  let runner = try CommandRunner()
  try runner.write(#"{"joints": {"head": {"flexion": 10}}}"#, to: "poses/nod.pose.json")
  try runner.write(scene(), to: "scene.json")
  let outcome = try runner.run(["render", "scene.json", "--maps", "mask", "-q"] + options)
  #expect(outcome.code == 0, "\(outcome.errors)")
  return runner
}

private func scene(_ more: String = "") -> String {
  """
  {"canvas": [64, 64], "camera": {"position": [0, 1, 4], "target": [0, 1, 0], "fovY": 40}\(more),
   "characters": [{"id": "ana", "body": "female", "pose": "poses/nod.pose.json"}]}
  """
}

private func verdict(
  _ runner: CommandRunner, _ arguments: String...
) throws -> (code: Int32, lines: [String]) {
  let outcome = try runner.run(["verify"] + arguments)
  return (outcome.code, outcome.output.split(separator: "\n").map(String.init))
}

@Suite("posemap verify")
struct VerifyCommandTests {
  @Test("A fresh render is up to date, from any folder and with any options")
  func fresh() throws {
    let runner = try rendered("--size", "96x64", "--profile", "sd15", "--occluded", "draw")
    #expect(try verdict(runner) == (0, ["up to date"]))
    #expect(try verdict(runner, runner.folder + "/out/") == (0, ["up to date"]))
    #expect(try verdict(runner, ".") == (0, ["up to date"]))
    #expect(try verdict(runner, "-q", "out").lines.isEmpty)
  }

  @Test("The plate is in no map, and is not one of the files that maps are made from")
  func plate() throws {
    let plain = try rendered()
    let runner = try CommandRunner()
    try runner.write(#"{"joints": {"head": {"flexion": 10}}}"#, to: "poses/nod.pose.json")
    try runner.write("\u{FF}photo", to: "photo.png")
    try runner.write(scene(#", "plate": "photo.png""#), to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "--maps", "mask", "-q")
    #expect(
      outcome.code == 0 && outcome.errorLines.count == 1 && outcome.errors.contains("warning"))
    #expect(runner.bytes("out/ana/mask.png") == plain.bytes("out/ana/mask.png"))
    let manifest = String(decoding: runner.bytes("out/manifest.json") ?? [], as: UTF8.self)
    #expect(!manifest.contains("photo"))
    try runner.write("another", to: "photo.png")
    #expect(try verdict(runner) == (0, ["up to date"]))
    try FileManager.default.removeItem(atPath: runner.folder + "/photo.png")
    #expect(try verdict(runner) == (0, ["up to date"]))
  }

  @Test("A change to anything that the maps were made from makes them stale, and is named")
  func changes() throws {
    let runner = try rendered()
    try runner.write(#"{"joints": {"head": {"flexion": 11}}}"#, to: "poses/nod.pose.json")
    #expect(
      try verdict(runner)
        == (1, ["out: 1 file is out of date", "  poses/nod.pose.json has changed"]))
    #expect(try verdict(runner, "-q") == (1, []))
    #expect(try runner.run("render", "scene.json", "--maps", "mask", "-q").code == 0)
    #expect(try verdict(runner).code == 0)

    try runner.write(
      scene(#", "profile": "sd15", "maps": {"occluded": "draw"}"#)
        .replacingOccurrences(of: "[64, 64]", with: "[128, 64]")
        .replacingOccurrences(of: "ana", with: "eva"), to: "scene.json")
    #expect(
      try verdict(runner).lines.dropFirst() == [
        "  scene.json has changed", "  the canvas was 64×64, is 128×64",
        "  the profile was none, is sd15",
        "  these map settings have changed: occluded",
        "  eva has no maps", "  ana is no longer in the scene",
      ])
  }

  @Test("Missing or broken scenes and files are reported; the rest is still judged")
  func faults() throws {
    let runner = try rendered()
    try runner.write("x", to: "out/ana/mask.png")
    #expect(
      try verdict(runner)
        == (1, ["out: 1 file is out of date", "  ana/mask.png is not as posemap wrote it"]))
    try FileManager.default.removeItem(atPath: runner.folder + "/out/ana/mask.png")
    try FileManager.default.removeItem(atPath: runner.folder + "/poses/nod.pose.json")
    let broken = try verdict(runner)
    #expect(broken.code == 1)
    #expect(broken.lines[1].hasPrefix("  the scene has mistakes now: scene.json:2:"))
    #expect(broken.lines[2] == "  ana/mask.png is missing or cut off")
    try FileManager.default.removeItem(atPath: runner.folder + "/scene.json")
    #expect(
      try verdict(runner).lines[1]
        == "  the scene scene.json cannot be read: No such file or directory")
    try runner.write("{", to: "out/manifest.json")
    #expect(
      try verdict(runner).lines
        == ["out: the maps are out of date", "  manifest.json is damaged"])
    let nowhere = try runner.run("verify", "nowhere")
    #expect(nowhere.code == 66 && nowhere.errors == "nowhere: error: No such file or directory\n")
    #expect(try runner.run("verify", "poses").code == 66)
  }

  @Test("Each of several sets is judged; a moved output does not redraw its clip")
  func several() throws {
    let runner = try CommandRunner()
    let clip = #"{"frameRate": 2, "frames": [{}, {"joints": {"head": {"flexion": 10}}}]}"#
    try runner.write(clip, to: "nod.clip.json")
    for name in ["one", "two"] {
      try runner.write(
        scene().replacingOccurrences(of: "poses/nod.pose.json", with: "nod.clip.json"),
        to: "\(name).scene.json")
    }
    let command = ["--frames", "all", "--maps", "mask", "--jobs", "1"]
    #expect(try runner.run(["render", "one.scene.json", "two.scene.json"] + command).code == 0)
    #expect(try verdict(runner) == (0, ["all 2 sets of maps are up to date"]))
    try FileManager.default.removeItem(atPath: runner.folder + "/out/two/ana/mask/00001.png")
    #expect(
      try verdict(runner) == (
        1,
        [
          "out/two: 1 of 2 files is out of date", "  ana/mask/00001.png is missing or cut off",
          "1 of 2 sets of maps are out of date",
        ]
      ))
    try FileManager.default.moveItem(
      atPath: runner.folder + "/out/one", toPath: runner.folder + "/moved")
    #expect(try verdict(runner, "moved").code == 1)
    let again = try runner.run(["render", "one.scene.json", "-o", "moved"] + command)
    #expect(again.output == "moved: 0 frames, 2 were already drawn\n")
    #expect(try verdict(runner, "moved") == (0, ["up to date"]))
  }
}
