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

  /// Poses a joint and all that hangs on it again; the others must be as `pose` has them.
  mutating func pose(_ rig: Rig, _ pose: Pose, from joint: JointName) {
    for index in Self.carried[joint.index] {
      let parent = Rig.parentIndices[index]
      let carrier = parent < 0 ? .identity : modelFromJoint[parent]
      modelFromJoint[index] = Self.frame(of: index, rig, pose, on: carrier, parent)
    }
  }

  /// Returns the frame of one joint of a posed rig, without those that it does not hang on.
  static func frame(of joint: JointName, _ rig: Rig, _ pose: Pose) -> Transform {
    func frame(_ index: Int) -> Transform {
      let parent = Rig.parentIndices[index]
      let carrier = parent < 0 ? .identity : frame(parent)
      return Self.frame(of: index, rig, pose, on: carrier, parent)
    }
    return frame(joint.index)
  }

  /// Returns a joint's frame from that of its parent.
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

  /// Takes a joint and all that hangs on it from another pose of the rig.
  mutating func restore(_ joint: JointName, from other: PosedRig) {
    for index in Self.carried[joint.index] { modelFromJoint[index] = other.modelFromJoint[index] }
  }

  /// Returns a joint's position in meters.
  public func position(of joint: JointName) -> Vector3 {
    modelFromJoint[joint.index].translation
  }

  /// Whether a joint is another or moves with it.
  static func hangs(_ joint: JointName, on other: JointName) -> Bool {
    hangers[other.index] & 1 << joint.index != 0
  }

  /// For each joint a bit for it and for each that hangs on it.
  private static let hangers = carried.map { $0.reduce(UInt64(0)) { $0 | 1 << $1 } }

  /// The indices of each joint and of all joints that hang on it, parents first.
  private static let carried: [[Int]] = JointName.allCases.indices.map { joint in
    JointName.allCases.indices.filter { index in
      var ancestor = index
      while ancestor >= 0, ancestor != joint { ancestor = Rig.parentIndices[ancestor] }
      return ancestor == joint
    }
  }
}
