#if canImport(Glibc)
  internal import Glibc
#endif

/// Turns a rest pose with arms hanging aside into the T-pose that poses are relative to.
///
/// Each limb's bone is swung the shortest way to where it points in the T-pose, which keeps its
/// roll; then upper arms are rolled so that elbows bend forward, forearms so that palms face down.
/// Trunk, collar bones, head and feet stay as they are.
public struct TPoseRetarget {
  /// The joints before, in `JointName.allCases` order.
  public let joints: [Vector3]
  /// The turn of each joint's frame, in the model's axes.
  public private(set) var rotations: [Quaternion]
  /// The joints after.
  public private(set) var tPose: [Vector3]

  /// The T-pose of joints at rest: positions in `JointName.allCases` order, upright, facing +Z.
  public init(joints: [Vector3]) {
    self.joints = joints
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

  /// Returns a helper's rotation: its joint's without the share of the twist that it does not take.
  func rotation(of helper: HelperJoint) -> Quaternion {
    let parent = helper.joint.parent.map { rotations[$0.index] } ?? .identity
    let local = parent.inverse * rotations[helper.joint.index]
    // The twist is about the bone as it lies before the turn.
    let axis = rotations[helper.joint.index].inverse.rotate(helper.axis)
    let (swing, twist) = local.swingTwist(about: axis)
    return parent * swing * twist.scaled(by: helper.twistShare)
  }

  private func rotation(of joint: JointName) -> Quaternion {
    let parent = joint.parent.map { rotations[$0.index] } ?? .identity
    guard let target = Self.direction(of: joint), let end = Self.end(of: joint) else {
      return [.foot, .toes].contains(joint.kind) ? .identity : parent
    }
    let bone = parent.rotate(joints[end.index] - joints[joint.index])
    var rotation = Quaternion(from: bone.normalized ?? target, to: target) * parent
    if joint.kind == .upperArm || joint.kind == .lowerArm {
      rotation = roll(of: joint, rotation, about: target) * rotation
    }
    return rotation
  }

  /// Returns the roll about a bone that puts an elbow's bend before it, or the back of a hand up.
  private func roll(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion
  {
    func point(_ kind: JointKind) -> Vector3 { joints[JointName(kind, joint.side).index] }
    // The forearm bends forward; the index finger is the hand's foremost when the palm faces down.
    let sideways =
      joint.kind == .upperArm
      ? rotation.rotate(point(.hand) - point(.lowerArm))
      : rotation.rotate(point(.indexProximal) - point(.littleProximal))
    let flat = sideways - axis * sideways.dot(axis)
    // An arm as straight as this has no side to which it bends.
    guard flat.length > 0.03 * sideways.length, let from = flat.normalized else { return .identity }
    let angle = atan2(from.cross(.unitZ).dot(axis), from.dot(.unitZ))
    return Quaternion(angle: angle, axis: axis)
  }

  /// Returns the direction of a joint's bone in the T-pose; nil for joints that stay as they are.
  private static func direction(of joint: JointName) -> Vector3? {
    let sign = joint.side == .right ? -1.0 : 1.0
    switch joint.kind {
    case .upperArm, .lowerArm, .hand: return Vector3(sign, 0, 0)
    case .upperLeg, .lowerLeg: return Vector3(0, -1, 0)
    default: break
    }
    switch joint.kind.finger {
    case .index: return splayed(2, sign)
    case .middle: return splayed(0, sign)
    case .ring: return splayed(-2, sign)
    case .little: return splayed(-4, sign)
    case .thumb, nil: return nil
    }
  }

  /// Returns the direction straight out, turned forwards by some degrees.
  private static func splayed(_ degrees: Double, _ sign: Double) -> Vector3 {
    let angle = degrees.degreesToRadians
    return Vector3(sign * cos(angle), 0, sin(angle))
  }

  /// Returns the joint at the other end of a bone; nil for the last of a finger, which follows the
  /// one before.
  private static func end(of joint: JointName) -> JointName? {
    switch joint.kind {
    case .upperArm: return JointName(.lowerArm, joint.side)
    case .lowerArm: return JointName(.hand, joint.side)
    case .hand: return JointName(.middleProximal, joint.side)
    case .upperLeg: return JointName(.lowerLeg, joint.side)
    case .lowerLeg: return JointName(.foot, joint.side)
    default: break
    }
    guard let finger = joint.kind.finger, finger != .thumb,
      let index = finger.joints.firstIndex(of: joint.kind), index + 1 < finger.joints.count
    else { return nil }
    return JointName(finger.joints[index + 1], joint.side)
  }
}
