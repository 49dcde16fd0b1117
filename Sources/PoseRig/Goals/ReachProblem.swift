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
  /// The hands and feet whose targets are on a figure that is posed in the same search.
  let linked: [JointName]
  /// The trunk, which arms stay out of.
  var trunk: TrunkShape?
  /// Where the weight should stay over, if the feet are planted.
  var support: Vector3?
  /// Whether something else than the feet carries the body.
  var holdsHips = false
  /// The steps of a pass at most, a bound on the time it takes.
  static let rounds = 80
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

  init(_ rig: Rig, _ targets: [Target], linked: [JointName] = []) {
    self.rig = rig
    self.targets = targets
    self.linked = linked
    carriers = targets.compactMap(\.carrier)
  }

  /// Returns the pose that does it best, near `start`; joints may stray from their ranges as far as
  /// in `given`.
  func solve(from start: Pose, given: Pose) -> Pose {
    let residuals = residuals(from: start, given: given)
    return ReachSearch(
      farthest: farthest, bend: { Self.bend(from: start, to: $0) },
      search: { LeastSquares(residuals.emphasizing($1)).solve(from: $0, rounds: Self.rounds).state }
    ).solve(from: start)
  }

  /// Returns the residuals of the first pass from a pose.
  func residuals(from start: Pose, given: Pose) -> ReachResiduals {
    var joints: [JointName] = []
    for end in targets.map(\.joint) + linked { joints += Self.limb(of: end) }
    for carrier in carriers { joints += Self.limb(of: carrier).filter { !joints.contains($0) } }
    // What the character's own hand carries comes along with the trunk.
    if targets.contains(where: { $0.joint.kind == .hand && $0.carrier == nil })
      || linked.contains(where: { $0.kind == .hand })
    {
      joints += TrunkShape.spine
    }
    let movesHips = !holdsHips && targets.contains { $0.rotation != nil }
    if movesHips { joints.append(.hips) }
    let ranges = joints.map { JointRange($0, rig.limits) }
    let slack = ranges.map { range in
      range.excess(of: given[range.joint]).map(\.excess).max() ?? 0
    }
    return ReachResiduals(
      problem: self, start: start, variables: PoseVariables(joints, movesHips: movesHips),
      movesHips: movesHips, ranges: ranges, slack: slack, emphasis: .first)
  }

  /// Returns how far the trunk of a pose is bent away from another's, in degrees.
  static func bend(from start: Pose, to pose: Pose) -> Double {
    func trunk(_ pose: Pose) -> Quaternion {
      TrunkShape.spine.reduce(.identity) { $0 * pose[$1] }
    }
    return (trunk(start).inverse * trunk(pose)).angle.radiansToDegrees
  }

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

  /// Returns how far the worst of the hands and feet with targets of its own is from them, in
  /// meters.
  func farthest(_ pose: Pose) -> Double {
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
