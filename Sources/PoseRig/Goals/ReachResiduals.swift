/// The residuals of one pass of a ``ReachProblem``: misses, the cost of moving, and strays from the
/// joints' ranges.
struct ReachResiduals {
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
  let emphasis: ReachProblem.Emphasis

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

  /// The misses of one kind, which hang on the same joints.
  private enum Part {
    /// Those of a hand or foot from how it is to be.
    case target(ReachProblem.Target)
    /// An arm in the trunk.
    case trunk(ReachProblem.Target)
    /// The weight off the feet.
    case balance(Vector3)
  }

  private var parts: [Part] {
    problem.targets.map { .target($0) }
      + problem.targets.filter { $0.joint.kind == .hand }.map { .trunk($0) }
      + (problem.support.map { [.balance($0)] } ?? [])
  }

  /// Returns the residuals of a pose: the misses, three a joint for its cost and three for the
  /// hips', then three a joint for its strays.
  func values(_ pose: Pose) -> [Double] {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    var values = parts.flatMap { misses($0, posed) }
    for joint in variables.joints { values += cost(of: joint, in: pose) }
    if movesHips { values += costOfHips(in: pose) }
    for index in ranges.indices { values += strays(index, in: pose) }
    return values
  }

  /// Returns the derivatives of the residuals, `values`, by each variable, by differences.
  ///
  /// A variable changes one joint: what hangs on it is posed anew, and all else stays as it is.
  func derivatives(at pose: Pose, _ values: [Double], step: Double) -> [[Double]] {
    let posed = PosedRig(rig: problem.rig, pose: pose)
    let joints = variables.joints
    let strayStart = values.count - 3 * joints.count
    let costStart = strayStart - 3 * joints.count - (movesHips ? 3 : 0)
    let parts = parts
    var starts = [0]
    for part in parts { starts.append(starts[starts.count - 1] + misses(part, posed).count) }
    return (0..<variables.count).map { variable in
      let joint = variables.joint(of: variable)
      let moved = variables.moved(pose, variable, by: step)
      var column = [Double](repeating: 0, count: values.count)
      func differ(_ near: [Double], from first: Int) {
        for (index, value) in near.enumerated() {
          column[first + index] = (value - values[first + index]) / step
        }
      }
      var near = posed
      near.pose(problem.rig, moved, from: joint ?? .hips)
      for (part, start) in zip(parts, starts) where Self.hangs(part, on: joint ?? .hips) {
        differ(misses(part, near), from: start)
      }
      if let joint, let slot = joints.firstIndex(of: joint) {
        differ(cost(of: joint, in: moved), from: costStart + 3 * slot)
        differ(strays(slot, in: moved), from: strayStart + 3 * slot)
      } else {
        differ(costOfHips(in: moved), from: strayStart - 3)
      }
      return column
    }
  }

  /// Whether misses change when a joint turns.
  private static func hangs(_ part: Part, on joint: JointName) -> Bool {
    switch part {
    // All that carries the trunk carries the arm as well.
    case .target(let target), .trunk(let target): target.joint.hangs(on: joint)
    case .balance: true
    }
  }

  /// Returns misses of one kind.
  private func misses(_ part: Part, _ posed: PosedRig) -> [Double] {
    switch part {
    case .target(let target): return misses(target, posed)
    case .trunk(let target):
      return problem.trunk?.depths(of: target.joint.side, posed).map {
        Self.eased($0, over: 0.005) * Self.trunkWeight * emphasis.trunk
      } ?? []
    case .balance(let support):
      var way = CenterOfMass.of(posed) - support
      way.y = 0
      return [max(0, way.length - Self.balance) * ReachProblem.millimeters]
    }
  }

  /// Returns how far a hand or foot is from where and how it is to be.
  private func misses(_ target: ReachProblem.Target, _ posed: PosedRig) -> [Double] {
    let frame = posed.modelFromJoint[target.joint.index]
    var values = Self.list(
      frame.apply(target.tip) - target.at, ReachProblem.millimeters * emphasis.points)
    if let palm = target.palm {
      values += Self.list(frame.rotation.rotate(-.unitY) - palm.way, palm.weight * emphasis.turns)
    }
    if let fingers = target.fingers {
      let way: Vector3 = target.joint.side == .left ? .unitX : -.unitX
      values += Self.list(
        frame.rotation.rotate(way) - fingers, ReachProblem.palmWeight * emphasis.turns)
    }
    if let rotation = target.rotation {
      values += Self.list((rotation.inverse * frame.rotation).logarithm, Self.footWeight)
    }
    if let pole = target.pole {
      values += Self.list(sway(target.joint, posed, pole), Self.poleWeight)
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

  private func cost(of joint: JointName, in pose: Pose) -> [Double] {
    let turn = (start[joint].inverse * pose[joint]).logarithm
    return Self.list(turn, Self.stiffness(of: joint) * emphasis.stiffness)
  }

  private func costOfHips(in pose: Pose) -> [Double] {
    Self.list(pose.translation - start.translation, Self.hipsWeight * emphasis.stiffness)
  }

  private func strays(_ index: Int, in pose: Pose) -> [Double] {
    var excess = [0.0, 0, 0]
    for stray in ranges[index].excess(of: pose[ranges[index].joint]) {
      excess[stray.freedom] =
        Self.eased(max(0, stray.excess - slack[index]), over: 0.2) * Self.limitWeight
        * emphasis.points
    }
    return excess
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
}

extension JointName {
  /// Whether this joint is another or moves with it.
  fileprivate func hangs(on other: JointName) -> Bool {
    self == other || (parent?.hangs(on: other) ?? false)
  }
}
