import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// The library's gestures on bodies of all builds.
@Suite struct GestureTests {
  private static let folder = CommandRunner.repository + "/Rigs/poses/gestures"
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".pose.json") }.map { String($0.dropLast(".pose.json".count)) }.sorted()

  /// Figures in the form that scenes use, and how far their hands may stay from goals, in meters.
  private static let figures: [(figure: String, miss: Double)] =
    [
      (#""body": "female""#, 0.005), (#""body": "male""#, 0.005),
      (#""body": "female", "proportions": {"height": 1.25, "heads": 5.5}"#, 0.03),
    ] + (InstalledHuman.isThere ? [(#""body": "human""#, 0.005)] : [])

  /// Gestures for sitting characters.
  private static let seated: Set = ["hand-on-thigh", "hands-in-lap", "hands-on-thighs"]
  /// Gestures for standing characters: on a chair, the other arm hangs into a thigh.
  private static let standing: Set = ["hold-arm"]

  private func findings(_ figure: String, _ pose: String) throws -> [Finding] {
    let text = """
      {"canvas": [256, 256], "characters": [{"id": "a", \(figure), "pose": \(pose)}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    let scene = try #require(reading.scene, "\(reading.diagnostics)")
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
    var findings: [Finding] = []
    let posed = try #require(SceneSolver.solve(scene, findings: &findings))
    return findings + SceneCheck.check(scene, posed)
  }

  @Test func thereAreManyGestures() { #expect(Self.names.count >= 60) }

  /// Returns the faults of a gesture on a base pose, except for misses that are small enough, and
  /// for the chair that is absent.
  private func faults(_ name: String, _ base: String, _ figure: (figure: String, miss: Double))
    throws -> [Finding.Fact]
  {
    try findings(figure.figure, #"{"base": "\#(base)", "gesture": "\#(name)"}"#).map(\.fact).filter
    {
      switch $0 {
      case .outOfReach(_, let distance, _): distance > figure.miss
      case .floats: base == "stand"
      default: true
      }
    }
  }

  @Test(
    "A gesture reaches its target without intersecting anything, on bodies of all builds",
    arguments: names)
  func lands(_ name: String) throws {
    let base = Self.seated.contains(name) ? "sit-chair" : "stand"
    for figure in Self.figures where Sampling.takes("\(name) on \(figure.figure)", oneIn: 2) {
      let found = try faults(name, base, figure)
      #expect(found.isEmpty, "\(figure.figure): \(found)")
    }
  }

  @Test(
    "Sitting characters make the same gestures",
    arguments: Sampling.some(
      names.filter { !standing.contains($0) && !seated.contains($0) }, oneIn: 3))
  func seatedToo(_ name: String) throws {
    for figure in Self.figures.prefix(2) {
      let found = try faults(name, "sit-chair", figure)
      #expect(found.isEmpty, "\(figure.figure): \(found)")
    }
  }

  @Test(
    "A gesture of the left arm mirrors that of the right arm",
    arguments: Sampling.some(names, oneIn: 3))
  func mirrored(_ name: String) throws {
    let base = Self.seated.contains(name) ? "sit-chair" : "stand"
    func posed(_ gesture: String) throws -> PosedCharacter {
      let (scene, messages) = Fixture.solved(
        characters: #"""
          {"id": "a", "body": "female", "pose": {"base": "\#(base)", "gesture": \#(gesture)}}
          """#)
      #expect(messages.isEmpty, "\(messages)")
      return try #require(scene?.characters.first)
    }
    let right = try posed("\"\(name)\"")
    let left = try posed("{\"left\": \"\(name)\"}")
    for joint in [JointName.leftHand, .rightHand, .leftLowerArm, .rightLowerArm] {
      let miss = right.position(of: joint) - left.position(of: joint.mirrored).mirrored
      // Skin differs slightly between the sides, and fingers that lift a hand turn its elbow.
      #expect(miss.length < 0.12, "\(joint)")
    }
  }
}
