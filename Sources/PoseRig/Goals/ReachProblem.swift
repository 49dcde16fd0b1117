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
    /// The joint in whose frame `at` and the directions of `ways` are: the hand that carries what
    /// this one takes hold of too, so that both arms come to each other; nil for the character's
    /// own space.
    var carrier: JointName?
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
    /// The direction of a foot's frame that has to face away from what the foot touches.
    var sole: (own: Vector3, way: Vector3)?
    /// Directions of the joint's frame that have to face certain ways: those of a hand around a
    /// handle.
    var ways: [(own: Vector3, way: Vector3)] = []

    /// Returns the task with all in the character's own space, in a pose.
    func resolved(in posed: PosedRig) -> Target {
      guard let carrier else { return self }
      let frame = posed.modelFromJoint[carrier.index]
      var target = self
      target.carrier = nil
      target.at = frame.apply(at)
      target.ways = ways.map { ($0.own, frame.rotation.rotate($0.way)) }
      return target
    }

    /// Returns how far the point that touches is from where it is to be, in meters.
    func miss(in posed: PosedRig) -> Double {
      (posed.modelFromJoint[joint.index].apply(tip) - resolved(in: posed).at).length
    }
  }

  let rig: Rig
  let targets: [Target]
  /// The hands that carry what others take hold of.
  let carriers: [JointName]
  /// The trunk, which arms stay out of.
  var trunk: TrunkShape?
  /// Where the weight should stay over, if the feet are planted.
  var support: Vector3?
  /// Whether something else than the feet carries the body.
  var holdsHips = false
  /// The weights of one pass of the search.
  struct Emphasis {
    /// The cost of moving.
    var stiffness: Double
    /// The points.
    var points: Double
    /// Palms and fingers.
    var turns: Double
    /// The trunk, which arms stay out of.
    var trunk = 1.0
    /// Whether trunk and hips stay as they are for palms, fingers, elbows and knees, and move only
    /// for points that limbs cannot reach.
    var isUpright = false
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
  static let millimeters = 1000.0
  /// Millimeters that a radian off what a foot stands on weighs: about a foot's length.
  static let soleWeight = 250.0
  /// Millimeters that a radian off the palm's or fingers' asked direction weighs: about a hand's
  /// length, so that turning a hand's tip away costs as much as moving it away.
  static let palmWeight = 150.0
  /// Millimeters that a radian off the touched surface weighs when no direction was asked for: a
  /// palm lies on what it touches if that is easy.
  static let touchWeight = 40.0
  /// Millimeters that a radian off a handle's axis weighs: a fist has to fit around it.
  static let gripWeight = 300.0

  init(_ rig: Rig, _ targets: [Target]) {
    self.rig = rig
    self.targets = targets
    carriers = targets.compactMap(\.carrier)
  }

  /// Returns the pose that does it best, near `start`; joints may stray from their ranges as far as
  /// in `given`.
  func solve(from start: Pose, given: Pose) -> Pose {
    var joints: [JointName] = []
    for target in targets { joints += Self.limb(of: target.joint) }
    for carrier in carriers { joints += Self.limb(of: carrier).filter { !joints.contains($0) } }
    // What one's own hand carries comes along with the trunk.
    if targets.contains(where: { $0.joint.kind == .hand && $0.carrier == nil }) {
      joints += TrunkShape.spine
    }
    let movesHips = !holdsHips && targets.contains { $0.rotation != nil }
    if movesHips { joints.append(.hips) }
    let variables = PoseVariables(joints, movesHips: movesHips)
    let ranges = joints.map { JointRange($0, rig.limits) }
    let slack = ranges.map { range in
      range.excess(of: given[range.joint]).map(\.excess).max() ?? 0
    }
    func search(_ pose: Pose, _ emphasis: Emphasis, isUpright: Bool = false) -> Pose {
      var emphasis = emphasis
      emphasis.isUpright = isUpright
      let residuals = ReachResiduals(
        problem: self, start: start, variables: variables, movesHips: movesHips, ranges: ranges,
        slack: slack, emphasis: emphasis)
      return LeastSquares(residuals).solve(from: pose, rounds: Self.rounds).state
    }
    var pose = Self.passes.reduce(start) { search($0, $1) }
    // The palm, and last the trunk, give way only where they must: first from there, then from the
    // beginning, since a palm may have led the arm where there is no way on.
    for (begin, yielding) in [(pose, Self.yielding), (start, Self.yielding.reversed())]
    where farthest(pose) > 2e-4 {
      let candidate = yielding.reduce(begin) { search($0, $1) }
      if farthest(candidate) < farthest(pose) { pose = candidate }
    }
    // Limbs go before the trunk: it bends for no palm and no elbow.
    if Self.bend(from: start, to: pose) > Self.casualBend {
      var upright = Self.passes.reduce(start) { search($0, $1, isUpright: true) }
      if farthest(upright) > Self.reached {
        upright = Self.yielding.reduce(upright) { search($0, $1, isUpright: true) }
      }
      if farthest(upright) < max(farthest(pose), Self.reached) { pose = upright }
    }
    return pose
  }

  /// Returns how far the trunk of a pose is bent away from another's, in degrees.
  static func bend(from start: Pose, to pose: Pose) -> Double {
    func trunk(_ pose: Pose) -> Quaternion {
      TrunkShape.spine.reduce(.identity) { $0 * pose[$1] }
    }
    return (trunk(start).inverse * trunk(pose)).angle.radiansToDegrees
  }

  /// How far a point may be missed and is still reached, in meters.
  private static let reached = 0.0005
  /// The bend of a trunk that no one would see, in degrees.
  private static let casualBend = 3.0

  /// Returns a limb bent to its point; of the ways an elbow may point the one that keeps best out
  /// of the trunk and within the joints' ranges, the pose's own if nothing is better.
  func guess(_ target: Target, from pose: Pose) -> Pose {
    let target = target.resolved(in: PosedRig(rig: rig, pose: pose))
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
      let depths = trunk?.depths(of: target.joint.side, posed) ?? .zero
      let depth = ((depths[0] + depths[1]) + depths[2]) + depths[3]
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
    return targets.map { $0.miss(in: posed) }.max() ?? 0
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
