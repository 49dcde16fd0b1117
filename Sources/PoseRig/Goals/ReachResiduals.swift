/// The residuals of one pass of a ``ReachProblem``: misses, the cost of moving, and strays from the
/// joints' ranges.
struct ReachResiduals: LeastSquaresProblem {
  let problem: ReachProblem
  /// The pose whose distance costs.
  let start: Pose
  let variables: PoseVariables
  /// Whether the hips may be moved too.
  let movesHips: Bool
  /// The ranges of the variables' joints, in their order.
  let ranges: [JointRange]
  /// How far each of them may be past its range, in degrees.
  let slack: [Double]
  private(set) var emphasis: ReachProblem.Emphasis

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
  /// How many times as stiff a trunk is that only points may bend: so much that a palm that is a
  /// radian off turns it by no more than a fifth of that.
  private static let upright = 7.0
  /// How many times as stiff the arm is to which another comes: it was posed, the other follows.
  private static let lead = 4.0
  /// How far the center of mass may be from the middle of the feet before it counts, in meters.
  private static let balance = 0.06

  /// The misses of one kind, which hang on the same joints.
  private enum Part {
    /// Those of a hand or foot from how it is to be.
    case target(ReachProblem.Target)
    /// An arm in the trunk.
    case trunk(hand: JointName)
    /// The weight off the feet.
    case balance(Vector3)

    /// Whether misses change when a joint turns.
    func hangs(on joint: JointName) -> Bool {
      switch self {
      // All that carries the trunk carries the arm as well.
      case .target(let target):
        PosedRig.hangs(target.joint, on: joint)
          || target.carrier.map { PosedRig.hangs($0, on: joint) } ?? false
      case .trunk(let hand): PosedRig.hangs(hand, on: joint)
      case .balance: true
      }
    }
  }

  private let parts: [Part]

  init(
    problem: ReachProblem, start: Pose, variables: PoseVariables, movesHips: Bool,
    ranges: [JointRange], slack: [Double], emphasis: ReachProblem.Emphasis
  ) {
    self.problem = problem
    self.start = start
    self.variables = variables
    self.movesHips = movesHips
    self.ranges = ranges
    self.slack = slack
    self.emphasis = emphasis
    let arms = problem.trunk == nil ? [] : problem.targets.map(\.joint) + problem.linked
    parts =
      problem.targets.map { .target($0) }
      + arms.filter { $0.kind == .hand }.map { .trunk(hand: $0) }
      + (problem.support.map { [.balance($0)] } ?? [])
  }

  /// Returns the residuals of another pass.
  func emphasizing(_ emphasis: ReachProblem.Emphasis) -> ReachResiduals {
    var residuals = self
    residuals.emphasis = emphasis
    return residuals
  }

  // MARK: Values

  var variableCount: Int { variables.count }

  func moved(_ pose: Pose, by step: [Double]) -> Pose { variables.moved(pose, by: step) }

  /// Adds the values of a pose: the misses, three a joint for its cost and three for the hips',
  /// then three a joint for its strays.
  func addValues(of pose: Pose, to values: inout [Double]) {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    for part in parts { addMisses(part, posed, to: &values) }
    for joint in variables.joints { Self.add(cost(of: joint, in: pose), to: &values) }
    if movesHips { Self.add(costOfHips(in: pose), to: &values) }
    for index in ranges.indices { Self.add(strays(index, in: pose), to: &values) }
  }

  /// Adds the derivatives of the values by each variable, by differences.
  ///
  /// A variable changes one joint: what hangs on it is posed again, and all else stays as it is.
  func addDerivatives(
    at pose: Pose, _ values: [Double], step: Double, to derivatives: inout [Double]
  ) {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    let joints = variables.joints
    let strayStart = values.count - 3 * joints.count
    let costStart = strayStart - 3 * joints.count - (movesHips ? 3 : 0)
    let starts = starts(of: posed)
    // Moved by each variable, and brought back.
    var (moved, near) = (pose, posed)
    var misses: [Double] = []
    for variable in 0..<variables.count {
      let joint = variables.joint(of: variable)
      variables.move(&moved, variable, by: step)
      let column = derivatives.count
      derivatives.append(contentsOf: repeatElement(0, count: values.count))
      near.pose(problem.rig, moved, from: joint ?? .hips)
      for (part, start) in zip(parts, starts) where part.hangs(on: joint ?? .hips) {
        misses.removeAll(keepingCapacity: true)
        addMisses(part, near, to: &misses)
        for (index, miss) in misses.enumerated() {
          derivatives[column + start + index] = (miss - values[start + index]) / step
        }
      }
      func differ(_ near: Vector3, from first: Int) {
        for index in 0..<3 {
          derivatives[column + first + index] = (near[index] - values[first + index]) / step
        }
      }
      if let joint, let slot = joints.firstIndex(of: joint) {
        differ(cost(of: joint, in: moved), from: costStart + 3 * slot)
        differ(strays(slot, in: moved), from: strayStart + 3 * slot)
        moved[joint] = pose[joint]
      } else {
        differ(costOfHips(in: moved), from: strayStart - 3)
        moved.translation = pose.translation
      }
      near.restore(joint ?? .hips, from: posed)
    }
  }

  /// Returns the place of each part's first miss among the values.
  private func starts(of posed: PosedRig) -> [Int] {
    var misses: [Double] = []
    return parts.map { part in
      defer { addMisses(part, posed, to: &misses) }
      return misses.count
    }
  }

  /// Adds misses of one kind.
  private func addMisses(_ part: Part, _ posed: PosedRig, to values: inout [Double]) {
    switch part {
    case .target(let target): addMisses(target.resolved(in: posed), posed, to: &values)
    case .trunk(let hand):
      add(depths: problem.trunk?.depths(of: hand.side, posed) ?? .zero, to: &values)
    case .balance(let support):
      var way = CenterOfMass.of(posed) - support
      way.y = 0
      values.append(max(0, way.length - Self.balance) * ReachProblem.millimeters)
    }
  }

  /// Adds the penalties for an arm in a trunk.
  func add(depths: SIMD4<Double>, to values: inout [Double]) {
    for index in 0..<4 { add(depth: depths[index], to: &values) }
  }

  /// Adds the penalty for an arm that is so deep in a body, in meters.
  func add(depth: Double, to values: inout [Double]) {
    values.append(Self.eased(depth, over: 0.005) * Self.trunkWeight * emphasis.trunk)
  }

  /// Adds how far a hand or foot is from where and how it is to be.
  func addMisses(
    _ target: ReachProblem.Target, _ posed: PosedRig, to values: inout [Double]
  ) {
    let frame = posed.modelFromJoint[target.joint.index]
    Self.add(
      (frame.apply(target.tip) - target.at) * (ReachProblem.millimeters * emphasis.points),
      to: &values)
    if let palm = target.palm {
      Self.add(
        (frame.rotation.rotate(-.unitY) - palm.way) * (palm.weight * emphasis.turns), to: &values)
    }
    if let fingers = target.fingers {
      let way: Vector3 = target.joint.side == .left ? .unitX : -.unitX
      Self.add(
        (frame.rotation.rotate(way) - fingers) * (ReachProblem.palmWeight * emphasis.turns),
        to: &values)
    }
    if let sole = target.sole {
      Self.add(
        (frame.rotation.rotate(sole.own) - sole.way) * (ReachProblem.soleWeight * emphasis.turns),
        to: &values)
    }
    for (own, way) in target.ways {
      Self.add(
        (frame.rotation.rotate(own) - way) * (ReachProblem.gripWeight * emphasis.turns), to: &values
      )
    }
    if let rotation = target.rotation {
      Self.add((rotation.inverse * frame.rotation).logarithm * Self.footWeight, to: &values)
    }
    if let pole = target.pole {
      Self.add(sway(target.joint, posed, pole) * Self.poleWeight, to: &values)
    }
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

  private func cost(of joint: JointName, in pose: Pose) -> Vector3 {
    let turn = (start[joint].inverse * pose[joint]).logarithm
    let isLeading = problem.carriers.contains { PosedRig.hangs($0, on: joint) }
    let stiffness = Self.stiffness(of: joint) * (isLeading ? Self.lead : 1)
    return turn * (stiffness * bodyEmphasis(TrunkShape.spine.contains(joint) || joint == .hips))
  }

  private func costOfHips(in pose: Pose) -> Vector3 {
    (pose.translation - start.translation) * (Self.hipsWeight * bodyEmphasis(true))
  }

  /// Returns how many times its stiffness moving a part costs: of the body, where it is to stay
  /// upright, no less for being soft.
  private func bodyEmphasis(_ isOfBody: Bool) -> Double {
    isOfBody && emphasis.isUpright ? Self.upright : emphasis.stiffness
  }

  private func strays(_ index: Int, in pose: Pose) -> Vector3 {
    let strays = ranges[index].strays(of: pose[ranges[index].joint])
    var excess = Vector3.zero
    for freedom in 0..<3 where strays[freedom] > 0 {
      excess[freedom] =
        Self.eased(max(0, strays[freedom] - slack[index]), over: 0.2) * Self.limitWeight
        * emphasis.points
    }
    return excess
  }

  private static func add(_ vector: Vector3, to values: inout [Double]) {
    values.append(vector.x)
    values.append(vector.y)
    values.append(vector.z)
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
}
