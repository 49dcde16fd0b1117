internal import PoseRig

/// Sets a skeleton upright, by its joints' offsets alone, if nobody could stand in its rest, as in
/// motion capture with every bone along one axis.
///
/// The pelvis and chest are rotated by the joints that they carry on both sides and above; other
/// bones of the trunk and limbs take the shortest rotation to their direction in the T-pose. Elbows
/// and knees are rolled by the way in which they bend in the motion.
struct UprightRetarget {
  /// The rotation of each joint's frame, in the model's axes.
  private(set) var rotations: [Quaternion]
  /// The resulting positions of the joints.
  private(set) var tPose: [Vector3]

  private let joints: [Vector3]
  private let missing: Set<JointName>
  private let bends: [JointName: Vector3]

  /// Creates the T-pose of joints.
  ///
  /// - Parameters:
  ///   - joints: positions in `JointName.allCases` order, in the model's axes.
  ///   - missing: joints with meaningless positions, since the skeleton does not have them.
  ///   - bends: the bend direction of forearms and shins relative to the upper bone at rest, by
  ///     upper arm and upper leg.
  init(joints: [Vector3], missing: Set<JointName>, bends: [JointName: Vector3]) {
    self.joints = joints
    self.missing = missing
    self.bends = bends
    rotations = Array(repeating: .identity, count: joints.count)
    tPose = joints
    for joint in JointName.allCases {
      if let parent = joint.parent {
        let offset = joints[joint.index] - joints[parent.index]
        tPose[joint.index] = tPose[parent.index] + rotations[parent.index].rotate(offset)
      }
      rotations[joint.index] = rotation(of: joint)
    }
  }

  private func isThere(_ joint: JointName) -> Bool { !missing.contains(joint) }

  private func point(_ kind: JointKind, _ side: Side) -> Vector3? {
    let joint = JointName(kind, side)
    return isThere(joint) ? joints[joint.index] : nil
  }

  private func rotation(of joint: JointName) -> Quaternion {
    let parent = joint.parent.map { rotations[$0.index] } ?? .identity
    guard isThere(joint) else { return parent }
    let own = joints[joint.index]
    switch joint.kind {
    case .hips:
      return frame(across: .upperLeg, up: next(above: joint).map { $0 - own }) ?? .identity
    case .spine, .chest, .upperChest:
      let up = next(above: joint).map { $0 - own }
      if joint == carrierOfArms, let frame = frame(across: armStart, up: up) { return frame }
      return swung(up, to: .unitY, parent)
    case .neck: return swung(next(above: joint).map { $0 - own }, to: .unitY, parent)
    case .shoulder:
      let bone = point(.upperArm, joint.side).map { $0 - own }
      let way = bone.map { parent.rotate($0) }?.normalized
      // Collarbones that point sideways stay unchanged.
      return (way?.dot(Self.outward(joint.side)) ?? 1) > 0.8
        ? parent : swung(bone, to: Self.outward(joint.side), parent)
    case .upperArm:
      return limb(joint, to: .lowerArm, along: Self.outward(joint.side), .unitZ, parent)
    case .lowerArm: return swung(to: .hand, of: joint, Self.outward(joint.side), parent)
    case .hand: return swung(to: .middleProximal, of: joint, Self.outward(joint.side), parent)
    case .upperLeg:
      return limb(joint, to: .lowerLeg, along: Vector3(0, -1, 0), Vector3(0, 0, -1), parent)
    case .lowerLeg: return swung(to: .foot, of: joint, Vector3(0, -1, 0), parent)
    case .foot: return swung(to: .toes, of: joint, Self.footDirection, parent)
    default: return parent
    }
  }

  // MARK: Trunk

  /// Returns the next joint of the trunk above one that is in a different position.
  private func next(above joint: JointName) -> Vector3? {
    let trunk: [JointName] = [.hips, .spine, .chest, .upperChest, .neck, .head]
    guard let at = trunk.firstIndex(of: joint) else { return nil }
    return trunk[(at + 1)...].first {
      isThere($0) && (joints[$0.index] - joints[joint.index]).length > 1e-6
    }.map { joints[$0.index] }
  }

  /// The uppermost joint of the trunk below the neck.
  private var carrierOfArms: JointName? {
    [JointName.upperChest, .chest, .spine].first(where: isThere)
  }

  private var armStart: JointKind {
    point(.shoulder, .left) == point(.shoulder, .right) ? .upperArm : .shoulder
  }

  /// Returns the rotation that aligns the line between two joints horizontally and the part above
  /// vertically; nil if they do not determine it.
  private func frame(across kind: JointKind, up: Vector3?) -> Quaternion? {
    guard let left = point(kind, .left), let right = point(kind, .right),
      let x = (left - right).normalized, let up,
      let y = (up - x * up.dot(x)).normalized
    else { return nil }
    return Quaternion(axes: x, y, x.cross(y)).inverse
  }

  // MARK: Limbs

  private static func outward(_ side: Side) -> Vector3 { Vector3(side == .right ? -1 : 1, 0, 0) }

  /// The direction from the ankle to the ball of the foot.
  private static let footDirection = Vector3(0, -0.42, 0.907)

  private func swung(_ bone: Vector3?, to target: Vector3, _ parent: Quaternion) -> Quaternion {
    guard let way = bone.map({ parent.rotate($0) })?.normalized else { return parent }
    // For opposite directions, rotate about an axis of the body rather than an arbitrary one.
    if way.dot(target) < -0.999 {
      let axis: Vector3 = abs(target.x) > 0.5 ? .unitY : .unitX
      return Quaternion(angle: .pi, axis: axis) * parent
    }
    return Quaternion(from: way, to: target) * parent
  }

  private func swung(
    to end: JointKind, of joint: JointName, _ target: Vector3, _ parent: Quaternion
  ) -> Quaternion {
    let bone = point(end, joint.side).map { $0 - joints[joint.index] }
    return swung(bone.flatMap { $0.length > 1e-6 ? $0 : nil }, to: target, parent)
  }

  /// Returns the rotation of an upper arm or leg that aligns its bone with one direction and the
  /// bend of the next bone with another.
  private func limb(
    _ joint: JointName, to end: JointKind, along target: Vector3, _ bend: Vector3,
    _ parent: Quaternion
  ) -> Quaternion {
    let rotation = swung(to: end, of: joint, target, parent)
    guard let way = bends[joint].map(rotation.rotate) else { return rotation }
    let flat = way - target * way.dot(target)
    return TPoseRetarget.roll(flat, to: bend, about: target) * rotation
  }
}
