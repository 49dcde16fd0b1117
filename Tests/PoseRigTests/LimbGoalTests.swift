import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Which joints goals move, and which they leave.
@Suite struct LimbGoalTests {
  private func solved(
    _ pose: String, body: String = "male", more: String = "", props: String = "",
    wearing garment: String? = nil
  ) throws -> (character: PosedCharacter, messages: [String]) {
    let text =
      #"{"canvas": [256, 256], "characters": [{"id": "a", "body": "\#(body)", "pose": \#(pose)\#(more)}]"#
      + #", "props": [\#(props)]}"#
    let files = FileLoader(rigsFolder: CommandRunner.repository + "/Rigs") { path in
      if path == "scene.json" { return .success(Array(text.utf8)) }
      guard let data = FileManager.default.contents(atPath: path) else {
        return .failure(UnreadableFile(reason: "No such file"))
      }
      return .success(Array(data))
    }
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
    // What the goal itself lifts it is a fraction of the shrug of 10°.
    #expect(freed.elevation(.leftShoulder) < 3)
    // The other arm still props itself up.
    #expect(abs(freed.elevation(.rightShoulder) - 10) < 0.01)
    let (asked, _) = try solved(
      #"{"base": "sit-ledge", "joints": {"leftShoulder": {"elevation": 12}}, \#(reach)}"#)
    #expect(asked.elevation(.leftShoulder) > 8)
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

  /// How far the trunk is bent away from another's, in degrees.
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
