import Export
import Foundation
import MapRender
import TestSupport
import Testing

@Suite("posemap layers") struct LayersCommandTests {
  private let runner: CommandRunner

  init() throws { runner = try CommandRunner() }

  private func layers(_ arguments: String...) throws -> CommandRunner.Outcome {
    try runner.run(["layers", Merging.window, "--size", "208x304"] + arguments)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try #require(runner.bytes(name)), as: UTF8.self)
  }

  @Test("Characters are groups from the nearest down, with their maps in the order asked for")
  func groups() throws {
    let outcome = try layers("-o", "a.ora", "--maps", "openpose,depth", "--pose-layer", "a.svg")
    #expect(outcome.code == 0 && outcome.output == "a.ora\na.svg\n", "\(outcome.errors)")
    let lines = try text("a.ora").split(separator: "\n").filter {
      $0.contains("<layer ") || $0.contains("stack")
    }
    let names = lines.compactMap { $0.firstMatch(of: /name="([^"]*)"/)?.1 }
    #expect(
      names == [
        "female", "female openpose", "female depth", "male", "male openpose", "male depth",
        "background",
      ])
    #expect(lines.count { $0.contains(#"visibility="visible""#) && $0.contains("<layer") } == 2)
  }

  @Test("The same scene gives the same bytes")
  func repeats() throws {
    for name in ["a", "b"] {
      let outcome = try layers("-o", "\(name).ora", "--pose-layer", "\(name).svg")
      try #require(outcome.code == 0, "\(outcome.errors)")
    }
    #expect(runner.bytes("a.ora") == runner.bytes("b.ora"))
    #expect(runner.bytes("a.svg") == runner.bytes("b.svg"))
  }

  @Test("Krita's pose layer has a circle for each joint of openpose.json, by person and number")
  func poseLayer() throws {
    try #require(try layers("--pose-layer", "pose.svg").code == 0)
    let rendered = try runner.run(
      "render", Merging.window, "-q", "--size", "208x304", "--maps", "openpose")
    try #require(rendered.code == 0)
    let svg = try text("pose.svg")
    for (person, id) in ["female", "male"].enumerated() {
      let json = try #require(runner.bytes("out/\(id)/openpose.json"))
      let points = try #require(try OpenPoseJSON.decode(json).people.first).body
      for (joint, point) in points.enumerated() {
        let start = String(format: #"<circle id="P%02d_J%02d" "#, person, joint)
        guard let point else {
          #expect(!svg.contains(start))
          continue
        }
        let line = try #require(svg.split(separator: "\n").first { $0.hasPrefix(start) })
        let numbers = line.matches(of: /c[xy]="([0-9.-]+)"/).compactMap { Double($0.1) }
        #expect(abs(numbers[0] - point.x) < 0.001 && abs(numbers[1] - point.y) < 0.001)
        // The plugin's radius for pictures of a diagonal of up to 1000 pixels.
        #expect(line.contains(#"r="4""#))
      }
    }
    // The right upper arm goes from joint 2 to joint 3, in OpenPose's third color.
    #expect(svg.contains(/<line id="P00_B02" [^>]*stroke="#ffaa00"/))
  }

  @Test("Names of other formats are refused before any work is done")
  func names() throws {
    #expect(try layers("-o", "a.kra").firstError?.contains("must end in .ora") == true)
    #expect(try layers("--pose-layer", "a.json").firstError?.contains("must end in .svg") == true)
  }
}
