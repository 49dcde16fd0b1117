/// Adjusts a pose until its keypoints match those in a picture: least squares over joints and the
/// hips' position.
struct LiftSearch {
  let rig: Rig
  let camera: Camera
  let keypoints: KeypointRig
  let hands: [Side: KeypointRig]
  let target: LiftTarget

  /// The cost of a radian away from the start, in thousandths of the figure's size: a tenth of a
  /// radian costs as much as a miss of 1/500.
  private static let stiffness = 20.0
  /// The cost of a degree beyond a range: almost that of a miss of 30 thousandths of the figure's
  /// size, so that joints leave their ranges only if the picture requires it.
  private static let limit = 30.0
  private static let trunk: [JointName] = [.spine, .chest, .upperChest, .neck, .head]
  private static let limbs: [JointName] = Side.both.flatMap { side in
    [JointKind.shoulder, .upperArm, .lowerArm, .hand, .upperLeg, .lowerLeg, .foot].map {
      JointName($0, side)
    }
  }

  private static let joints = [.hips] + trunk + limbs

  /// Returns a pose in which the other joints compensate for the misses of held ones.
  func compensate(_ pose: Pose, holding held: Set<JointName>) -> Pose {
    let free = Self.joints.filter { !held.contains($0) }
    return solve(pose, free, stiffness: Self.stiffness / 8, rounds: 30).pose
  }

  /// Returns the matching pose near `start`, and its cost.
  func refine(_ start: Pose) -> (pose: Pose, cost: Double) {
    // First position and heading, then all joints, then all joints with less weight on the start.
    var pose = solve(start, [.hips], stiffness: 0, rounds: 20).pose
    let joints = Self.joints
    pose = solve(pose, joints, stiffness: Self.stiffness, rounds: 40).pose
    // The firm search determines the cost of the joints, the loose one that of the picture.
    let loose = solve(pose, joints, from: start, stiffness: Self.stiffness / 8, rounds: 60)
    pose = loose.pose
    let away = cost(of: pose, from: start, joints, Self.stiffness / 2)
    for side in [Side.left, .right] { pose = fingers(side, pose) }
    return (pose, loose.cost + away.reduce(0) { $0 + $1 * $1 })
  }

  private func solve(
    _ begin: Pose, _ joints: [JointName], from start: Pose? = nil, stiffness: Double, rounds: Int
  ) -> (pose: Pose, cost: Double) {
    let variables = PoseVariables(joints, movesHips: true)
    let ranges = joints.map { JointRange($0, rig.limits) }
    let anchor = start ?? begin
    let problem = Problem(variables: variables) {
      misses($0) + cost(of: $0, from: anchor, joints, stiffness) + strays($0, ranges)
    }
    let found = LeastSquares(problem).solve(from: begin, rounds: rounds)
    return (found.state, found.cost)
  }

  private func misses(_ pose: Pose) -> [Double] {
    let posed = PosedRig(rig: rig, pose: pose)
    let scale = 1000 / target.size
    var values = misses(keypoints.points(posed), target.body, scale)
    for (side, points) in [(Side.left, target.leftHand), (.right, target.rightHand)] {
      guard !points.isEmpty, let hand = hands[side] else { continue }
      // The knuckles rotate with the hand; fingers have a separate search.
      let knuckles = [5, 9, 13, 17]
      let all = hand.points(posed)
      values += misses(knuckles.map { all[$0] }, knuckles.map { points[$0] }, scale * 0.7)
    }
    return values
  }

  private func misses(
    _ have: [[Vector3]], _ want: [SIMD2<Double>?], _ scale: Double
  ) -> [Double] {
    zip(have, want).flatMap { sources, want -> [Double] in
      guard let want else { return [] }
      // A point behind the camera counts as far off.
      guard let seen = camera.middle(of: sources) else { return [1000, 1000] }
      return [(seen.x - want.x) * scale, (seen.y - want.y) * scale]
    }
  }

  private func cost(
    of pose: Pose, from start: Pose, _ joints: [JointName], _ stiffness: Double
  ) -> [Double] {
    guard stiffness > 0 else { return [] }
    return joints.filter { $0 != .hips }.flatMap { joint -> [Double] in
      let turn = (start[joint].inverse * pose[joint]).logarithm
      return [turn.x * stiffness, turn.y * stiffness, turn.z * stiffness]
    }
  }

  private func strays(_ pose: Pose, _ ranges: [JointRange]) -> [Double] {
    ranges.flatMap { range -> [Double] in
      var values = [0.0, 0, 0]
      for stray in range.excess(of: pose[range.joint]) {
        values[stray.freedom] = stray.excess * stray.excess / (stray.excess + 0.2) * Self.limit
      }
      return values
    }
  }

  // MARK: Fingers

  private func fingers(_ side: Side, _ pose: Pose) -> Pose {
    let points = side == .left ? target.leftHand : target.rightHand
    guard points.compactMap(\.self).count >= 12, let hand = hands[side] else { return pose }
    let joints = JointName.allCases.filter { $0.isOfFinger && $0.side == side }
    let variables = PoseVariables(joints)
    let ranges = joints.map { JointRange($0, rig.limits) }
    let scale = 4000 / target.size
    let problem = Problem(variables: variables) { moved in
      misses(hand.points(PosedRig(rig: rig, pose: moved)), points, scale)
        + cost(of: moved, from: pose, joints, 4) + strays(moved, ranges)
    }
    return LeastSquares(problem).solve(from: pose, rounds: 40).state
  }

  /// Poses and their targets.
  private struct Problem: LeastSquaresProblem {
    let variables: PoseVariables
    let values: (Pose) -> [Double]

    var variableCount: Int { variables.count }

    func moved(_ pose: Pose, by step: [Double]) -> Pose { variables.moved(pose, by: step) }

    func addValues(of pose: Pose, to values: inout [Double]) { values += self.values(pose) }
  }
}
