import PoseRig
import Testing

@Suite struct JointNameTests {
  @Test(arguments: JointName.allCases.enumerated().map { ($0, $1) })
  func aJointIsItsKindOnItsSide(_ index: Int, _ joint: JointName) {
    #expect(joint.index == index)
    #expect(JointName(joint.kind, joint.side) == joint)
    let kind = joint.kind.name
    let name =
      joint.side == .middle
      ? kind : joint.side.rawValue + kind.prefix(1).uppercased() + kind.dropFirst()
    #expect(joint.rawValue == name)
  }

  @Test(arguments: JointName.allCases) func mirroringTwiceReturnsTheJoint(_ joint: JointName) {
    #expect(joint.mirrored.mirrored == joint && joint.mirrored.kind == joint.kind)
    #expect((joint.mirrored == joint) == (joint.side == .middle))
  }

  @Test(arguments: JointName.allCases) func parentsComeBeforeTheirChildren(_ joint: JointName) {
    guard let parent = joint.parent else {
      #expect(joint == .hips)
      return
    }
    #expect(parent.index < joint.index)
    #expect(parent.side == .middle || parent.side == joint.side)
  }

  @Test(arguments: [
    (JointName.leftEye, JointName.head), (.rightUpperLeg, .hips), (.leftShoulder, .upperChest),
    (.rightHand, .rightLowerArm), (.leftThumbMetacarpal, .leftHand),
    (.leftThumbDistal, .leftThumbProximal), (.rightRingProximal, .rightHand),
    (.rightRingDistal, .rightRingIntermediate), (.jaw, .head), (.neck, .upperChest),
  ])
  func jointsHaveTheirParents(_ joint: JointName, _ parent: JointName) {
    #expect(joint.parent == parent)
  }

  @Test func everyFingerHasThreeJointsOnEachHand() {
    #expect(JointName.allCases.count { $0.isOfFinger } == 30)
    for finger in Finger.allCases {
      #expect(finger.joints.count == 3 && finger.joints.allSatisfy { $0.finger == finger })
    }
  }
}
