import Foundation
import TestSupport
import Testing

@Suite struct WatchCommandTests {
  @Test func mapsFollowWhatIsSavedAndOutliveMistakes() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [128, 128], "characters": [{"id": "a", "body": "male", "pose": "p.pose.json"}]}"#,
      to: "scene.json")
    try runner.write(#"{"base": "stand"}"#, to: "p.pose.json")
    let watch = Process()
    watch.executableURL = URL(fileURLWithPath: CommandRunner.command)
    watch.arguments = [
      "watch", "scene.json", "-o", "out", "--maps", "mask", "--rigs",
      CommandRunner.repository + "/Rigs",
    ]
    watch.currentDirectoryURL = URL(fileURLWithPath: runner.folder)
    watch.standardOutput = FileHandle.nullDevice
    watch.standardError = FileHandle.nullDevice
    try watch.run()
    defer { watch.terminate() }
    func mask(after change: [UInt8]?) -> [UInt8]? {
      for _ in 0..<100 {
        usleep(50_000)
        if let bytes = runner.bytes("out/a/mask.png"), bytes != change { return bytes }
      }
      return nil
    }
    let standing = try #require(mask(after: nil))
    try runner.write(#"{"base": "squat"}"#, to: "p.pose.json")
    let squatting = try #require(mask(after: standing))
    try runner.write(#"{"base": "#, to: "p.pose.json")
    usleep(500_000)
    #expect(runner.bytes("out/a/mask.png") == squatting)
    try runner.write(#"{"base": "stand"}"#, to: "p.pose.json")
    #expect(mask(after: squatting) == standing)
  }
}
