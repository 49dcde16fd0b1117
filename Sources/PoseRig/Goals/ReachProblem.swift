/// The search for a pose with all hands and feet at their targets, as a sum of squares: misses in
/// millimeters, and the cost of moving.
///
/// Joints stay within their ranges (one that starts beyond its range goes no farther), and each has
/// a stiffness: an arm moves first, the collarbone next, the trunk only for points out of an arm's
/// reach, and hips and legs only if the feet are planted.
struct ReachProblem {
  /// The target of one hand or foot, in the character's own space.
  struct Target {
    var joint: JointName
    /// The joint with the frame of `at` and the directions of `ways`: the hand that carries the
    /// thing that this one grips too, so that both arms move toward each other; nil for the
    /// character's own space.
    var carrier: JointName?
    /// The point that touches, in the joint's frame.
    var tip: Vector3
    /// The target position.
    var at: Vector3
    /// The direction in which the elbow or knee points.
    var pole: Vector3?
    /// The direction that the palm, or the part of the hand that touches, faces.
    var facing: Facing?
    /// The direction in which the fingers point.
    var fingers: Vector3?
    /// The whole rotation, for a planted foot.
    var rotation: Quaternion?
    /// The direction in a foot's frame that has to face away from the surface that it touches.
    var sole: (own: Vector3, way: Vector3)?
    /// Whether the target moves along with the chest, so that bending the trunk brings a hand no
    /// closer.
    var goesWithChest = false
    /// The directions in the joint's frame that have to point in certain directions: those of a
    /// hand around a handle.
    var ways: [(own: Vector3, way: Vector3)] = []

    /// A direction in the joint's frame that has to point in a certain direction.
    struct Facing {
      var own: Vector3
      var way: Vector3
      /// The weight of a deviation by a radian, in millimeters.
      var weight: Double
    }

    /// Returns the target with everything in the character's own space, for a pose.
    func resolved(in posed: PosedRig) -> Target {
      guard let carrier else { return self }
      let frame = posed.modelFromJoint[carrier.index]
      var target = self
      target.carrier = nil
      target.at = frame.apply(at)
      target.ways = ways.map { ($0.own, frame.rotation.rotate($0.way)) }
      return target
    }

    /// Returns the distance of the point that touches from its target, in meters.
    func miss(in posed: PosedRig) -> Double {
      (posed.modelFromJoint[joint.index].apply(tip) - resolved(in: posed).at).length
    }
  }

  let rig: Rig
  let targets: [Target]
  /// The hands that carry things that others grip.
  let carriers: [JointName]
  /// The hands and feet with targets on a figure that is posed in one search with this one.
  let linked: [JointName]
  /// The trunk, which arms avoid.
  var trunk: TrunkShape?
  /// The character's own head, which its arms avoid.
  var head: OwnHead?
  /// The largest bend of the trunk in degrees, even if a point is missed; nil for no limit.
  var mostBend: Double?
  /// The point that the center of mass should be above, if the feet are planted.
  var support: Vector3?
  /// Whether something other than the feet supports the body.
  var holdsHips = false
  /// The maximum number of steps of a pass, which limits the time.
  static let rounds = 80
  /// The unit of all weights: a residual of 1 is a miss of one millimeter.
  static let millimeters = 1000.0
  /// The weight, in millimeters per radian, of a foot's angle to the surface: about a foot's
  /// length.
  static let soleWeight = 250.0
  /// The weight, in millimeters per radian, of the palm's or fingers' angle to the requested
  /// direction: about a hand's length, so that rotating a hand's tip away costs as much as moving
  /// it away.
  static let palmWeight = 150.0
  /// The weight, in millimeters per radian, of a palm's angle to the touched surface without a
  /// requested direction: a palm lies on the surface if that is easy.
  static let touchWeight = 40.0
  /// The weight, in millimeters per radian, of a hand's angle to a handle: a fist has to fit around
  /// it.
  static let gripWeight = 300.0

  init(_ rig: Rig, _ targets: [Target], linked: [JointName] = []) {
    self.rig = rig
    self.targets = targets
    self.linked = linked
    carriers = targets.compactMap(\.carrier)
  }

  /// Returns the best pose near `start`; joints can exceed their ranges as far as in `given`.
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
    // Things that the character's own hand carries move along with the trunk.
    if targets.contains(where: {
      $0.joint.kind == .hand && $0.carrier == nil && !$0.goesWithChest
    })
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

  /// Returns the angle between the trunks of two poses, in degrees.
  static func bend(from start: Pose, to pose: Pose) -> Double {
    func trunk(_ pose: Pose) -> Quaternion {
      TrunkShape.spine.reduce(.identity) { $0 * pose[$1] }
    }
    return (trunk(start).inverse * trunk(pose)).angle.radiansToDegrees
  }

  /// Returns a pose with a limb bent toward its point. Of the possible elbow directions, it uses
  /// the one that best avoids the trunk and stays within the joints' ranges; the pose's own unless
  /// another one is better.
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
      var depth = ((depths[0] + depths[1]) + depths[2]) + depths[3]
      if target.joint.kind == .hand { depth += head?.depths(of: target.joint, posed).sum() ?? 0 }
      let strays = Self.limb(of: target.joint).reduce(0) { sum, joint in
        JointRange(joint, rig.limits).excess(of: candidate[joint]).reduce(sum) { $0 + $1.excess }
      }
      // A depth of one millimeter in the trunk is as bad as one degree beyond a range.
      let fault = depth * Self.millimeters + strays
      // A difference of a few degrees or millimeters does not justify another elbow direction.
      if fault < least - 5 { (best, least) = (candidate, fault) }
    }
    return best
  }

  /// Returns the largest distance of a hand or foot from its own target, in meters.
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
