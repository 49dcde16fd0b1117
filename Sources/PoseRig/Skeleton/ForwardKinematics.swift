/// Joint positions and rotations of a posed rig, in the character's own space.
public struct PosedRig: Equatable, Sendable {
  /// Model-space transform of each joint's frame, in `JointName.allCases` order.
  public var modelFromJoint: [Transform]

  /// Poses `rig`: each joint turned by its local rotation about its rest position, children
  /// carried along, the hips moved by the pose's translation.
  public init(rig: Rig, pose: Pose) {
    modelFromJoint = Array(repeating: .identity, count: JointName.allCases.count)
    self.pose(rig, pose, from: .hips)
  }

  /// Poses a joint and all that hangs on it anew; the others must be as `pose` has them.
  mutating func pose(_ rig: Rig, _ pose: Pose, from joint: JointName) {
    for index in Self.carried[joint.index] {
      let rest = rig.restPositions[index]
      let rotation = pose.rotations[index]
      let parent = Rig.parentIndices[index]
      if parent < 0 {
        let stride = pose.legLength.map { $0 > 0 ? rig.legLength / $0 : 1 } ?? 1
        modelFromJoint[index] = Transform(
          rotation: rotation, translation: rest + pose.translation * stride)
      } else {
        let offset = rest - rig.restPositions[parent]
        modelFromJoint[index] =
          modelFromJoint[parent] * Transform(rotation: rotation, translation: offset)
      }
    }
  }

  /// Returns a joint's position in meters.
  public func position(of joint: JointName) -> Vector3 {
    modelFromJoint[joint.index].translation
  }

  /// The indices of each joint and of all joints that hang on it, parents first.
  private static let carried: [[Int]] = JointName.allCases.indices.map { joint in
    JointName.allCases.indices.filter { index in
      var ancestor = index
      while ancestor >= 0, ancestor != joint { ancestor = Rig.parentIndices[ancestor] }
      return ancestor == joint
    }
  }
}
