import Foundation
import TestSupport
import Testing

/// Returns the JSON blocks of a documentation page, in order.
private func jsonBlocks(_ page: String) throws -> [String] {
  let text = try String(
    contentsOfFile: "\(CommandRunner.repository)/\(page)", encoding: .utf8)
  return text.components(separatedBy: "```json\n").dropFirst().map {
    $0.components(separatedBy: "```")[0]
  }
}

@Suite struct DocumentationTests {
  @Test func theReadmesSceneHasEightLinesAndNoFindings() throws {
    let scenes = try jsonBlocks("README.md")
    #expect(scenes.map { $0.split(separator: "\n").count } == [8])
    let runner = try CommandRunner()
    try runner.write(scenes[0], to: "scene.json")
    let outcome = try runner.run(
      "render", "scene.json", "-o", "out", "--size", "256x256", "--strict", "-q")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
  }

  @Test func theFirstSceneInTheGuideIsDrawnWithItsPose() throws {
    let blocks = try jsonBlocks("docs/first-steps.md")
    let runner = try CommandRunner()
    try runner.write(blocks[0], to: "scene.json")
    try runner.write(blocks[1], to: "wave.pose.json")
    let outcome = try runner.run(
      "render", "scene.json", "-o", "out", "--size", "208x304", "--strict", "-q")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
  }
}
