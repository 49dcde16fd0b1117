#if canImport(Glibc)
  internal import Glibc
#endif

/// Bends a limb of two bones so that its end is at a point. The law of cosines gives the elbow, and
/// the plane is that of the pose or of a pole; a few rounds correct the error from the hand's own
/// rotation and the bone's rest direction.
struct LimbSolver {
  let rig: Rig
  /// The point of the limb to bring to the target, in the end joint's frame.
  let tip: Vector3
  private let upper: JointName
  private let lower: JointName
  private let end: JointName

  /// Creates a solver for a limb.
  ///
  /// - Parameter end: a hand or foot.
  init(_ rig: Rig, end: JointName, tip: Vector3) {
    self.rig = rig
    self.end = end
    self.tip = tip
    lower = end.parent ?? .hips
    upper = lower.parent ?? .hips
  }

  /// Returns the middle of a hand's volume, in its joint's frame; for other joints the joint
  /// itself.
  static func tip(of joint: JointName, _ rig: Rig) -> Vector3 {
    switch joint {
    case .leftHand: (rig[.leftMiddleProximal] - rig[.leftHand]) * 0.6
    case .rightHand: (rig[.rightMiddleProximal] - rig[.rightHand]) * 0.6
    default: .zero
    }
  }

  /// Poses the limb; returns the remaining distance of its end from `target`, in meters. Both are
  /// in the character's own space.
  func solve(_ pose: inout Pose, target: Vector3, pole: Vector3?) -> Double {
    var aim = target
    var best = (pose: pose, away: Double.infinity)
    for _ in 0..<40 {
      bend(&pose, wristNear: aim, pole: pole)
      let reached = PosedRig(rig: rig, pose: pose).modelFromJoint[end.index].apply(tip)
      let miss = target - reached
      if miss.length < best.away { best = (pose, miss.length) }
      if best.away < 1e-5 { break }
      // Half steps: the hand rotates with the forearm, and full steps would oscillate.
      aim += miss * 0.5
    }
    pose = best.pose
    return best.away
  }

  /// Rotates the upper and lower joint so that the tip comes near a point, with the end joint
  /// unchanged.
  private func bend(_ pose: inout Pose, wristNear aim: Vector3, pole: Vector3?) {
    let posed = PosedRig(rig: rig, pose: pose)
    let start = posed.position(of: upper)
    let middle = posed.position(of: lower)
    let finish = posed.position(of: end)
    let wrist = aim - (posed.modelFromJoint[end.index].apply(tip) - finish)
    let (a, b) = ((middle - start).length, (finish - middle).length)
    let way = wrist - start
    guard let direction = way.normalized else { return }
    // A limb is never quite straight.
    let distance = min(max(way.length, abs(a - b) + 1e-4), (a + b) * 0.9999)
    let hint = pole ?? (middle - start) - (finish - start) * 0.5
    let side = hint - direction * hint.dot(direction)
    guard let bulge = side.normalized ?? fallback(direction) else { return }
    let along = (a * a - b * b + distance * distance) / (2 * distance)
    let out = max(0, a * a - along * along).squareRoot()
    let elbow = start + direction * along + bulge * out
    let goal = start + direction * distance
    guard let bone = (elbow - start).normalized, let next = (goal - elbow).normalized else {
      return
    }
    turnUpper(&pose, bone: bone, hinge: bulge.cross(direction), posed)
    bendLower(&pose, by: acos(min(max(bone.dot(next), -1), 1)))
  }

  private func turnUpper(_ pose: inout Pose, bone: Vector3, hinge: Vector3, _ posed: PosedRig) {
    guard let restBone = (rig[lower] - rig[upper]).normalized,
      let restHinge = (hingeAxis - restBone * hingeAxis.dot(restBone)).normalized,
      let turnedHinge = (hinge - bone * hinge.dot(bone)).normalized
    else { return }
    let from = Quaternion(axes: restBone, restHinge, restBone.cross(restHinge))
    let to = Quaternion(axes: bone, turnedHinge, bone.cross(turnedHinge))
    let parent = upper.parent.map { posed.modelFromJoint[$0.index].rotation } ?? .identity
    pose[upper] = (parent.inverse * to * from.inverse).normalized
  }

  /// Flexes the elbow or knee, and keeps the joint's other rotations, such as a forearm's.
  private func bendLower(_ pose: inout Pose, by angle: Double) {
    let anatomy = Anatomy.of(lower)
    var degrees = anatomy.degreesInOrder(of: pose[lower], side: lower.side)
    for (index, freedom) in anatomy.degreesOfFreedom.enumerated() where freedom.name == .flexion {
      degrees[index] = angle.radiansToDegrees
    }
    pose[lower] = anatomy.rotation(degreesInOrder: degrees, side: lower.side)
  }

  /// The axis of flexion of the elbow or knee, on the joint's own side.
  private var hingeAxis: Vector3 {
    let axis = Anatomy.of(lower).degreesOfFreedom.first?.axis ?? .unitX
    return lower.side == .right ? Vector3(axis.x, -axis.y, -axis.z) : axis
  }

  /// Returns the default direction of an elbow or a knee: backward or forward.
  private func fallback(_ direction: Vector3) -> Vector3? {
    let way: Vector3 = upper.kind == .upperArm ? -.unitZ : .unitZ
    return (way - direction * way.dot(direction)).normalized
  }
}
