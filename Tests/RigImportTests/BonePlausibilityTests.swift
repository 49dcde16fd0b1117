import PoseRig
import SceneFiles
import Testing

@testable import RigImport

extension ForeignModel {
  /// Moves a node while its children stay in place.
  fileprivate mutating func move(_ name: String, by offset: Vector3) throws {
    let index = try #require(nodes.firstIndex { $0.name == name })
    let world = NodePose(self).worldFromNode
    let parent = world[nodes[index].parent].rotation.inverse
    nodes[index].local.translation += parent.rotate(offset)
    let own = world[index].rotation.inverse
    for child in nodes.indices where nodes[child].parent == index {
      nodes[child].local.translation -= own.rotate(offset)
    }
    if let slot = skins.first?.joints.firstIndex(of: index) {
      let bind = NodePose(self).worldFromNode[index].affineInverse
      skins[0].inverseBinds[slot] = try #require(bind)
    }
  }
}

@Suite struct BonePlausibilityTests {
  @Test func limbsOfUnlikelyLengthAreReported() throws {
    var model = MadeUpModel().model
    #expect(try BoneMap.find(in: model).warnings.isEmpty)
    try model.move("leftHand", by: Vector3(-0.17, 0, 0))
    let warnings = try BoneMap.find(in: model).warnings
    #expect(
      warnings.contains {
        $0.hasPrefix("its left forearm is 0.3 times as long as its upper arm; if leftLowerArm (\"")
          && $0.hasSuffix("name the right one with a \"bones\" file (docs/models.md)")
      }, "\(warnings)")
    #expect(warnings.contains { $0.hasPrefix("its right forearm is ") })
  }

  @Test func coincidentJointsAreRejectedUnlessExplicit() throws {
    let model = MadeUpModel().model
    let rig = Mannequin.female.body.rig
    var collapsed = model
    try collapsed.move("leftLowerArm", by: rig[.leftUpperArm] - rig[.leftLowerArm])
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: collapsed) }
    #expect(
      refusal?.description.hasPrefix(
        "its leftUpperArm (\"leftUpperArm\") and leftLowerArm (\"leftLowerArm\") are at the same point"
      )
        == true)
    let told = try BoneMap.find(in: collapsed, told: [.leftLowerArm: "leftLowerArm"])
    #expect(told.warnings.contains { $0.contains("are at the same point") })
  }

  @Test func anArmOnTheOtherSideIsRejected() throws {
    let model = MadeUpModel().model
    let arms: [JointKind] = [.shoulder, .upperArm, .lowerArm, .hand]
    var swapped = model
    for index in swapped.nodes.indices {
      guard let joint = JointName(rawValue: model.nodes[index].name), arms.contains(joint.kind)
      else { continue }
      swapped.nodes[index].name = joint.mirrored.rawValue
    }
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: swapped) }
    #expect(
      refusal?.description.hasPrefix("its left arm is on the side of its right leg") == true)
  }

  @Test func bonesWithoutSkinAreReported() throws {
    var model = MadeUpModel().model
    let shin = try #require(model.nodes.firstIndex { $0.name == "leftLowerLeg" })
    let thigh = try #require(model.nodes.firstIndex { $0.name == "leftUpperLeg" })
    let mesh = model.meshes[0]
    model.meshes[0].joints = mesh.joints.map { $0 == UInt16(shin) ? UInt16(thigh) : $0 }
    let warnings = try BoneMap.find(in: model).warnings
    #expect(
      warnings.contains { $0.hasPrefix("no skin follows leftLowerLeg (\"leftLowerLeg\"), which") })
  }
}
