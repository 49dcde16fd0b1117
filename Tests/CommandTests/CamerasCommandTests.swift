import TestSupport
import Testing

@Suite("Several cameras, and views around figures")
struct CamerasCommandTests {
  private static let scene = """
    {"canvas": [64, 96], "cameras": {"wide": {"frame": "all", "margin": 0.2}, "close": {"shot": "bust", "of": "ana"}},
     "characters": [{"id": "ana", "body": "female", "pose": "stand"}]}
    """

  private func runner() throws -> CommandRunner {
    let runner = try CommandRunner()
    try runner.write(Self.scene, to: "scene.json")
    return runner
  }

  private func render(_ runner: CommandRunner, _ options: String...) throws -> [String] {
    let outcome = try runner.run(["render", "scene.json", "--maps", "mask"] + options)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test("The maps of each camera are in a folder of its name, and those of one where they were")
  func cameras() throws {
    let runner = try runner()
    let files = try render(runner, "--cameras", "all")
    #expect(
      files == [
        "out/wide/ana/mask.png", "out/wide/manifest.json", "out/close/ana/mask.png",
        "out/close/manifest.json",
      ])
    let wide = try #require(runner.bytes("out/wide/ana/mask.png"))
    let close = try #require(runner.bytes("out/close/ana/mask.png"))
    #expect(wide != close)
    _ = try render(runner, "-o", "one")
    #expect(runner.bytes("one/ana/mask.png") == wide)
    _ = try render(runner, "-o", "two", "--camera", "close")
    #expect(runner.bytes("two/ana/mask.png") == close)
    let verified = try runner.run("verify", ".")
    #expect(verified.code == 0 && verified.output.hasSuffix("up to date\n"), "\(verified.output)")
    try runner.write(
      Self.scene.replacing("margin\": 0.2", with: "margin\": 0.1"), to: "scene.json")
    #expect(try runner.run("verify", ".").code == 1)
  }

  @Test("A batch draws each camera, and draws again for another one")
  func batch() throws {
    let runner = try runner()
    try runner.write(Self.scene, to: "other.scene.json")
    let usual = try runner.run(
      "render", "scene.json", "other.scene.json", "--maps", "mask", "-q", "--cameras", "close,wide",
      "--jobs", "1")
    #expect(usual.code == 0, "\(usual.errors)")
    #expect(runner.bytes("out/other/close/ana/mask.png") != nil)
    #expect(runner.bytes("out/other/wide/ana/mask.png") != nil)
    // Another camera into the same folder is another set.
    for camera in ["wide", "close"] {
      let again = try runner.run(
        "render", "scene.json", "other.scene.json", "--maps", "mask", "-q", "--camera", camera,
        "-o",
        "same")
      #expect(again.code == 0, "\(again.errors)")
      #expect(
        runner.bytes("same/other/ana/mask.png") == runner.bytes("out/other/\(camera)/ana/mask.png"))
    }
  }

  @Test("A turnaround has a folder for each view; its sheet has a column for each")
  func turnaround() throws {
    let runner = try runner()
    let files = try render(runner, "--turnaround", "3", "--cameras", "wide")
    #expect(files.count == 6 && files[2] == "out/wide/view-2/ana/mask.png", "\(files)")
    let views = (1...3).map { runner.bytes("out/wide/view-\($0)/ana/mask.png") }
    #expect(views[0] != views[1] && views[1] != views[2])
    #expect(try runner.run("verify", "out").code == 0)
    let sheet = try runner.run(
      "sheet", "scene.json", "--turnaround", "5", "--maps", "mask", "--height", "48")
    #expect(sheet.code == 0, "\(sheet.errors)")
    let png = try #require(runner.bytes("sheet.png"))
    // Five cells of 32 pixels with six gaps of 6, in the header's width.
    let width: [UInt8] = [0, 0, 0, 196]
    #expect(Array(png[16..<20]) == width)
  }

  @Test(
    "What does not go together is said",
    arguments: [
      (["--camera", "wide", "--cameras", "all"], "give --camera or --cameras, not both"),
      (["--turnaround", "1"], "--turnaround takes 2 to 360 views"),
      (
        ["--turnaround", "4", "--frames", "all"],
        "--turnaround is of a still; it does not go with --frames"
      ),
      (["--cameras", "clos"], #"unknown camera "clos" in "cameras"; did you mean "close"?"#),
    ])
  func faults(_ options: [String], _ message: String) throws {
    let outcome = try runner().run(["render", "scene.json"] + options)
    #expect(outcome.code != 0 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test("A scene without names says so")
  func nameless() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "ana", "body": "female"}]}"#, to: "scene.json")
    let outcome = try runner.run("render", "scene.json", "--cameras", "all")
    #expect(outcome.code == 64)
    #expect(outcome.errors == "scene.json: error: --cameras: the scene names no \"cameras\"\n")
  }
}
