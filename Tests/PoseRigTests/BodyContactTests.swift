import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Bodies that pass through themselves and each other.
@Suite struct BodyContactTests {
  /// A library pose with joints that spoil it, and two parts that then overlap.
  struct Spoiled: CustomTestStringConvertible {
    var pose: String
    var parts: [BodySegment]
    var testDescription: String { pose }

    init(_ pose: String, _ one: BodySegment, _ other: BodySegment) {
      self.pose = pose
      parts = [one, other]
    }
  }

  private static let spoiled = [
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"abduction": -15}}}"#, .leftUpperArm, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"abduction": 10, "rotation": 70}, "leftLowerArm": {"flexion": 90}}}"#,
      .leftHand, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperLeg": {"abduction": -25}}}"#, .leftUpperLeg,
      .rightUpperLeg),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperLeg": {"flexion": 30, "abduction": -30}}}"#,
      .leftUpperLeg, .rightUpperLeg),
    Spoiled(
      #"{"base": "stand", "joints": {"spine": {"flexion": 35}, "chest": {"flexion": 30}, "leftUpperLeg": {"flexion": 120}}}"#,
      .leftUpperLeg, .trunk),
    Spoiled(
      #"{"base": "sit-chair", "joints": {"leftUpperLeg": {"flexion": 85, "abduction": -30}}}"#,
      .leftLowerLeg, .rightUpperLeg),
    Spoiled(
      #"{"base": "sit-chair", "joints": {"leftUpperArm": {"flexion": 30}, "leftLowerArm": {"flexion": 0}}}"#,
      .leftLowerArm, .leftUpperLeg),
    Spoiled(#"{"base": "squat", "bow": 40}"#, .leftUpperArm, .leftUpperLeg),
    Spoiled(
      #"{"base": "stand", "joints": {"neck": {"flexion": 35}, "head": {"flexion": 30}, "leftUpperArm": {"flexion": 130, "abduction": -20, "rotation": 60}, "leftLowerArm": {"flexion": 130}}}"#,
      .leftLowerArm, .head),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"flexion": 0, "abduction": -30, "rotation": -30}, "leftLowerArm": {"flexion": 40}}}"#,
      .leftUpperArm, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"flexion": 45, "abduction": -30, "rotation": 90}, "leftLowerArm": {"flexion": 80}}}"#,
      .leftUpperArm, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"neck": {"flexion": 35}, "head": {"flexion": 30}, "leftUpperArm": {"flexion": 100, "rotation": 60}, "leftLowerArm": {"flexion": 130}}}"#,
      .leftHand, .head),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"flexion": 45, "abduction": 0, "rotation": 90}, "leftLowerArm": {"flexion": 140}}}"#,
      .leftHand, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperArm": {"flexion": 20, "abduction": -15, "rotation": 90}, "leftLowerArm": {"flexion": 0}}}"#,
      .leftLowerArm, .trunk),
    Spoiled(
      #"{"base": "stand", "joints": {"leftUpperLeg": {"flexion": 90, "abduction": -25, "rotation": -40}, "leftLowerLeg": {"flexion": 130}}}"#,
      .leftFoot, .rightUpperLeg),
  ]

  private func pose(_ text: String) throws -> Pose {
    let loader = Fixture.libraryLoader(["p.pose.json": text])
    return try #require(PoseFile.read("p.pose.json", loader: loader).get().pose)
  }

  private func overlaps(_ pose: Pose, on figure: Figure) throws -> [Finding.Overlap] {
    let bodies = InstalledHuman.template.map { BodyStore(human: $0) } ?? BodyStore()
    let character = Character(id: "a", figure: figure, pose: pose)
    return BodyContact(try #require(SceneSolver.pose(character, bodies))).ownOverlaps(over: 0.02)
  }

  private func segment(_ joint: JointName) -> BodySegment { BodySegment(PartName(bentBy: joint)) }

  @Test(
    "Thirty poses with self-intersections are found, with the parts that overlap",
    arguments: spoiled)
  func thirty(_ spoiled: Spoiled) throws {
    #expect(Self.spoiled.count * 2 == 30)
    let pose = try pose(spoiled.pose)
    for mirrored in [false, true] {
      let found = SceneCheck.check(mirrored ? pose.mirrored : pose, on: .female).filter { finding in
        guard case .insideItself(let overlap) = finding.fact else { return false }
        let joints = [overlap.joint, overlap.inside].map { mirrored ? $0.mirrored : $0 }
        return Set(joints.map(segment)) == Set(spoiled.parts)
      }
      #expect(found.count == 1)
    }
  }

  /// Poses in which every part is closed and in place.
  @Test(
    "Standing or bowing bodies intersect nothing, and neither do hanging arms",
    arguments: Fixture.averageFigures)
  func natural(_ figure: Figure) throws {
    for text in [
      "{}", #"{"base": "stand"}"#, #"{"base": "stand", "bow": 40, "nod": 20}"#,
      #"{"base": "sit-chair"}"#, #"{"base": "walk-contact"}"#,
      #"{"base": "stand", "joints": {"leftLowerArm": {"flexion": 145}, "leftUpperArm": {"flexion": 60}}}"#,
      #"{"base": "stand", "joints": {"leftUpperLeg": {"flexion": 90}, "leftLowerLeg": {"flexion": 130}}}"#,
    ] {
      #expect(try overlaps(try pose(text), on: figure).isEmpty, "\(text)")
    }
  }

  @Test("Each segment of a body is closed", arguments: Fixture.averageFigures)
  func closed(_ figure: Figure) throws {
    let bodies = InstalledHuman.template.map { BodyStore(human: $0) } ?? BodyStore()
    let character = Character(id: "a", figure: figure, pose: try pose(#"{"base": "run-contact"}"#))
    let posed = try #require(SceneSolver.pose(character, bodies))
    let solids = BodySolids(posed.bodySurface)
    for segment in BodySegment.allCases {
      let solid = solids[segment]
      #expect(!solid.triangles.isEmpty && !solid.caps.isEmpty)
      var balance: [SIMD2<UInt32>: Int] = [:]
      for corners in solid.triangles + solid.caps {
        for corner in 0..<3 {
          let (from, to) = (corners[corner], corners[(corner + 1) % 3])
          balance[SIMD2(min(from, to), max(from, to)), default: 0] += from < to ? 1 : -1
        }
      }
      #expect(balance.values.allSatisfy { $0 == 0 }, "\(segment)")
      // The middle of a bone is only inside its own segment.
      guard let end = JointName.allCases.first(where: { $0.parent == segment.joint }),
        segment != .head, segment != .trunk
      else { continue }
      let middle = (posed.position(of: segment.joint) + posed.position(of: end)) / 2
      for other in BodySegment.allCases {
        let grid = VolumeGrid(solids[other], of: solids.points)
        #expect((grid.winding(at: SIMD3<Float>(middle)) > 0) == (other == segment), "\(segment)")
      }
    }
  }

  @Test("The depth of an overlap is the distance that separates the bodies")
  func depth() throws {
    let (scene, messages) = Fixture.solved(
      characters: """
        {"id": "a", "body": "male"},
        {"id": "b", "body": "male", "position": [0.9, 0, 0]}
        """)
    let posed = try #require(scene, "\(messages)")
    let found = SceneCheck.overlaps(posed).compactMap { finding -> Finding.Overlap? in
      if case .insideOther("b", let overlap) = finding.fact { overlap } else { nil }
    }
    // In T-poses, with the hand of each in the other's chest and a forearm in a shoulder.
    let parts = found.map { [segment($0.joint), segment($0.inside)] }
    #expect(
      Set(parts) == [
        [.leftHand, .trunk], [.rightHand, .trunk], [.leftLowerArm, .trunk],
        [.rightLowerArm, .trunk],
      ])
    #expect(parts.count == Set(parts).count)
    // The depth is at most the distance from an arm in a T-pose to the chest's lower side, or a
    // hand's length.
    #expect(found.allSatisfy { $0.depth > 0.04 && $0.depth < 0.12 })
    #expect(found.map(\.depth) == found.map(\.depth).sorted(by: >))
  }
}
