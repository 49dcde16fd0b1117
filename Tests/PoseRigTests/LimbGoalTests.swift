import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// The joints that goals move, and those that they leave unchanged.
@Suite struct LimbGoalTests {
  private func solved(
    _ pose: String, body: String = "male", more: String = "", props: String = "",
    wearing garment: String? = nil
  ) throws -> (character: PosedCharacter, messages: [String]) {
    let text =
      #"{"canvas": [256, 256], "characters": [{"id": "a", "body": "\#(body)", "pose": \#(pose)\#(more)}]"#
      + #", "props": [\#(props)]}"#
    let files = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: files).get()
    var scene = try #require(reading.scene, "\(reading.diagnostics)")
    if let garment {
      let path = CommandRunner.repository + "/Rigs/garments/\(garment).garment.json"
      let design = GarmentFileReader.design(at: path, loader: files, log: DiagnosticLog())
      scene.characters[0].clothes = [Clothes(try #require(design), [:])]
    }
    var findings: [Finding] = []
    let posed = try #require(SceneSolver.solve(scene, findings: &findings))
    return (posed.characters[0], findings.map { $0.sentence(in: scene) })
  }

  // MARK: Collar bones

  @Test func aHandWithAGoalFreesItsCollarBone() throws {
    let reach = #""reach": {"leftHand": [0.3, 0.9, 0.3]}"#
    let (freed, _) = try solved(#"{"base": "sit-ledge", \#(reach)}"#)
    // The goal itself lifts it by a fraction of the 10° shrug.
    #expect(freed.elevation(.leftShoulder) < 3)
    // The other arm still supports the body.
    #expect(abs(freed.elevation(.rightShoulder) - 10) < 0.01)
    let (asked, _) = try solved(
      #"{"base": "sit-ledge", "joints": {"leftShoulder": {"elevation": 12}}, \#(reach)}"#)
    #expect(asked.elevation(.leftShoulder) > 8)
  }

  // MARK: Trunk

  /// Reachable points, with elbow and palm directions that arms alone cannot achieve.
  @Test(arguments: [
    ([-0.45, 1.1, 0.1], [-1, 0, 0], [0, 0, 1]), ([-0.35, 1.3, 0.25], [-1, 0, 0], [0, 1, 0]),
    ([-0.2, 1.45, 0.3], [-1, 1, 0], [0, 1, 0]), ([-0.15, 1.2, 0.3], [-1, 0, 0], [0, 0, 1]),
  ])
  func trunksDoNotBendForElbowsOrPalms(_ at: [Double], _ pole: [Double], _ palm: [Double]) throws {
    let goal = #"{"at": \#(at), "pole": \#(pole), "palm": \#(palm)}"#
    let (character, _) = try solved(#"{"base": "stand", "reach": {"rightHand": \#(goal)}}"#)
    let (still, _) = try solved(#"{"base": "stand"}"#)
    #expect(character.bend(from: still) < 8, "\(character.bend(from: still))°")
    let palm = character.frame(of: .rightHand).apply(character.palm(of: .rightHand))
    #expect((palm - Vector3(at[0], at[1], at[2])).length < 0.001)
  }

  @Test func aTrunkThatBendsForAPointIsReported() throws {
    let (character, messages) = try solved(
      #"{"base": "stand", "reach": {"rightHand": [-0.15, 0.8, 0.85]}}"#)
    let (still, _) = try solved(#"{"base": "stand"}"#)
    let angle = DecimalText.rounded(character.bend(from: still), 0)
    #expect(
      messages.contains { $0.hasPrefix("the trunk of \"a\" bends \(angle)° for rightHand; ") })
  }

  // MARK: Feet

  /// Hips low enough for all legs to reach the floor.
  private static let low = #", "ground": false, "position": [0, -0.22, 0]"#
  private static let floor = #"{"id": "floor", "shape": "plane", "size": [4, 4]}"#

  @Test(arguments: ["stand", "walk-contact", "high-kick", "run-flight"], ["male", "female"])
  func feetStandFlatAndDoNotSink(_ base: String, _ body: String) throws {
    let (character, messages) = try solved(
      #"{"base": "\#(base)", "reach": {"leftFoot": [0.12, 0, 0.1]}}"#, body: body,
      more: Self.low, props: Self.floor)
    #expect(messages.isEmpty, "\(messages)")
    #expect(abs(character.lowest(ofFoot: .leftFoot)) < 0.004)
    #expect(character.frame(of: .leftFoot).rotation.rotate(.unitY).y > 0.995)
  }

  @Test func aFootOnAnObjectIsFlatOnIt() throws {
    let (character, messages) = try solved(
      #"{"base": "walk-contact", "reach": {"leftFoot": "props.box.top"}}"#,
      props: #"{"id": "box", "shape": "box", "size": [0.4, 0.3, 0.4], "position": [0.1, 0, 0.35]}"#)
    #expect(messages.isEmpty, "\(messages)")
    #expect(abs(character.lowest(ofFoot: .leftFoot) - 0.3) < 0.004)
    #expect(character.frame(of: .leftFoot).rotation.rotate(.unitY).y > 0.995)
  }

  @Test func aHeelOrBallCanStandAlone() throws {
    func foot(_ sole: String) throws -> (heel: Double, ball: Double) {
      let (character, messages) = try solved(
        #"{"base": "stand", "reach": {"leftFoot": {"at": [0.12, 0.02, 0.1], "sole": "\#(sole)"}}}"#,
        more: #", "ground": false"#)
      #expect(messages.isEmpty, "\(messages)")
      let sole = FootSole(character.body, .left)
      #expect(character.lowest(ofFoot: .leftFoot) > 0.0195)
      let ends = sole.pivots.map { character.frame(of: .leftFoot).apply($0).y - 0.02 }
      return (ends[0], ends[1] - sole.heights[1])
    }
    let heel = try foot("heel")
    #expect(abs(heel.heel) < 0.01 && heel.ball > 0.03)
    let ball = try foot("ball")
    #expect(ball.heel > 0.06 && abs(ball.ball) < 0.02)
  }

  @Test func aFreeFootKeepsItsAngles() throws {
    let (character, _) = try solved(
      #"{"joints": {"leftFoot": {"flexion": -40}}, "reach": {"leftFoot": {"at": [0.12, 0.1, 0.1], "sole": "free"}}}"#,
      more: #", "ground": false"#)
    #expect(character.frame(of: .leftFoot).rotation.rotate(.unitY).y < 0.95)
  }

  @Test func feetInShoesDoNotSinkEither() throws {
    let (character, _) = try solved(
      #"{"base": "stand", "reach": {"leftFoot": [0.12, 0, 0.1]}}"#,
      more: Self.low, props: Self.floor, wearing: "boots")
    let shoes = character.otherSurfaces.flatMap(\.surface.points).filter { $0.x > 0.02 }.map(\.y)
    let bare = character.lowest(ofFoot: .leftFoot)
    #expect(bare > 0.005, "the boot's sole is under the skin")
    #expect((shoes.min() ?? -1) > -0.002)
  }
}

extension PosedCharacter {
  fileprivate func local(_ joint: JointName) -> Quaternion {
    let parent = joint.parent.map { posedRig.modelFromJoint[$0.index].rotation } ?? .identity
    return parent.inverse * posedRig.modelFromJoint[joint.index].rotation
  }

  fileprivate func elevation(_ shoulder: JointName) -> Double {
    Anatomy.of(shoulder).degrees(of: local(shoulder), side: shoulder.side)[.elevation] ?? 0
  }

  /// The bend of the trunk relative to another character's, in degrees.
  fileprivate func bend(from other: PosedCharacter) -> Double {
    func trunk(_ character: PosedCharacter) -> Quaternion {
      let frames = character.posedRig.modelFromJoint
      return frames[JointName.hips.index].rotation.inverse
        * frames[JointName.upperChest.index].rotation
    }
    return (trunk(other).inverse * trunk(self)).angle.radiansToDegrees
  }

  /// The height of the lowest point of a foot's skin, in meters.
  fileprivate func lowest(ofFoot foot: JointName) -> Double {
    let toes = JointName(.toes, foot.side)
    return zip(bodySurface.positions, body.carriers())
      .filter { $0.1 == foot || $0.1 == toes }.map { Double($0.0.y) }.min() ?? 0
  }
}
