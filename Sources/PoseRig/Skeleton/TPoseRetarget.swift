#if canImport(Glibc)
  internal import Glibc
#endif

/// Turns a rest pose with arms hanging aside into the T-pose that poses are relative to.
///
/// Each limb's bone is swung the shortest way to where it points in the T-pose, which keeps its
/// roll; then upper arms are rolled so that elbows bend forward, forearms so that palms face down, as
/// far as the fingers that are there tell. Trunk, collar bones, head and feet stay as they are.
public struct TPoseRetarget {
  /// The joints before, in `JointName.allCases` order.
  public let joints: [Vector3]
  /// The turn of each joint's frame, in the model's axes.
  public private(set) var rotations: [Quaternion]
  /// The joints after.
  public private(set) var tPose: [Vector3]
  private let missing: Set<JointName>
  /// The turns of upper arms before they are rolled.
  private var unrolled: [JointName: Quaternion] = [:]

  /// The T-pose of joints at rest: positions in `JointName.allCases` order, upright, facing +Z.
  ///
  /// - Parameter missing: Joints whose positions say nothing, since the body does not have them.
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

  /// Returns a helper's rotation: its joint's without the shares of swing and twist that it does not
  /// take.
  func rotation(of helper: HelperJoint) -> Quaternion {
    let parent = helper.joint.parent.map { rotations[$0.index] } ?? .identity
    let (swing, twist) = swingTwist(of: helper)
    return parent * swing.scaled(by: helper.bend?.share ?? 1) * twist.scaled(by: helper.twistShare)
  }

  /// Returns how a helper's joint swings from where it is at rest to the T-pose.
  func swing(of helper: HelperJoint) -> Quaternion { swingTwist(of: helper).swing }

  private func swingTwist(of helper: HelperJoint) -> (swing: Quaternion, twist: Quaternion) {
    let parent = helper.joint.parent.map { rotations[$0.index] } ?? .identity
    let local = parent.inverse * rotations[helper.joint.index]
    // The twist is about the bone as it lies before the turn.
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
    // Which way the elbow bends says nothing of the palm.
    let above = joint.parent.flatMap { unrolled[$0] } ?? parent
    let hanging = above.rotate(end - joints[joint.index])
    let swung = Quaternion(from: hanging.normalized ?? target, to: target) * above
    return thumb(of: joint, swung, about: target) * swung
  }

  private func point(_ kind: JointKind, _ side: Side) -> Vector3 {
    joints[JointName(kind, side).index]
  }

  // MARK: Rolls

  /// Returns the roll about an upper arm that puts an elbow's bend before it.
  private func bend(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion
  {
    let forearm = rotation.rotate(point(.hand, joint.side) - point(.lowerArm, joint.side))
    let sideways = forearm - axis * forearm.dot(axis)
    // An arm as straight as this has no side to which it bends; a little aside it may well lie.
    guard sideways.length > 0.03 * forearm.length else { return .identity }
    let roll = Self.roll(sideways, to: .unitZ, about: axis)
    guard roll.angle > .pi / 4, sideways.length < 0.34 * forearm.length else { return roll }
    // Up to 20° forearms may well be drawn so, steeper than upper arms or overextended; where the
    // palm is turned along, it is the arm.
    let elbow = JointName(.lowerArm, joint.side)
    let swung = Quaternion(from: forearm.normalized ?? axis, to: axis) * rotation
    guard sideways.length > 0.12 * forearm.length,
      let palm = palm(of: elbow, swung, about: axis), (palm.inverse * roll).angle < .pi / 3
    else { return .identity }
    return roll
  }

  /// Returns the roll about a forearm that turns the palm down: of the fingers that are there the one
  /// nearest to the thumb is then the foremost. Nil where no two fingers tell.
  private func palm(of joint: JointName, _ rotation: Quaternion, about axis: Vector3) -> Quaternion?
  {
    let side = joint.side
    let forearm = (point(.hand, side) - point(.lowerArm, side)).length
    for step in 0..<3 {
      let fingers = [Finger.index, .middle, .ring, .little].compactMap { finger -> Vector3? in
        let joint = JointName(finger.joints[step], side)
        return missing.contains(joint) ? nil : joints[joint.index]
      }
      // Knuckles in one place, as metacarpals begin, tell nothing; the next joints may.
      guard fingers.count >= 2, let first = fingers.first, let last = fingers.last else { continue }
      let sideways = rotation.rotate(first - last)
      let flat = sideways - axis * sideways.dot(axis)
      if flat.length > 0.03 * forearm { return Self.roll(flat, to: .unitZ, about: axis) }
    }
    return nil
  }

  /// Returns the roll about a forearm that puts the thumb where it belongs, if it is far from there:
  /// thumbs differ.
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

  /// Returns the turn about an axis that takes one direction at right angles to it to another.
  package static func roll(_ from: Vector3, to: Vector3, about axis: Vector3) -> Quaternion {
    let from = from.normalized ?? to
    return Quaternion(angle: atan2(from.cross(to).dot(axis), from.dot(to)), axis: axis)
  }

  // MARK: Directions

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

  /// Returns the point at the other end of a bone; nil for the last of a finger, which follows the
  /// one before, and for a hand whose middle finger does not tell where it points.
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

  /// Returns the point that a hand aims at: the first joint of the middle finger that does not lie
  /// on the wrist, or of index and ring finger the point between them.
  private func handEnd(_ side: Side) -> Vector3? {
    let hand = point(.hand, side)
    let least = 0.1 * (hand - point(.lowerArm, side)).length
    func place(_ kind: JointKind) -> Vector3? {
      let joint = JointName(kind, side)
      guard !missing.contains(joint) else { return nil }
      let place = joints[joint.index]
      return (place - hand).length > least ? place : nil
    }
    for kind in Finger.middle.joints {
      if let place = place(kind) { return place }
    }
    guard let index = place(.indexProximal), let ring = place(.ringProximal) else { return nil }
    return (index + ring) / 2
  }
}
