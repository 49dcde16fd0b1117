import Foundation
import TestSupport
import Testing

/// Scenes of 64 × 64 pixels, where the one called `bad` has a mistake.
private func runner(_ names: [String]) throws -> CommandRunner {
  let runner = try CommandRunner()
  for (number, name) in names.enumerated() {
    let body = name == "bad" ? "femal" : "female"
    try runner.write(
      """
      {"canvas": [64, 64], "camera": {"frame": "all", "angle": \(number * 20)},
       "characters": [{"id": "ana", "body": "\(body)"}]}
      """, to: "scenes/\(name).json")
  }
  try runner.write(
    "# all of them\n\n" + names.map { "  \($0).json\n" }.joined(), to: "scenes/list.txt")
  return runner
}

private func contents(_ runner: CommandRunner, _ folder: String) -> [String: [UInt8]?] {
  Dictionary(
    uniqueKeysWithValues: runner.files(folder).map { ($0, runner.bytes("\(folder)/\($0)")) })
}

/// The error of the scene `bad`.
private let mistake =
  #"scenes/bad.json:2:39: error: unknown body "femal" for a character; did you mean "female"? allowed: female, male, human"#

@Suite struct BatchCommandTests {
  @Test(arguments: ["1", "3"]) func aMistakeStopsNoOtherScene(_ jobs: String) throws {
    let runner = try runner(["a", "bad", "c", "d"])
    let outcome = try runner.run(
      "render", "--list", "scenes/list.txt", "-o", "out", "--jobs", jobs)
    #expect(outcome.code == 65)
    #expect(outcome.output == "out/a\nout/c\nout/d\n")
    #expect(
      outcome.errorLines == [mistake, "posemap: 1 of 4 scenes could not be rendered"])
    #expect(runner.files("out").count == 3 * 9)
  }

  @Test func failFastStartsNoOtherScene() throws {
    let runner = try runner(["a", "bad", "c", "d"])
    let outcome = try runner.run(
      "render", "--list", "scenes/list.txt", "-o", "out", "--jobs", "1", "--fail-fast")
    #expect(outcome.code == 65 && outcome.output == "out/a\n")
    #expect(
      outcome.errorLines == [
        mistake, "posemap: 1 of 4 scenes could not be rendered, 2 were not started",
      ])
  }

  @Test func aSceneIsEqualInABatchAndAlone() throws {
    let runner = try runner(["a", "b"])
    #expect(try runner.run("render", "scenes/a.json", "scenes/b.json", "-o", "batch").code == 0)
    for name in ["a", "b"] {
      #expect(try runner.run("render", "scenes/\(name).json", "-o", "alone/\(name)").code == 0)
    }
    #expect(contents(runner, "batch") == contents(runner, "alone"))
  }

  @Test func onlyMissingOutputIsRenderedAgain() throws {
    let names = ["a", "b", "c", "d"]
    let runner = try runner(names)
    func again(_ arguments: String...) throws -> [String] {
      let outcome = try runner.run(
        ["render", "--list", "scenes/list.txt", "-o", "out"] + arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n").map(String.init)
      return zip(names, lines).filter { !$0.1.hasSuffix("was there") }.map(\.0)
    }
    #expect(try again() == names)
    let first = contents(runner, "out")
    #expect(try again().isEmpty)
    // One file is gone, one was cut short, and one now belongs to another scene.
    try FileManager.default.removeItem(atPath: runner.folder + "/out/a/ana/depth.png")
    let canny = try #require(runner.bytes("out/b/ana/canny.png"))
    try Data(canny.dropLast(9)).write(to: URL(filePath: runner.folder + "/out/b/ana/canny.png"))
    #expect(try again() == ["a", "b"])
    #expect(contents(runner, "out") == first)
    let scene = try #require(runner.bytes("scenes/c.json"))
    try runner.write(String(decoding: scene, as: UTF8.self) + " ", to: "scenes/c.json")
    #expect(try again() == ["c"])
    #expect(try again("--depth-floor", "10") == names)
    #expect(try again("--maps", "mask") == names)
    #expect(try again("--maps", "mask").isEmpty)
  }

  @Test func shardsDivideTheScenes() throws {
    let runner = try runner(["a", "b", "c", "d", "e"])
    for shard in ["1/3", "2/3", "3/3"] {
      let outcome = try runner.run(
        "render", "--list", "scenes/list.txt", "-o", "out", "--shard", shard)
      #expect(outcome.code == 0)
      #expect(!outcome.output.contains("was there"), "\(shard)")
    }
    let all = try runner.run("render", "--list", "scenes/list.txt", "-o", "whole")
    #expect(all.code == 0 && contents(runner, "whole") == contents(runner, "out"))
    for wrong in ["0/3", "4/3", "1", "1/0", "a/b"] {
      let refused = try runner.run("render", "--list", "scenes/list.txt", "--shard", wrong)
      #expect(refused.code == 64)
      #expect(
        refused.firstError
          == "Error: The value '\(wrong)' is invalid for '--shard <which/of>': a shard must be <number>/<count>, like 1/8 to 8/8"
      )
    }
  }

  @Test func twoScenesNeverShareAFolder() throws {
    let runner = try runner(["a"])
    try runner.write("{}", to: "other/a.json")
    let outcome = try runner.run("render", "scenes/a.json", "other/a.json", "-o", "out")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        "posemap: error: scenes/a.json and other/a.json would both be written to out/a; render them one by one, or rename one"
      ])
    #expect(runner.files("out").isEmpty)
  }
}
