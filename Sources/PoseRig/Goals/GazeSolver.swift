#if canImport(Glibc)
  internal import Glibc
#endif

/// Rotates chest, neck, head and eyes so that the face looks at a point. Each takes its share of
/// the remaining rotation, within its limits.
enum GazeSolver {
  /// The joints that rotate, with each one's share per round and its largest angle in degrees: the
  /// neck and the head do most of it, as in people.
  private static let shares: [(joint: JointName, share: Double, most: Double)] = [
    (.chest, 0.06, 10), (.upperChest, 0.06, 10), (.neck, 0.28, 35), (.head, 0.5, 40),
  ]
  /// The angle in degrees that eyes rotate before the gaze is strained.
  private static let eyeReach = 25.0

  /// Solves for a gaze; returns the angle in degrees by which it misses. The target is in the
  /// character's own space.
  ///
  /// - Parameter trunk: whether chest and upper chest can rotate, which they must not if the hands
  ///   attached to them hold something.
  static func solve(_ pose: inout Pose, rig: Rig, target: Vector3, trunk: Bool) -> Double {
    let start = pose
    let turning = trunk ? shares : Array(shares.suffix(2))
    let ranges = turning.map { JointRange($0.joint, rig.limits) }
    for _ in 0..<12 {
      for ((joint, share, most), range) in zip(turning, ranges) {
        let turn = missing(pose, rig, target)
        let frame = PosedRig.frame(of: joint, rig, pose).rotation
        // In the joint's own frame, so that its children follow.
        let local = frame.inverse * turn.scaled(by: share) * frame
        let wanted = start[joint].inverse * pose[joint] * local
        let angle = wanted.angle.radiansToDegrees
        let kept = angle > most ? wanted.scaled(by: most / angle) : wanted
        pose[joint] = withinRange(range, from: start[joint], kept)
      }
    }
    let left = missing(pose, rig, target)
    let degrees = left.angle.radiansToDegrees
    let eyes = left.scaled(by: degrees > eyeReach ? eyeReach / degrees : 1)
    let head = PosedRig.frame(of: .head, rig, pose).rotation
    for eye in [JointName.leftEye, .rightEye] { pose[eye] = head.inverse * eyes * head }
    return max(0, degrees - eyeReach)
  }

  /// Returns as much of a rotation as the joint's range allows; one that starts beyond its range
  /// goes no farther.
  private static func withinRange(
    _ range: JointRange, from start: Quaternion, _ turn: Quaternion
  ) -> Quaternion {
    func strays(_ rotation: Quaternion) -> Double {
      let strays = range.strays(of: rotation)
      return (strays.x + strays.y) + strays.z
    }
    let allowed = strays(start) + 1e-9
    let whole = (start * turn).normalized
    guard strays(whole) > allowed else { return whole }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<20 {
      let middle = (low + high) / 2
      if strays(start * turn.scaled(by: middle)) > allowed { high = middle } else { low = middle }
    }
    return (start * turn.scaled(by: low)).normalized
  }

  /// Returns the rotation that would make the face look at the target.
  private static func missing(_ pose: Pose, _ rig: Rig, _ target: Vector3) -> Quaternion {
    let head = PosedRig.frame(of: .head, rig, pose)
    let eyes = head.apply((rig[.leftEye] + rig[.rightEye]) / 2 - rig[.head])
    guard let way = (target - eyes).normalized else { return .identity }
    return Quaternion(from: head.rotation.rotate(.unitZ), to: way)
  }
}
