/// Joint positions and rotations of a posed rig, in the character's own space.
public struct PosedRig: Equatable, Sendable {
  /// Model-space transform of each joint's frame, in `JointName.allCases` order.
  public var modelFromJoint: [Transform]

  /// Poses `rig`: each joint turned by its local rotation about its rest position, children
  /// carried along, the hips moved by the pose's translation.
  public init(rig: Rig, pose: Pose) {
    modelFromJoint = []
    let stride = pose.legLength.map { $0 > 0 ? rig.legLength / $0 : 1 } ?? 1
    modelFromJoint.reserveCapacity(JointName.allCases.count)
    for (index, joint) in JointName.allCases.enumerated() {
      let rest = rig.restPositions[index]
      let rotation = pose[joint]
      let parent = Rig.parentIndices[index]
      if parent < 0 {
        modelFromJoint.append(
          Transform(rotation: rotation, translation: rest + pose.translation * stride))
      } else {
        let offset = rest - rig.restPositions[parent]
        modelFromJoint.append(
          modelFromJoint[parent] * Transform(rotation: rotation, translation: offset))
      }
    }
  }

  /// Returns a joint's position in meters.
  public func position(of joint: JointName) -> Vector3 {
    modelFromJoint[joint.index].translation
  }
}
