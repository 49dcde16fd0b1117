/// The residuals of one pass of a ``ReachGroup``: those of each figure, then the misses of the
/// links, and the penalties for arms inside the others' trunks.
struct ReachGroupResiduals: LeastSquaresProblem {
  let group: ReachGroup
  let figures: [ReachResiduals]
  /// The number of values of each figure.
  private let counts: [Int]
  private let parts: [Part]

  /// The misses of one kind, which depend on the joints of two figures.
  private enum Part {
    case link(ReachGroup.Link)
    /// An arm of a figure inside the trunk of another.
    case trunk(hand: JointName, figure: Int, other: Int)
    /// An arm of a figure inside the limbs, neck and head of another.
    case limbs(hand: JointName, figure: Int, other: Int)
    /// The head of a figure inside the limbs, neck and head of another.
    case head(figure: Int, other: Int)

    /// Returns whether misses change when a figure's joint rotates.
    func hangs(on joint: JointName, of mover: Int) -> Bool {
      switch self {
      case .link(let link):
        (link.figure == mover && PosedRig.hangs(link.target.joint, on: joint))
          || (link.owner == mover && PosedRig.hangs(link.carrier, on: joint))
      case .trunk(let hand, let figure, let other):
        (figure == mover && PosedRig.hangs(hand, on: joint))
          || (other == mover && PosedRig.hangs(.upperChest, on: joint))
      case .limbs(let hand, let figure, let other):
        (figure == mover && PosedRig.hangs(hand, on: joint)) || other == mover
      case .head(let figure, let other):
        (figure == mover && PosedRig.hangs(.head, on: joint)) || other == mover
      }
    }
  }

  /// Prepares a pass.
  ///
  /// - Parameter poses: any poses of the figures.
  init(group: ReachGroup, figures: [ReachResiduals], at poses: [Pose]) {
    self.group = group
    self.figures = figures
    counts = zip(figures, poses).map { figure, pose in
      var values: [Double] = []
      figure.addValues(of: pose, to: &values)
      return values.count
    }
    let neighbors = group.neighbors(poses)
    let arms = neighbors.flatMap { figure, other in
      let problem = group.figures[figure].problem
      let hands = (problem.targets.map(\.joint) + problem.linked).filter { $0.kind == .hand }
      return hands.flatMap {
        [
          Part.trunk(hand: $0, figure: figure, other: other),
          Part.limbs(hand: $0, figure: figure, other: other),
        ]
      }
    }
    let heads = neighbors.map { Part.head(figure: $0.0, other: $0.1) }
    parts = group.links.map { .link($0) } + arms + heads
  }

  var variableCount: Int { figures.reduce(0) { $0 + $1.variableCount } }

  func moved(_ poses: [Pose], by step: [Double]) -> [Pose] {
    var start = 0
    return zip(figures, poses).map { figure, pose in
      defer { start += figure.variableCount }
      return figure.moved(pose, by: Array(step[start..<start + figure.variableCount]))
    }
  }

  func addValues(of poses: [Pose], to values: inout [Double]) {
    for (figure, pose) in zip(figures, poses) { figure.addValues(of: pose, to: &values) }
    let posed = group.posed(poses)
    for part in parts { addMisses(part, posed, to: &values) }
  }

  func addDerivatives(
    at poses: [Pose], _ values: [Double], step: Double, to derivatives: inout [Double]
  ) {
    let posed = group.posed(poses)
    let starts = starts(posed)
    var near = posed
    var first = 0
    for (index, figure) in figures.enumerated() {
      let count = counts[index]
      var own: [Double] = []
      figure.addDerivatives(
        at: poses[index], Array(values[first..<first + count]), step: step, to: &own)
      var moved = poses[index]
      for variable in 0..<figure.variableCount {
        let column = derivatives.count
        derivatives.append(contentsOf: repeatElement(0, count: values.count))
        for value in 0..<count {
          derivatives[column + first + value] = own[variable * count + value]
        }
        let joint = figure.variables.joint(of: variable) ?? .hips
        figure.variables.move(&moved, variable, by: step)
        near[index].pose(group.figures[index].problem.rig, moved, from: joint)
        for (part, start) in zip(parts, starts) where part.hangs(on: joint, of: index) {
          var misses: [Double] = []
          addMisses(part, near, to: &misses)
          for (row, miss) in misses.enumerated() {
            derivatives[column + start + row] = (miss - values[start + row]) / step
          }
        }
        moved[joint] = poses[index][joint]
        moved.translation = poses[index].translation
        near[index].restore(joint, from: posed[index])
      }
      first += count
    }
  }

  /// Returns the index of each part's first miss among the values.
  private func starts(_ posed: [PosedRig]) -> [Int] {
    let first = counts.reduce(0, +)
    var misses: [Double] = []
    return parts.map { part in
      defer { addMisses(part, posed, to: &misses) }
      return first + misses.count
    }
  }

  private func addMisses(_ part: Part, _ posed: [PosedRig], to values: inout [Double]) {
    switch part {
    case .link(let link):
      figures[link.figure].addMisses(
        group.resolved(link, posed), posed[link.figure], to: &values)
    case .trunk(let hand, let figure, let other):
      let arm = TrunkShape.arm(of: hand.side, posed[figure])
      let toOther = group.modelFromModel(other, figure)
      let moved = (
        toOther.apply(arm.0), toOther.apply(arm.1), toOther.apply(arm.2), toOther.apply(arm.3)
      )
      figures[figure].add(
        depths: group.figures[other].trunk.depths(of: moved, posed[other]), to: &values)
    case .limbs(let hand, let figure, let other):
      let toOther = group.modelFromModel(other, figure)
      let arm = group.limbs[other].lines(ofArm: hand, posed[figure], toOther)
      add(arm, of: figure, in: other, posed, to: &values)
    case .head(let figure, let other):
      let head = group.limbs[figure].head(posed[figure], group.modelFromModel(other, figure))
      add([head], of: figure, in: other, posed, to: &values)
    }
  }

  /// Adds the penalties for capsules of a figure that are inside the limbs, neck and head of
  /// another, in the other's space.
  private func add(
    _ lines: [LimbShape.Line], of figure: Int, in other: Int, _ posed: [PosedRig],
    to values: inout [Double]
  ) {
    for bar in group.limbs[other].lines(posed[other]) {
      let depth = lines.reduce(0) { max($0, $1.depth(in: bar)) }
      figures[figure].add(depth: depth, to: &values)
    }
  }
}
