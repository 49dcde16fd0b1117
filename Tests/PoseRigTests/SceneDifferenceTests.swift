import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

@Suite("The difference between two states of a scene")
struct SceneDifferenceTests {
  private func state(_ pose: String, keys: String = "", more: String = "") throws -> SceneState {
    let text = Fixture.scene(character: "\"pose\": \(pose)\(more)", keys: keys)
    let read = try #require(Fixture.read(text))
    return SceneState(try #require(read.scene))
  }

  private func difference(
    _ before: SceneState, _ after: SceneState
  ) throws -> CharacterDifference {
    try #require(SceneDifference(from: before, to: after).characters.first)
  }

  private static let hanging = #"""
    {"joints": {"leftUpperArm": {"abduction": 8}, "rightUpperArm": {"abduction": 8}}}
    """#

  @Test("A bent elbow moves its hand up, in the body's own axes, whichever way it faces")
  func elbow() throws {
    let bent = #"""
      {"joints": {"leftUpperArm": {"abduction": 8}, "rightUpperArm": {"abduction": 8},
       "leftLowerArm": {"flexion": 90}}}
      """#
    for yaw in [0, 130] {
      let more = ", \"yaw\": \(yaw)"
      let found = try difference(
        try state(Self.hanging, more: more), try state(bent, more: more))
      #expect(found.turns.map(\.joint) == [.leftLowerArm])
      #expect(found.moves.map(\.joint) == [.leftHand])
      let way = try #require(found.moves.first?.way)
      #expect(way.y > 0.2 && way.z > 0.2 && abs(way.x) < 0.1, "\(way)")
      #expect(found.shift == .zero && found.carried == nil && found.gaze == nil)
    }
  }

  @Test("A character that is repositioned has moved, but its limbs have not")
  func placement() throws {
    let found = try difference(
      try state(Self.hanging, more: ", \"yaw\": 90"),
      try state(Self.hanging, more: ", \"yaw\": 100, \"position\": [0.5, 0, 0]"))
    #expect(found.moves.isEmpty && found.turns.isEmpty)
    #expect(abs(found.shift.z - 0.5) < 1e-9, "she faces +x, so that is forward: \(found.shift)")
    #expect(abs(found.turn - 10) < 1e-9)
  }

  @Test("A hand that leaves a table loses its contact, and the missed goal is reported")
  func contact() throws {
    let table = #"""
      "props": [{"id": "table", "shape": "box", "size": [0.8, 0.9, 0.5], "position": [0.2, 0, 0.45]}]
      """#
    func reaching(_ height: Double) -> String {
      #"{"reach": {"leftHand": {"at": "props.table.top", "offset": [0, \#(height), 0]}}}"#
    }
    let on = try state(reaching(0), keys: table)
    let found = try difference(on, try state(reaching(0.1), keys: table))
    #expect(found.lost == [Contact(part: .leftHand, other: .prop("table"))])
    #expect(found.won.isEmpty)
    #expect(found.goals.map(\.name) == [.reach(.leftHand)])
    let missed = try difference(on, try state(reaching(1.5), keys: table))
    #expect(
      missed.findings.contains { change in
        if case .outOfReach(.leftHand, let distance, false)? = change.after?.fact {
          return change.before == nil && distance > 0.1
        }
        return false
      })
  }

  @Test("A lifted foot is off the floor, and a leaning body loses its balance")
  func footAndBalance() throws {
    let lifted = try difference(
      try state(Self.hanging), try state(#"{"joints": {"leftUpperLeg": {"flexion": 40}}}"#))
    #expect(lifted.lost.contains(Contact(part: .leftFoot, other: .floor)))
    let leaning = try difference(
      try state(Self.hanging), try state(#"{"joints": {"hips": {"flexion": 25}}}"#))
    let balance = try #require(leaning.balance)
    #expect(balance.before.margin > 0 && balance.after.margin < 0)
    #expect(balance.after.overhang.z > 0.02, "forward: \(balance.after.overhang)")
  }

  @Test("An angle outside its range is reported with the end of the range")
  func limits() throws {
    let found = try difference(
      try state(#"{"joints": {"leftLowerArm": {"flexion": 100}}}"#),
      try state(#"{"joints": {"leftLowerArm": {"flexion": 170}}}"#))
    let stray = try #require(found.straysNow.first)
    #expect(stray.joint == .leftLowerArm && stray.angle == .flexion && stray.degrees == 170)
    #expect(stray.end > 100 && stray.end < 170)
    #expect(found.straysGone.isEmpty)
  }

  @Test("Equal scenes have no differences; a renamed character is recognized")
  func sameAndRenamed() throws {
    let one = try state(Self.hanging)
    #expect(SceneDifference(from: one, to: one).isEmpty)
    var other = one.scene
    other.characters[0].id = "ana"
    let found = SceneDifference(from: one, to: SceneState(other))
    #expect(found.characters.map(\.oldId) == ["her"])
    #expect(found.characters.map(\.turns.count) == [0])
  }

  @Test("Differing frames of a motion are reported in ranges, and inserted frames as insertions")
  func motion() {
    func motion(_ angles: [Double]) -> PoseMotion {
      let poses = angles.map { angle in
        var pose = Pose.rest
        pose[.leftLowerArm] = Anatomy.of(.leftLowerArm)
          .rotation(degrees: [.flexion: angle], side: .left)
        return pose
      }
      return PoseMotion(name: "", poses: poses, frameRate: 25)
    }
    let base = motion([0, 1, 2, 3, 4, 5, 6, 7])
    let rig = Mannequin.female.body.rig
    let changed = MotionDifference(
      from: base, to: motion([0, 11, 22, 3, 4, 5, 16, 7]), on: rig)
    #expect(changed.spans.map(\.frames) == [1...2, 6...6])
    #expect(changed.spans.first?.turns.first?.frame == 2)
    #expect(changed.inserted == nil)
    let longer = MotionDifference(
      from: base, to: motion([0, 1, 2, 30, 31, 3, 4, 5, 6, 7]), on: rig)
    #expect(longer.inserted == 3...4)
    #expect(longer.spans.isEmpty)
    #expect(MotionDifference(from: base, to: base, on: rig).isEmpty)
  }

  @Test("A hull has the corners of a square, and measures how far in or out a point is")
  func hull() {
    let hull = Hull([[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 0.5]])
    #expect(hull.corners.count == 4)
    #expect(abs(hull.margin(of: [1, 0.5]).margin - 0.5) < 1e-12)
    let outside = hull.margin(of: [3, 1])
    #expect(abs(outside.margin + 1) < 1e-12 && outside.nearest == [2, 1])
  }
}
