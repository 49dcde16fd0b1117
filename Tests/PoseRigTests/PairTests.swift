import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// The pairs of `Examples/pairs`.
@Suite struct PairTests {
  private static let names = [
    "back-to-back", "bridal-carry", "handshake", "hug", "waltz",
  ]

  /// Returns the findings about a pair of people of these statures, in meters; nil for their own.
  private func findings(_ name: String, _ statures: (ana: Double, ben: Double)?) throws -> [Finding]
  {
    let path = CommandRunner.repository + "/Examples/pairs/\(name).scene.json"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    if let statures {
      for (body, stature) in [("female", statures.ana), ("male", statures.ben)] {
        text = text.replacingOccurrences(
          of: #""body": "\#(body)""#,
          with: #""body": "\#(body)", "proportions": {"height": \#(stature)}"#)
      }
    }
    let loader = Fixture.libraryLoader([path: text])
    let reading = try SceneReader.read(path, loader: loader).get()
    let scene = try #require(reading.scene, "\(reading.diagnostics)")
    var findings: [Finding] = []
    let posed = try #require(SceneSolver.solve(scene, findings: &findings))
    return findings + SceneCheck.check(scene, posed)
  }

  @Test("A pair has no findings", arguments: names)
  func check(_ name: String) throws {
    #expect(try findings(name, nil).isEmpty)
  }

  @Test(
    "Hands still meet when one person is taller or shorter", arguments: names,
    [(1.5, 1.9), (1.85, 1.55), (1.6, 1.6), (1.9, 2.0)])
  func sizes(_ name: String, _ statures: (Double, Double)) throws {
    let missed = try findings(name, (statures.0, statures.1)).filter {
      if case .outOfReach(_, let distance, _) = $0.fact { distance > 0.01 } else { false }
    }
    #expect(missed.isEmpty)
  }
}
