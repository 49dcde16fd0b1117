import PoseRig
import SceneFiles
import Testing

@testable import RigImport

@Suite struct PalmTests {
  /// Returns the largest rotation, in degrees, that the T-pose requires of forearms and hands that
  /// are already in it at rest.
  private func turn(_ change: (inout MadeUpModel) -> Void) throws -> Double {
    var made = MadeUpModel()
    change(&made)
    let model = made.model
    let humanoid = HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
    let joints: [JointName] = [.leftLowerArm, .leftHand, .rightLowerArm, .rightHand]
    return joints.map { humanoid.corrections[$0.index].angle * 180 / .pi }.max() ?? 180
  }

  private func keeping(_ isKept: @escaping (JointKind) -> Bool) -> (inout MadeUpModel) -> Void {
    { made in made.names = made.names.filter { !$0.key.isOfFinger || isKept($0.key.kind) } }
  }

  @Test func palmsAreRolledOnlyByExistingFingers() throws {
    let whole = try turn { _ in }
    #expect(whole < 6)
    let hands: [(String, Set<Finger>)] = [
      ("no finger", []), ("a mitten", [.thumb, .index]), ("thumb and middle", [.thumb, .middle]),
      ("index and middle", [.index, .middle]), ("three", [.thumb, .index, .middle]),
      ("thumb alone", [.thumb]), ("ring and little", [.ring, .little]),
    ]
    for (name, fingers) in hands {
      let found = try turn(keeping { $0.finger.map(fingers.contains) ?? true })
      #expect(found < 8, "\(name): \(found)°")
    }
  }

  @Test func aPalmThatFacesElsewhereAtRestIsTurnedDown() throws {
    // The forearm and everything beyond it are rotated about their axis, as in arms that rest with
    // thumbs up.
    for kept in [Finger.allCases, [.thumb]] {
      var made = MadeUpModel()
      made.names = made.names.filter { joint, _ in
        joint.kind.finger.map(kept.contains) ?? true
      }
      made.forearmRoll = 1.5
      let model = made.model
      let humanoid = HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
      let thumb = humanoid.rig[.leftThumbProximal] - humanoid.rig[.leftHand]
      #expect(thumb.z > 0.01 && thumb.z > abs(thumb.y), "\(kept): \(thumb)")
    }
  }

  @Test(arguments: [0.14, 0.3, -0.14])
  func forearmsSteeperThanUpperArmsAreNotTwisted(_ bend: Double) throws {
    // In the frontal plane, in which no elbow bends.
    for fingers in [Finger.allCases, []] {
      var joints = JointName.allCases.map { Mannequin.female.body.rig[$0] }
      for side in Side.both {
        let sign = side == .left ? -1.0 : 1
        for (kind, angle) in [(JointKind.upperArm, 0.7), (.lowerArm, bend)] {
          let center = joints[JointName(kind, side).index]
          let turn = Quaternion(angle: sign * angle, axis: .unitZ)
          for joint in JointName.allCases
          where joint.side == side && JointName(kind, side).isAncestor(of: joint) {
            joints[joint.index] = center + turn.rotate(joints[joint.index] - center)
          }
        }
      }
      let missing = Set(
        JointName.allCases.filter { joint in
          joint.kind.finger.map { !fingers.contains($0) } ?? false
        })
      let retarget = TPoseRetarget(joints: joints, missing: missing)
      for side in Side.both {
        let (upper, lower) = (JointName(.upperArm, side), JointName(.lowerArm, side))
        let local = retarget.rotations[upper.index].inverse * retarget.rotations[lower.index]
        let twist = local.swingTwist(about: .unitX).twist
        #expect(twist.angle < 0.35, "\(lower) \(twist.angle)")
        let turn = retarget.rotations[upper.index].swingTwist(about: .unitX).twist
        #expect(turn.angle < 0.35, "\(upper) \(turn.angle)")
      }
    }
  }

  @Test func aHandIsNotAimedAtAJointOnTheWrist() throws {
    let found = try turn { made in
      made.names = made.names.filter { joint, _ in
        joint.kind.finger.map { $0 == .middle } ?? true
      }
      made.moved[.leftMiddleProximal] = .leftHand
      made.moved[.rightMiddleProximal] = .rightHand
    }
    #expect(found < 8, "\(found)°")
  }

  @Test func coincidentKnucklesAreDecidedByTheNextJoints() throws {
    let found = try turn { made in
      for joint in JointName.allCases
      where [.indexProximal, .middleProximal, .ringProximal, .littleProximal].contains(joint.kind) {
        made.moved[joint] = JointName(.hand, joint.side)
      }
    }
    #expect(found < 8, "\(found)°")
  }
}
