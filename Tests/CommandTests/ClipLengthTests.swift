import PoseRig
import SceneFiles
import TestSupport
import Testing

/// One limit for the frames of a clip, and one sentence about it, wherever the frames come from.
@Suite struct ClipLengthTests {
  private func sentence(_ count: String) -> String {
    "a clip has up to 100000 frames, and this would have \(count): "
      + "take a part of it, or fewer frames per second"
  }

  private let scene = """
    {"canvas": [96, 96], "characters": [{"id": "a", "body": "male", "pose": "long.gltf"}]}
    """

  @Test(
    arguments: [
      (1e6, nil, "30000001"), (1e3, "1000", "1000001"), (1e9, nil, "30000000001"),
      (1e30, nil, "far more"), (3e38, "1000", "far more"),
    ] as [(Float, String?, String)])
  func anEndlessClipIsRejectedInASentence(
    _ seconds: Float, _ rate: String?, _ count: String
  ) throws {
    let runner = try CommandRunner()
    try runner.write(try MovingModel.gltf(lasting: seconds), to: "long.gltf")
    try runner.write(scene, to: "scene.json")
    let fps = rate.map { ["--fps", $0] } ?? []
    let imported = try runner.run(["import", "long.gltf", "-o", "l.clip.json", "--frames"] + fps)
    #expect(imported.code == 65)
    #expect(imported.errorLines == ["long.gltf: error: \(sentence(count))"])
    #expect(runner.files(".") == ["long.gltf", "scene.json"])
    let drawn = try runner.run(["render", "scene.json", "-o", "out", "--frames", "all"] + fps)
    #expect(drawn.code == 65 && drawn.errorLines == ["scene.json: error: \(sentence(count))"])
    #expect(runner.files("out").isEmpty)
  }

  /// Commands that draw one moment accept clips of any length.
  @Test func aMomentOfALongClipIsDrawn() throws {
    let runner = try CommandRunner()
    try runner.write(try MovingModel.gltf(lasting: 1e9), to: "long.gltf")
    try runner.write(scene, to: "scene.json")
    for line in [
      ["render", "scene.json", "-o", "out", "--maps", "mask"],
      ["sheet", "scene.json", "--maps", "mask"], ["glb", "scene.json"],
      ["render", "scene.json", "-o", "clip", "--maps", "mask", "--frames", "0..1"],
      ["import", "long.gltf", "-o", "a.pose.json", "--time", "12345"], ["inspect", "long.gltf"],
    ] {
      let outcome = try runner.run(line)
      #expect(outcome.code == 0, "\(line): \(outcome.errors)")
    }
  }

  @Test(arguments: [
    "0..1000000000000", "0..100000", "100000..100000", "0..99999999999999999999999999",
    "7..9223372036854775807",
  ])
  func framesBeyondTheLimitAreRejectedImmediately(_ frames: String) throws {
    let outcome = try CommandRunner().run("render", "s.json", "--frames", frames)
    #expect(outcome.code == 64)
    #expect(
      outcome.firstError
        == "Error: The value '\(frames)' is invalid for '--frames <frames>': a clip has up to 100000 frames, so the last can be 99999"
    )
  }

  @Test func aRangeThatRunsBackwardsIsNamed() throws {
    let outcome = try CommandRunner().run("render", "s.json", "--frames=9..3")
    #expect(outcome.code == 64)
    #expect(
      outcome.firstError
        == "Error: The value '9..3' is invalid for '--frames <frames>': its first frame, 9, is after its last, 3"
    )
  }

  @Test func framesAfterTheClipsEndAreRejected() throws {
    let runner = try CommandRunner()
    try runner.write(try MovingModel.gltf(lasting: 2), to: "walk.gltf")
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "female", "pose": "walk.gltf"}]}"#,
      to: "s.json")
    let outcome = try runner.run("render", "s.json", "--maps", "mask", "--frames", "5000..5003")
    #expect(outcome.code == 64)
    #expect(
      outcome.firstError?.contains("--frames begins at 5000, but the longest clip ends at frame ")
        == true)
  }

  @Test(arguments: ["0..1e12", "-1..3", "0..", "0..-1", "..", "1 2", "+1..3"])
  func invalidRangesAreRejected(_ frames: String) throws {
    let outcome = try CommandRunner().run("render", "s.json", "--frames=\(frames)")
    #expect(outcome.code == 64)
    #expect(
      outcome.firstError
        == "Error: The value '\(frames)' is invalid for '--frames <frames>': frames must be <first>..<last>, like 0..119, or all"
    )
  }

  @Test(arguments: ["0", "0.001", "1001", "1e300", "nan", "inf", "-1"])
  func framesPerSecondAreLimitedAsInClipFiles(_ rate: String) throws {
    let outcome = try CommandRunner().run(
      "import", "a.bvh", "-o", "a.json", "--frames", "--fps=\(rate)")
    #expect(outcome.code == 64)
    #expect(
      outcome.firstError == "Error: --fps must be a number of frames per second, from 0.01 to 1000")
  }

  @Test func aClipFileWithTooManyFramesIsRejected() throws {
    let frames = Array(repeating: "{}", count: 100_001).joined(separator: ", ")
    let text = #"{"frameRate": 30, "frames": [\#(frames)]}"#
    let runner = try CommandRunner()
    try runner.write(text, to: "long.clip.json")
    try runner.write(scene.replacing("gltf", with: "clip.json"), to: "scene.json")
    let message = "long.clip.json:1:29: error: \(sentence("100001"))"
    for line in [
      ["render", "scene.json", "-o", "out"], ["check", "long.clip.json"], ["sheet", "scene.json"],
      ["render", "scene.json", "-o", "out", "--frames", "all"],
    ] {
      let outcome = try runner.run(line)
      #expect(outcome.code == 65)
      #expect((outcome.errors + outcome.output).split(separator: "\n") == [message[...]], "\(line)")
    }
  }
}
