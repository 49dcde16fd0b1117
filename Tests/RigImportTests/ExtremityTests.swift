import PoseRig
import Testing

@testable import RigImport

@Suite struct ExtremityTests {
  @Test func anIntermediateBoneIsTheAnkleOrTheWrist() throws {
    // In mGear, the ankle is called an end, and the node called the foot is at the ball.
    var mGear = MadeUpModel()
    let kinds: [(JointKind, String)] = [
      (.upperLeg, "leg_S0_0_jnt"), (.lowerLeg, "leg_S0_3_jnt"), (.foot, "leg_S0_end_jnt"),
      (.toes, "foot_S0_0_jnt"),
    ]
    mGear.names = mGear.names.filter { !$0.key.isOfFinger }
    // In KayKit, the wrist carries a hand.
    var kayKit = mGear
    for side in Side.both {
      let mark = side == .left ? "L" : "R"
      for (kind, name) in kinds {
        mGear.names[JointName(kind, side)] = name.replacing("S", with: mark)
      }
      let small = mark.lowercased()
      kayKit.names[JointName(.hand, side)] = "wrist.\(small)"
      kayKit.names[JointName(.middleProximal, side)] = "hand.\(small)"
      kayKit.names[JointName(.foot, side)] = "ankle.\(small)"
      kayKit.names[JointName(.toes, side)] = "foot.\(small)"
    }
    var motion = mGear
    motion.hasSurface = false
    for made in [mGear, kayKit, motion] {
      let map = try BoneMap.find(in: made.model)
      for joint in [JointName.leftFoot, .rightFoot, .leftToes, .leftHand, .rightHand] {
        #expect(map.nodes[joint] == made.joints.firstIndex(of: joint), "\(joint)")
      }
    }
  }

  @Test func aTwistOnTheShinIsNotAnAnkle() throws {
    let made = MadeUpModel()
    var model = made.model
    let shin = try #require(model.nodes.firstIndex { $0.name == "leftLowerLeg" })
    let foot = try #require(model.nodes.firstIndex { $0.name == "leftFoot" })
    let twist = model.nodes.count
    var local = model.nodes[foot].local
    local.translation *= 0.8
    local.rotation = .identity
    model.nodes.append(.init(name: "x_l", parent: shin, local: local))
    model.nodes[foot].parent = twist
    model.nodes[foot].local.translation *= 0.2
    model.skins[0].joints.append(twist)
    model.skins[0].inverseBinds.append(
      try #require(NodePose(model).worldFromNode[twist].affineInverse))
    // A corner of the shin's box.
    model.meshes[0].joints[shin * 32] = UInt16(twist)
    #expect(try BoneMap.find(in: model).nodes[.leftFoot] == foot)
  }

  @Test func aHipJointIsNotTheHips() throws {
    let table = try #require(BoneNaming.builtIn.scheme(named: "ASF/AMC"))
    var made = MadeUpModel(
      names: Dictionary(uniqueKeysWithValues: table.bones.map { ($0.joint, $0.names[0]) }))
    made.names[.hips] = "skeleton"
    var model = made.model
    for (side, name) in [(Side.left, "lhipjoint"), (.right, "rhipjoint")] {
      let leg = try #require(made.joints.firstIndex(of: JointName(.upperLeg, side)))
      model.nodes.append(.init(name: name, parent: 0, local: .identity))
      model.nodes[leg].parent = model.nodes.count - 1
    }
    let map = try BoneMap.find(in: model)
    for (index, joint) in made.joints.enumerated() {
      #expect(map.nodes[joint] == index, "\(joint)")
    }
    #expect(map.source == .names("ASF/AMC"))
  }
}
