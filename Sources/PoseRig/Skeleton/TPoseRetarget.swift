#if canImport(Glibc)
  internal import Glibc
#endif

/// Rotates a rest pose with arms beside the body to the T-pose that poses are relative to.
///
/// Each limb's bone takes the shortest rotation to its direction in the T-pose, which preserves its
/// roll. Then upper arms are rolled so that elbows bend forward, and forearms so that palms face
/// down, if the existing fingers determine it. Trunk, collarbones, head and feet stay unchanged.
public struct TPoseRetarget {
  /// The original joints, in `JointName.allCases` order.
  public let joints: [Vector3]
  /// The rotation of each joint's frame, in the model's axes.
  public private(set) var rotations: [Quaternion]
  /// The resulting joints.
  public private(set) var tPose: [Vector3]
  private let missing: Set<JointName>
  /// The rotations of upper arms before they are rolled.
  private var unrolled: [JointName: Quaternion] = [:]

  /// Calculates the T-pose of joints at rest: positions in `JointName.allCases` order, upright,
  /// facing +Z.
  ///
  /// - Parameter missing: joints with meaningless positions, since the body does not have them.
  public init(joints: [Vector3], missing: Set<JointName> = []) {
    self.joints = joints
    self.missing = missing
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

  /// Returns a helper's rotation: its joint's without the shares of swing and twist that it does
  /// not take.
  func rotation(of helper: HelperJoint) -> Quaternion {
    let parent = helper.joint.parent.map { rotations[$0.index] } ?? .identity
    let (swing, twist) = swingTwist(of: helper)
    return parent * swing.scaled(by: helper.bend?.share ?? 1) * twist.scaled(by: helper.twistShare)
  }

  /// Returns the swing of a helper's joint from rest to the T-pose.
  func swing(of helper: HelperJoint) -> Quaternion { swingTwist(of: helper).swing }

  private func swingTwist(of helper: HelperJoint) -> (swing: Quaternion, twist: Quaternion) {
    let parent = helper.joint.parent.map { rotations[$0.index] } ?? .identity
    let local = parent.inverse * rotations[helper.joint.index]
    // The twist is about the bone's direction before the rotation.
    let axis = rotations[helper.joint.index].inverse.rotate(helper.axis)
    return local.swingTwist(about: axis)
  }

  private mutating func rotation(of joint: JointName) -> Quaternion {
    let parent = joint.parent.map { rotations[$0.index] } ?? .identity
    guard let target = Self.direction(of: joint), let end = end(of: joint) else {
      return [.foot, .toes].contains(joint.kind) ? .identity : parent
    }
    let bone = parent.rotate(end - joints[joint.index])
    let rotation = Quaternion(from: bone.normalized ?? target, to: target) * parent
    if joint.kind == .upperArm {
      unrolled[joint] = rotation
      return bend(of: joint, rotation, about: target) * rotation
    }
    guard joint.kind == .lowerArm else { return rotation }
    if let roll = palm(of: joint, rotation, about: target) { return roll * rotation }
    // The direction in which the elbow bends does not determine the palm.
    let above = joint.parent.flatMap { unrolled[$0] } ?? parent
    let hanging = above.rotate(end - joints[joint.index])
    let swung = Quaternion(from: hanging.normalized ?? target, to: target) * above
    return thumb(of: joint, swung, about: target) * swung
  }

  private func point(_ kind: JointKind, _ side: Side) -> Vector3 {
    joints[JointName(kind, side).index]
  }

  // MARK: Rolls

  /// Returns the roll about an upper arm that makes the elbow bend forward.
  private func bend(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion
  {
    let forearm = rotation.rotate(point(.hand, joint.side) - point(.lowerArm, joint.side))
    let sideways = forearm - axis * forearm.dot(axis)
    // A nearly straight arm can deviate a little to any side.
    guard sideways.length > 0.03 * forearm.length else { return .identity }
    let roll = Self.roll(sideways, to: .unitZ, about: axis)
    guard roll.angle > .pi / 4, sideways.length < 0.34 * forearm.length else { return roll }
    // Forearms can be modeled up to 20° off, steeper than upper arms or overextended; if the palm
    // is rotated too, it is the arm.
    let elbow = JointName(.lowerArm, joint.side)
    let swung = Quaternion(from: forearm.normalized ?? axis, to: axis) * rotation
    guard sideways.length > 0.12 * forearm.length,
      let palm = palm(of: elbow, swung, about: axis), (palm.inverse * roll).angle < .pi / 3
    else { return .identity }
    return roll
  }

  /// Returns the roll about a forearm that turns the palm down: then, of the existing fingers, the
  /// one nearest to the thumb is the foremost. Nil if no two fingers determine it.
  private func palm(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion?
  {
    let side = joint.side
    let forearm = (point(.hand, side) - point(.lowerArm, side)).length
    for step in 0..<3 {
      let fingers = [Finger.index, .middle, .ring, .little].compactMap { finger -> Vector3? in
        let joint = JointName(finger.joints[step], side)
        return missing.contains(joint) ? nil : joints[joint.index]
      }
      // Knuckles in one position, such as the beginnings of metacarpals, determine nothing; the
      // next joints might.
      guard fingers.count >= 2, let first = fingers.first, let last = fingers.last else { continue }
      let sideways = rotation.rotate(first - last)
      let flat = sideways - axis * sideways.dot(axis)
      if flat.length > 0.03 * forearm { return Self.roll(flat, to: .unitZ, about: axis) }
    }
    return nil
  }

  /// Returns the roll about a forearm that moves the thumb to its expected direction, if it is far
  /// from there, since thumbs vary.
  private func thumb(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion
  {
    let side = joint.side
    let forearm = (point(.hand, side) - point(.lowerArm, side)).length
    for kind in [JointKind.thumbProximal, .thumbMetacarpal, .thumbDistal]
    where !missing.contains(JointName(kind, side)) {
      let way = rotation.rotate(point(kind, side) - point(.hand, side))
      let flat = way - axis * way.dot(axis)
      guard flat.length > 0.03 * forearm else { continue }
      // Forward and a little down.
      let roll = Self.roll(flat, to: Vector3(0, -0.45, 0.89), about: axis)
      return roll.angle > .pi / 4 ? roll : .identity
    }
    return .identity
  }

  /// Returns the rotation about an axis that takes one perpendicular direction to another.
  package static func roll(_ from: Vector3, to: Vector3, about axis: Vector3) -> Quaternion {
    let from = from.normalized ?? to
    return Quaternion(angle: atan2(from.cross(to).dot(axis), from.dot(to)), axis: axis)
  }

  // MARK: Directions

  /// Returns the direction of a joint's bone in the T-pose; nil for joints that stay unchanged.
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

  /// Returns the direction straight out, rotated forward by an angle.
  private static func splayed(_ degrees: Double, _ sign: Double) -> Vector3 {
    let angle = degrees.degreesToRadians
    return Vector3(sign * cos(angle), 0, sin(angle))
  }

  /// Returns the point at the other end of a bone; nil for the last of a finger, which follows the
  /// previous one, and for a hand whose middle finger does not determine its direction.
  private func end(of joint: JointName) -> Vector3? {
    switch joint.kind {
    case .upperArm: return point(.lowerArm, joint.side)
    case .lowerArm: return point(.hand, joint.side)
    case .hand: return handEnd(joint.side)
    case .upperLeg: return point(.lowerLeg, joint.side)
    case .lowerLeg: return point(.foot, joint.side)
    default: break
    }
    guard let finger = joint.kind.finger, finger != .thumb,
      let index = finger.joints.firstIndex(of: joint.kind), index + 1 < finger.joints.count
    else { return nil }
    let next = JointName(finger.joints[index + 1], joint.side)
    return missing.contains(joint) || missing.contains(next) ? nil : joints[next.index]
  }

  /// Returns the point that a hand points at: the first joint of the middle finger that is not at
  /// the wrist, or the midpoint between those of index and ring finger.
  private func handEnd(_ side: Side) -> Vector3? {
    let hand = point(.hand, side)
    let least = 0.1 * (hand - point(.lowerArm, side)).length
    func position(_ kind: JointKind) -> Vector3? {
      let joint = JointName(kind, side)
      guard !missing.contains(joint) else { return nil }
      let position = joints[joint.index]
      return (position - hand).length > least ? position : nil
    }
    for kind in Finger.middle.joints {
      if let position = position(kind) { return position }
    }
    guard let index = position(.indexProximal), let ring = position(.ringProximal) else {
      return nil
    }
    return (index + ring) / 2
  }
}
