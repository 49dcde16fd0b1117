/// The residuals of one pass of a ``ReachProblem``: misses, the cost of moving, and angles beyond
/// the joints' ranges.
struct ReachResiduals: LeastSquaresProblem {
  let problem: ReachProblem
  /// The pose from which movements have a cost.
  let start: Pose
  let variables: PoseVariables
  /// Whether the hips can be moved too.
  let movesHips: Bool
  /// The ranges of the variables' joints, in order.
  let ranges: [JointRange]
  /// The angle by which each of them can exceed its range, in degrees.
  let slack: [Double]
  private(set) var emphasis: ReachProblem.Emphasis

  /// The weight, in millimeters per radian, of the angle to the pole's direction: a hint, less
  /// important than points.
  private static let poleWeight = 30.0
  /// The weight, in millimeters per degree, of an angle beyond a joint's range: enough that ranges
  /// are kept, and points out of reach are missed.
  static let limitWeight = 100.0
  /// The weight, in millimeters per radian, of a planted foot's rotation: as much as a meter, since
  /// feet stand.
  private static let footWeight = 1000.0
  /// The weight, in millimeters per meter, of an arm's depth in the trunk: twice the depth, since
  /// intersecting skin is conspicuous.
  private static let trunkWeight = 2000.0
  /// The distance of the center of mass from the middle of the feet from which it counts, in
  /// meters.
  private static let balance = 0.06

  /// The misses of one kind, which depend on a common set of joints.
  private enum Part {
    /// The misses of a hand or foot.
    case target(ReachProblem.Target)
    /// An arm inside the trunk.
    case trunk(hand: JointName)
    /// An arm inside the character's own head; of a hand that touches it, fingers do not count.
    case head(hand: JointName, touches: Bool)
    /// A trunk that bends farther than it should.
    case bend(most: Double)
    /// A center of mass that is not above the feet.
    case balance(Vector3)

    /// Returns whether misses change when a joint rotates.
    func hangs(on joint: JointName) -> Bool {
      switch self {
      // Everything that carries the trunk carries the arm too.
      case .target(let target):
        PosedRig.hangs(target.joint, on: joint)
          || target.carrier.map { PosedRig.hangs($0, on: joint) } ?? false
      case .trunk(let hand), .head(let hand, _): PosedRig.hangs(hand, on: joint)
      case .bend: TrunkShape.spine.contains(joint)
      case .balance: true
      }
    }
  }

  private let parts: [Part]
  /// The rotation of the trunk at the start, from the hips.
  private let trunk: Quaternion

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
    let hands = arms.filter { $0.kind == .hand }
    let posed = PosedRig(rig: problem.rig, pose: start)
    trunk = Self.trunk(posed)
    let heads = problem.head.map { head in
      hands.map { hand in
        let touches = problem.targets.contains {
          $0.joint == hand && head.isTouched(at: $0.resolved(in: posed).at, posed)
        }
        return Part.head(hand: hand, touches: touches)
      }
    }
    parts =
      problem.targets.map { .target($0) } + hands.map { .trunk(hand: $0) } + (heads ?? [])
      + (problem.mostBend.map { [.bend(most: $0)] } ?? [])
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

  /// Appends the values of a pose: the misses, three per joint for its cost and three for the
  /// hips', then three per joint for angles beyond its range.
  func addValues(of pose: Pose, to values: inout [Double]) {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    for part in parts { addMisses(part, posed, to: &values) }
    for joint in variables.joints { Self.add(cost(of: joint, in: pose), to: &values) }
    if movesHips { Self.add(costOfHips(in: pose), to: &values) }
    for index in ranges.indices { Self.add(strays(index, in: pose), to: &values) }
  }

  /// Appends the derivatives of the values with respect to each variable, by finite differences.
  ///
  /// A variable changes one joint: only the misses that depend on it are calculated again.
  func addDerivatives(
    at pose: Pose, _ values: [Double], step: Double, to derivatives: inout [Double]
  ) {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    let joints = variables.joints
    let strayStart = values.count - 3 * joints.count
    let costStart = strayStart - 3 * joints.count - (movesHips ? 3 : 0)
    let starts = starts(of: posed)
    // Changed for each variable, and restored.
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

  /// Returns the index of each part's first miss among the values.
  private func starts(of posed: PosedRig) -> [Int] {
    var misses: [Double] = []
    return parts.map { part in
      defer { addMisses(part, posed, to: &misses) }
      return misses.count
    }
  }

  /// Appends misses of one kind.
  private func addMisses(_ part: Part, _ posed: PosedRig, to values: inout [Double]) {
    switch part {
    case .target(let target): addMisses(target.resolved(in: posed), posed, to: &values)
    case .trunk(let hand):
      add(depths: problem.trunk?.depths(of: hand.side, posed) ?? .zero, to: &values)
    case .head(let hand, let touches):
      let depths = problem.head?.depths(of: hand, posed) ?? .zero
      for index in 0..<(touches ? OwnHead.touching : OwnHead.count) {
        add(depth: depths[index], to: &values)
      }
    case .bend(let most):
      let bend = (trunk.inverse * Self.trunk(posed)).angle.radiansToDegrees
      values.append(
        Self.eased(max(0, bend - most), over: 2) * Self.limitWeight * emphasis.points)
    case .balance(let support):
      var way = CenterOfMass.of(posed) - support
      way.y = 0
      values.append(max(0, way.length - Self.balance) * ReachProblem.millimeters)
    }
  }

  /// Returns the rotation of the chest from the hips.
  private static func trunk(_ posed: PosedRig) -> Quaternion {
    posed.modelFromJoint[JointName.hips.index].rotation.inverse
      * posed.modelFromJoint[JointName.upperChest.index].rotation
  }

  /// Appends the penalties for an arm in a trunk.
  func add(depths: SIMD4<Double>, to values: inout [Double]) {
    for index in 0..<4 { add(depth: depths[index], to: &values) }
  }

  /// Appends the penalty for an arm at a depth inside a body, in meters.
  func add(depth: Double, to values: inout [Double]) {
    values.append(Self.eased(depth, over: 0.005) * Self.trunkWeight * emphasis.trunk)
  }

  /// Appends the differences of a hand or foot from its target's position and directions.
  func addMisses(
    _ target: ReachProblem.Target, _ posed: PosedRig, to values: inout [Double]
  ) {
    let frame = posed.modelFromJoint[target.joint.index]
    Self.add(
      (frame.apply(target.tip) - target.at) * (ReachProblem.millimeters * emphasis.points),
      to: &values)
    if let facing = target.facing {
      Self.add(
        (frame.rotation.rotate(facing.own) - facing.way) * (facing.weight * emphasis.turns),
        to: &values)
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

  /// Returns the difference between the elbow's or knee's direction and the pole's.
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

  private static func add(_ vector: Vector3, to values: inout [Double]) {
    values.append(vector.x)
    values.append(vector.y)
    values.append(vector.z)
  }

  /// Returns a penalty that starts like a parabola, since a bound with a sharp onset disturbs the
  /// search.
  static func eased(_ value: Double, over width: Double) -> Double {
    value * value / (value + width)
  }
}
