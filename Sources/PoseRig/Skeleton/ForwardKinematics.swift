/// The joint positions and rotations of a posed rig, in the character's own space.
public struct PosedRig: Equatable, Sendable {
  /// The model-space transform of each joint's frame, in `JointName.allCases` order.
  public var modelFromJoint: [Transform]

  /// Poses `rig`: each joint is rotated by its local rotation about its rest position together with
  /// its children, and the hips are moved by the pose's translation.
  public init(rig: Rig, pose: Pose) {
    modelFromJoint = Array(repeating: .identity, count: JointName.allCases.count)
    self.pose(rig, pose, from: .hips)
  }

  /// Poses a joint and its descendants again; the others must be as in `pose`.
  mutating func pose(_ rig: Rig, _ pose: Pose, from joint: JointName) {
    for index in Self.carried[joint.index] {
      let parent = Rig.parentIndices[index]
      let carrier = parent < 0 ? .identity : modelFromJoint[parent]
      modelFromJoint[index] = Self.frame(of: index, rig, pose, on: carrier, parent)
    }
  }

  /// Returns the frame of one joint of a posed rig, without calculating unrelated joints.
  static func frame(of joint: JointName, _ rig: Rig, _ pose: Pose) -> Transform {
    func frame(_ index: Int) -> Transform {
      let parent = Rig.parentIndices[index]
      let carrier = parent < 0 ? .identity : frame(parent)
      return Self.frame(of: index, rig, pose, on: carrier, parent)
    }
    return frame(joint.index)
  }

  /// Returns a joint's frame from its parent's.
  @inline(__always)
  private static func frame(
    of index: Int, _ rig: Rig, _ pose: Pose, on carrier: Transform, _ parent: Int
  ) -> Transform {
    let (rest, rotation) = (rig.restPositions[index], pose.rotations[index])
    guard parent >= 0 else {
      let stride = pose.legLength.map { $0 > 0 ? rig.legLength / $0 : 1 } ?? 1
      return Transform(rotation: rotation, translation: rest + pose.translation * stride)
    }
    let offset = rest - rig.restPositions[parent]
    return carrier * Transform(rotation: rotation, translation: offset)
  }

  /// Copies a joint and its descendants from another pose of the rig.
  mutating func restore(_ joint: JointName, from other: PosedRig) {
    for index in Self.carried[joint.index] { modelFromJoint[index] = other.modelFromJoint[index] }
  }

  /// Returns a joint's position in meters.
  public func position(of joint: JointName) -> Vector3 {
    modelFromJoint[joint.index].translation
  }

  /// Returns whether a joint is another one or one of its descendants.
  static func hangs(_ joint: JointName, on other: JointName) -> Bool {
    hangers[other.index] & 1 << joint.index != 0
  }

  /// For each joint, a bit mask of itself and its descendants.
  private static let hangers = carried.map { $0.reduce(UInt64(0)) { $0 | 1 << $1 } }

  /// The indices of each joint and its descendants, parents first.
  private static let carried: [[Int]] = JointName.allCases.indices.map { joint in
    JointName.allCases.indices.filter { index in
      var ancestor = index
      while ancestor >= 0, ancestor != joint { ancestor = Rig.parentIndices[ancestor] }
      return ancestor == joint
    }
  }
}
