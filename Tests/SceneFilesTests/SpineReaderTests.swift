import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

/// Angles of the whole trunk or neck.
@Suite struct SpineReaderTests {
  private func pose(_ text: String) -> (pose: Pose?, messages: [String]) {
    let log = DiagnosticLog()
    let loader = Fixture.libraryLoader(["p.pose.json": "{\(text)}"])
    var reader = PoseReader(documents: DocumentStore(loader), limits: .standard, log: log)
    let pose = reader.pose(
      named: "p.pose.json", from: "scene.json", at: TextLocation(line: 1, column: 1))
    return (pose?.pose, log.diagnostics.map(\.description))
  }

  private func angle(_ pose: Pose, _ joint: JointName, _ name: AngleName) -> Double {
    Anatomy.of(joint).degrees(of: pose[joint], side: joint.side)[name] ?? 0
  }

  @Test(
    "The joints use equal shares of their ranges, and their angles add up to the given one",
    arguments: [
      ("bow", 42.5, AngleName.flexion, [JointName.spine, .chest, .upperChest], [17.5, 15, 10]),
      ("bow", -11, .flexion, [.spine, .chest, .upperChest], [-4, -4, -3]),
      ("lean", 11, .lateralFlexion, [.spine, .chest, .upperChest], [4, 4, 3]),
      ("twist", -30, .rotation, [.spine, .chest, .upperChest], [-7.5, -12.5, -10]),
      ("nod", 15, .flexion, [.neck, .head], [7, 8]),
      ("tiltHead", -20, .lateralFlexion, [.neck, .head], [-10, -10]),
      ("turnHead", 19, .rotation, [.neck, .head], [9, 10]),
    ])
  func shares(
    _ key: String, _ value: Double, _ name: AngleName, _ joints: [JointName], _ angles: [Double]
  ) throws {
    let (read, messages) = pose("\"\(key)\": \(value)")
    let pose = try #require(read)
    #expect(messages.isEmpty)
    for (joint, angle) in zip(joints, angles) {
      #expect(abs(self.angle(pose, joint, name) - angle) < 1e-6, "\(joint)")
    }
    let others = JointName.allCases.filter { !joints.contains($0) }
    #expect(others.allSatisfy { pose[$0] == Pose.rest[$0] })
  }

  @Test("They add to the base's angles, and a joint's own angles override them")
  func onTopOfTheBase() throws {
    let base = try #require(pose(#""base": "contrapposto""#).pose)
    let turned = try #require(pose(#""base": "contrapposto", "turnHead": 19"#).pose)
    #expect(
      abs(angle(turned, .head, .rotation) - angle(base, .head, .rotation) - 10) < 1e-6)
    let given = try #require(
      pose(#""turnHead": 19, "joints": {"head": {"rotation": 3}}"#).pose)
    #expect(abs(angle(given, .head, .rotation) - 3) < 1e-6)
    #expect(abs(angle(given, .neck, .rotation) - 9) < 1e-6)
  }

  @Test("The sum of the given and the base's angle is compared with the joint's range")
  func sumsAreReported() throws {
    let base = #"{"joints": {"spine": {"flexion": 30}, "chest": {"flexion": 5}}}"#
    func messages(_ text: String) -> [String] {
      let log = DiagnosticLog()
      let loader = Fixture.libraryLoader(["p.pose.json": text, "b.pose.json": base])
      var reader = PoseReader(documents: DocumentStore(loader), limits: .standard, log: log)
      _ = reader.pose(
        named: "p.pose.json", from: "scene.json", at: TextLocation(line: 1, column: 1))
      return log.diagnostics.map(\.description)
    }
    #expect(
      messages(#"{"base": "b.pose.json", "bow": 42.5}"#) == [
        #"p.pose.json:1:32: warning: "bow" is added to the base's angles, and brings spine to 48° (it goes from -20° to 35°)"#
      ])
    #expect(messages(#"{"base": "b.pose.json", "bow": 10}"#).isEmpty)
    #expect(
      messages(#"{"base": "b.pose.json", "bow": 42.5, "joints": {"spine": {"flexion": 10}}}"#)
        .isEmpty)
  }

  @Test func farthestIsReported() {
    #expect(
      pose(#""bow": 100"#).messages == [
        #"p.pose.json:1:9: warning: "bow" is 100°; these joints go from -55° to 85°"#
      ])
    #expect(
      pose(#""bow": "deep""#).messages == [
        #"p.pose.json:1:9: error: "bow" must be a number (-180 to 180 degrees), not a string"#
      ])
  }
}
