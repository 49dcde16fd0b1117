import Foundation
import TestSupport
import Testing

@Suite struct WatchCommandTests {
  private func watching() throws -> (CommandRunner, RunningCommand) {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [128, 128], "characters": [{"id": "a", "body": "male", "pose": "p.pose.json"}]}"#,
      to: "scene.json")
    try runner.write(#"{"base": "stand"}"#, to: "p.pose.json")
    let watch = try RunningCommand(
      runner,
      [
        "watch", "scene.json", "-o", "out", "--maps", "mask", "--rigs",
        CommandRunner.repository + "/Rigs",
      ])
    return (runner, watch)
  }

  @Test func mapsFollowSavedFilesAndSurviveMistakes() throws {
    let (runner, watch) = try watching()
    func mask(after change: [UInt8]?) -> [UInt8]? {
      var found: [UInt8]?
      _ = RunningCommand.wait(upTo: 10) {
        found = runner.bytes("out/a/mask.png").flatMap { $0 == change ? nil : $0 }
        return found != nil
      }
      return found
    }
    let standing = try #require(mask(after: nil))
    try runner.write(#"{"base": "squat"}"#, to: "p.pose.json")
    let squatting = try #require(mask(after: standing))
    try runner.write(#"{"base": "#, to: "p.pose.json")
    usleep(500_000)
    #expect(runner.bytes("out/a/mask.png") == squatting)
    try runner.write(#"{"base": "stand"}"#, to: "p.pose.json")
    #expect(mask(after: squatting) == standing)
    watch.send(SIGTERM)
    #expect(watch.end()?.signal == SIGTERM)
  }

  @Test func aPropsModelIsWatchedToo() throws {
    let runner = try CommandRunner()
    try runner.write(TriangleModel.gltf(meters: 1), to: "sign.gltf")
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male"}], "props": [{"id": "sign", "model": "sign.gltf"}], "maps": {"props": true}}"#,
      to: "scene.json")
    let watch = try RunningCommand(
      runner,
      [
        "watch", "scene.json", "-o", "out", "--maps", "metric", "--rigs",
        CommandRunner.repository + "/Rigs",
      ])
    var first: [UInt8]?
    #expect(
      RunningCommand.wait {
        first = runner.bytes("out/a/metric.png")
        return first != nil
      })
    try runner.write(TriangleModel.gltf(meters: 2), to: "sign.gltf")
    #expect(RunningCommand.wait(upTo: 10) { runner.bytes("out/a/metric.png") != first })
    watch.send(SIGTERM)
    _ = watch.end()
  }

  /// The tests' own threads block signals, and programs that they start inherit that.
  @Test(arguments: [SIGTERM, SIGINT, SIGQUIT]) func signalsEndIt(_ signal: Int32) throws {
    let (runner, watch) = try watching()
    #expect(RunningCommand.wait { runner.bytes("out/a/mask.png") != nil })
    watch.send(signal)
    #expect(watch.end()?.signal == signal)
    #expect(runner.bytes("stderr.txt") == [])
  }
}
