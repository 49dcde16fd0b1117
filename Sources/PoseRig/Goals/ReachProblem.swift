/// The search for a pose with all hands and feet at their targets, as a sum of squares: misses in
/// millimeters, and the cost of moving.
///
/// Joints keep to their ranges (one that starts past its range goes no farther), and each has its
/// stiffness: an arm moves first, the collar bone next, the trunk only for what is out of an arm's
/// reach, and hips and legs only if the feet are planted.
struct ReachProblem {
  /// The task of one hand or foot, in the character's own space.
  struct Target {
    var joint: JointName
    /// The point that touches, in the joint's frame.
    var tip: Vector3
    /// Where it is to be.
    var at: Vector3
    /// Which way elbow or knee points.
    var pole: Vector3?
    /// Which way the palm faces, and how much that matters.
    var palm: (way: Vector3, weight: Double)?
    /// Which way the fingers point.
    var fingers: Vector3?
    /// The whole rotation: of a planted foot.
    var rotation: Quaternion?
  }

  let rig: Rig
  let targets: [Target]
  /// The trunk, which arms stay out of.
  var trunk: TrunkShape?
  /// Where the weight should stay over, if the feet are planted.
  var support: Vector3?
  /// Whether something else than the feet carries the body.
  var holdsHips = false
  /// The weights of one pass of the search.
  private struct Emphasis {
    /// The cost of moving.
    var stiffness: Double
    /// The points.
    var points: Double
    /// Palms and fingers.
    var turns: Double
    /// The trunk, which arms stay out of.
    var trunk = 1.0
  }

  /// The share of the stiffness that is left once the first pass has found a natural posture: so
  /// little that moving costs nothing that a hand could be held back by.
  private static let soft = 0.03
  /// How much more a point weighs at last than at first: so much that it is reached to a fraction
  /// of a millimeter, whatever the palm would rather do.
  private static let aboveAll = 30.0

  /// The passes of the search: first as stiff as joints are, then soft, then the points above all.
  private static let passes = [
    Emphasis(stiffness: 1, points: 1, turns: 1), Emphasis(stiffness: soft, points: 1, turns: 1),
    Emphasis(stiffness: soft, points: aboveAll, turns: 1),
  ]
  /// The passes for points that are still missed: palms and fingers give way first, the trunk last.
  private static let yielding = [
    Emphasis(stiffness: soft, points: aboveAll, turns: 0.2),
    Emphasis(stiffness: soft, points: aboveAll, turns: 0.02, trunk: 0.02),
  ]
  /// The steps of a pass at most, a bound on the time it takes.
  private static let rounds = 80
  /// The unit of all weights: a residual of 1 is a miss by a millimeter.
  private static let millimeters = 1000.0
  /// Millimeters that a radian off the palm's or fingers' asked direction weighs: about a hand's
  /// length, so that turning a hand's tip away costs as much as moving it away.
  static let palmWeight = 150.0
  /// Millimeters that a radian off the touched surface weighs when no direction was asked for: a
  /// palm lies on what it touches if that is easy.
  static let touchWeight = 40.0
  /// Millimeters that a radian off the pole's direction weighs: a hint, which points go before.
  private static let poleWeight = 30.0
  /// Millimeters that a degree past a joint's range weighs: so much that ranges hold, and a point
  /// out of reach stays missed.
  private static let limitWeight = 100.0
  /// Millimeters that a radian of a planted foot weighs: as much as a meter, since feet stand.
  private static let footWeight = 1000.0
  /// Millimeters that a meter of an arm in the trunk weighs: twice its depth, since skin in skin is
  /// seen at once.
  private static let trunkWeight = 2000.0
  /// Millimeters that a meter of the moved hips weighs: arms stretch before the body moves.
  private static let hipsWeight = 80.0
  /// How far the center of mass may be from the middle of the feet before it counts, in meters.
  private static let balance = 0.06

  init(_ rig: Rig, _ targets: [Target]) {
    self.rig = rig
    self.targets = targets
  }

  /// Returns the pose that does it best, near `start`; joints may stray from their ranges as far as
  /// in `given`.
  func solve(from start: Pose, given: Pose) -> Pose {
    var joints: [JointName] = []
    for target in targets { joints += Self.limb(of: target.joint) }
    if targets.contains(where: { $0.joint.kind == .hand }) {
      joints += [.spine, .chest, .upperChest]
    }
    let movesHips = !holdsHips && targets.contains { $0.rotation != nil }
    if movesHips { joints.append(.hips) }
    let variables = PoseVariables(joints, movesHips: movesHips)
    let ranges = joints.map { JointRange($0, rig.limits) }
    let slack = ranges.map { range in
      range.excess(of: given[range.joint]).map(\.excess).max() ?? 0
    }
    func search(_ pose: Pose, _ emphasis: Emphasis) -> Pose {
      LeastSquares(variables: variables.count, moved: variables.moved) {
        misses($0, emphasis) + cost(of: $0, from: start, joints, movesHips, emphasis.stiffness)
          + strays($0, ranges, slack, emphasis)
      }.solve(from: pose, rounds: Self.rounds).state
    }
    var pose = Self.passes.reduce(start) { search($0, $1) }
    // The palm, and last the trunk, give way only where they must: first from there, then from the
    // beginning, since a palm may have led the arm where there is no way on.
    for (begin, yielding) in [(pose, Self.yielding), (start, Self.yielding.reversed())]
    where farthest(pose) > 2e-4 {
      let candidate = yielding.reduce(begin) { search($0, $1) }
      if farthest(candidate) < farthest(pose) { pose = candidate }
    }
    return pose
  }

  /// Returns a limb bent to its point; of the ways an elbow may point the one that keeps best out
  /// of the trunk and within the joints' ranges, the pose's own if nothing is better.
  func guess(_ target: Target, from pose: Pose) -> Pose {
    let solver = LimbSolver(rig, end: target.joint, tip: target.tip)
    var best = pose
    var least = Double.infinity
    let out = target.joint.side == .left ? 1.0 : -1.0
    let elbows: [Vector3?] = [
      nil, Vector3(out, -0.7, 0.4), Vector3(out * 0.6, -0.6, 1), Vector3(out, 0, 0),
      Vector3(out, 0.7, 0.5),
    ]
    let poles = target.pole.map { [$0] } ?? (target.joint.kind == .hand ? elbows : [nil])
    for pole in poles {
      var candidate = pose
      _ = solver.solve(&candidate, target: target.at, pole: pole)
      let posed = PosedRig(rig: rig, pose: candidate)
      let depth = trunk?.depths(of: target.joint.side, posed).reduce(0, +) ?? 0
      let strays = Self.limb(of: target.joint).reduce(0) { sum, joint in
        JointRange(joint, rig.limits).excess(of: candidate[joint]).reduce(sum) { $0 + $1.excess }
      }
      // A millimeter in the trunk is as bad as a degree past a range.
      let fault = depth * Self.millimeters + strays
      // A few degrees or millimeters are no reason to turn the elbow about.
      if fault < least - 5 { (best, least) = (candidate, fault) }
    }
    return best
  }

  /// Returns how far the worst of hands and feet is from its target, in meters.
  private func farthest(_ pose: Pose) -> Double {
    let posed = PosedRig(rig: rig, pose: pose)
    return targets.map {
      (posed.modelFromJoint[$0.joint.index].apply($0.tip) - $0.at).length
    }.max() ?? 0
  }

  // MARK: Residuals

  private func misses(_ pose: Pose, _ emphasis: Emphasis) -> [Double] {
    let posed = PosedRig(rig: rig, pose: pose)
    var values: [Double] = []
    for target in targets {
      let frame = posed.modelFromJoint[target.joint.index]
      values += Self.list(
        frame.apply(target.tip) - target.at, Self.millimeters * emphasis.points)
      if let palm = target.palm {
        values += Self.list(frame.rotation.rotate(-.unitY) - palm.way, palm.weight * emphasis.turns)
      }
      if let fingers = target.fingers {
        let way: Vector3 = target.joint.side == .left ? .unitX : -.unitX
        values += Self.list(frame.rotation.rotate(way) - fingers, Self.palmWeight * emphasis.turns)
      }
      if let rotation = target.rotation {
        values += Self.list((rotation.inverse * frame.rotation).logarithm, Self.footWeight)
      }
      if let pole = target.pole {
        values += Self.list(sway(target.joint, posed, pole), Self.poleWeight)
      }
    }
    for target in targets where target.joint.kind == .hand {
      values +=
        trunk?.depths(of: target.joint.side, posed).map {
          Self.eased($0, over: 0.005) * Self.trunkWeight * emphasis.trunk
        } ?? []
    }
    if let support {
      var way = CenterOfMass.of(posed) - support
      way.y = 0
      let far = max(0, way.length - Self.balance)
      values.append(far * Self.millimeters)
    }
    return values
  }

  /// Returns how far the elbow's or knee's direction is from the pole's.
  private func sway(_ end: JointName, _ posed: PosedRig, _ pole: Vector3) -> Vector3 {
    guard let lower = end.parent, let upper = lower.parent,
      let line = (posed.position(of: end) - posed.position(of: upper)).normalized
    else { return .zero }
    let bulge = posed.position(of: lower) - posed.position(of: upper)
    guard let now = (bulge - line * bulge.dot(line)).normalized,
      let wanted = (pole - line * pole.dot(line)).normalized
    else { return .zero }
    return now - wanted
  }

  private func cost(
    of pose: Pose, from start: Pose, _ joints: [JointName], _ movesHips: Bool, _ stiffness: Double
  ) -> [Double] {
    var values: [Double] = []
    for joint in joints {
      let turn = (start[joint].inverse * pose[joint]).logarithm
      values += Self.list(turn, Self.stiffness(of: joint) * stiffness)
    }
    if movesHips {
      values += Self.list(pose.translation - start.translation, Self.hipsWeight * stiffness)
    }
    return values
  }

  private func strays(_ pose: Pose, _ ranges: [JointRange], _ slack: [Double], _ emphasis: Emphasis)
    -> [Double]
  {
    var values: [Double] = []
    for (range, slack) in zip(ranges, slack) {
      var excess = [0.0, 0, 0]
      for stray in range.excess(of: pose[range.joint]) {
        excess[stray.freedom] =
          Self.eased(max(0, stray.excess - slack), over: 0.2) * Self.limitWeight * emphasis.points
      }
      values += excess
    }
    return values
  }

  private static func list(_ vector: Vector3, _ weight: Double) -> [Double] {
    [vector.x * weight, vector.y * weight, vector.z * weight]
  }

  /// Returns a penalty that grows like a parabola at first: a search stumbles over a bound that
  /// sets in at once.
  private static func eased(_ value: Double, over width: Double) -> Double {
    value * value / (value + width)
  }

  /// Returns the millimeters that a radian of a joint weighs: an arm moves first, the collar bone
  /// next, the trunk only for points out of an arm's reach.
  private static func stiffness(of joint: JointName) -> Double {
    switch joint.kind {
    case .upperArm, .lowerArm, .upperLeg, .lowerLeg: 3
    case .hand, .foot: 5
    case .shoulder: 15
    default: 45
    }
  }

  /// Returns the joints that move a hand or foot.
  private static func limb(of end: JointName) -> [JointName] {
    var joints = [end]
    while let parent = joints.last?.parent, ![.hips, .upperChest].contains(parent) {
      joints.append(parent)
    }
    return joints.reversed()
  }
}
