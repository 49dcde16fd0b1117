/// The search for the poses of several figures that reach for each other, as one
/// sum of squares: no figure comes first, and both move toward each other.
struct ReachGroup {
  /// One of the figures.
  struct Figure {
    /// The targets that are not on other figures of the group.
    var problem: ReachProblem
    var worldFromModel: Transform
    /// The trunk, which the others' arms avoid.
    var trunk: TrunkShape
  }

  /// The target of a hand or foot that reaches for another figure of the group.
  struct Link {
    /// The index of the figure that reaches.
    var figure: Int
    /// The target; the point, and the direction of a palm that follows the skin, are in the frame
    /// of `carrier`.
    var target: ReachProblem.Target
    /// The index of the figure that it reaches for.
    var owner: Int
    /// The owner's joint that carries the point.
    var carrier: JointName
    /// Whether the palm rotates with the skin it lies on, rather than facing a direction of the
    /// world.
    var palmFollows: Bool
  }

  let figures: [Figure]
  let links: [Link]
  /// The limbs, necks and heads, which the others' arms and heads avoid.
  let limbs: [LimbShape]
  /// The transforms from the second figure's own space to the first's.
  private let motions: [[Transform]]

  init(figures: [Figure], links: [Link]) {
    self.figures = figures
    self.links = links
    limbs = figures.map { LimbShape($0.problem.rig) }
    motions = figures.map { figure in
      let modelFromWorld = figure.worldFromModel.inverse
      return figures.map { modelFromWorld * $0.worldFromModel }
    }
  }

  /// Returns the pairs of figures that are near enough to intersect.
  func neighbors(_ poses: [Pose]) -> [(Int, Int)] {
    let hips = zip(figures, posed(poses)).map { $0.worldFromModel.apply($1.position(of: .hips)) }
    return figures.indices.flatMap { one in
      figures.indices.filter { other in
        let reach = figures[one].problem.rig.size + figures[other].problem.rig.size
        return other != one && (hips[one] - hips[other]).length < reach
      }.map { (one, $0) }
    }
  }

  /// Returns the best poses near `start`; joints can exceed their ranges as far as in `given`.
  /// Figures that are not connected are solved separately.
  func solve(from start: [Pose], given: [Pose]) -> [Pose] {
    var solved = start
    for members in components() {
      if members.count == 1 {
        let index = members[0]
        solved[index] = figures[index].problem.solve(from: start[index], given: given[index])
        continue
      }
      let part = members.count == figures.count ? self : self.part(members)
      let poses = part.solveTogether(
        from: members.map { start[$0] }, given: members.map { given[$0] })
      for (index, pose) in zip(members, poses) { solved[index] = pose }
    }
    return solved
  }

  /// Returns the figures, by index, that are connected by links.
  private func components() -> [[Int]] {
    var roots = Array(figures.indices)
    for link in links {
      let (one, other) = (roots[link.figure], roots[link.owner])
      for index in roots.indices where roots[index] == max(one, other) {
        roots[index] = min(one, other)
      }
    }
    return Set(roots).sorted().map { root in roots.indices.filter { roots[$0] == root } }
  }

  /// Returns the group of some of the figures with the links between them.
  private func part(_ members: [Int]) -> ReachGroup {
    ReachGroup(
      figures: members.map { figures[$0] },
      links: links.compactMap { link in
        guard let figure = members.firstIndex(of: link.figure),
          let owner = members.firstIndex(of: link.owner)
        else { return nil }
        var link = link
        (link.figure, link.owner) = (figure, owner)
        return link
      })
  }

  /// The share by which a step of many figures must reduce the sum: each step takes longer the more
  /// figures there are, and small improvements are invisible.
  private static let gain = 1e-3

  private func solveTogether(from start: [Pose], given: [Pose]) -> [Pose] {
    let residuals = figures.indices.map {
      figures[$0].problem.residuals(from: start[$0], given: given[$0])
    }
    return ReachSearch(
      farthest: farthest,
      bend: { poses in
        zip(start, poses).map { ReachProblem.bend(from: $0, to: $1) }.max() ?? 0
      },
      search: { poses, emphasis in
        let problem = ReachGroupResiduals(
          group: self, figures: residuals.map { $0.emphasizing(emphasis) }, at: poses)
        return LeastSquares(problem).solve(
          from: poses, rounds: ReachProblem.rounds, gain: figures.count > 2 ? Self.gain : 1e-10
        ).state
      },
      hopeless: 0.1
    ).solve(from: start)
  }

  /// Returns poses with each limb bent toward its point, to start the search from.
  func guess(from start: [Pose]) -> [Pose] {
    var poses = start
    for index in figures.indices {
      let problem = figures[index].problem
      for target in problem.targets { poses[index] = problem.guess(target, from: poses[index]) }
    }
    let posed = posed(start)
    for link in links {
      var target = resolved(link, posed)
      if isMutual(link) {
        // Hands that reach for each other start halfway.
        let tip = posed[link.figure].modelFromJoint[target.joint.index].apply(target.tip)
        target.at = (target.at + tip) / 2
      }
      poses[link.figure] = figures[link.figure].problem.guess(target, from: poses[link.figure])
    }
    return poses
  }

  /// Returns whether a hand or foot and its target reach for each other.
  private func isMutual(_ link: Link) -> Bool {
    links.contains {
      $0.figure == link.owner && $0.target.joint == link.carrier
        && $0.owner == link.figure && $0.carrier == link.target.joint
    }
  }

  /// Returns the posed rigs.
  func posed(_ poses: [Pose]) -> [PosedRig] {
    zip(figures, poses).map { PosedRig(rig: $0.problem.rig, pose: $1) }
  }

  /// Returns a link's target in the space of the figure that reaches.
  func resolved(_ link: Link, _ posed: [PosedRig]) -> ReachProblem.Target {
    let frame =
      modelFromModel(link.figure, link.owner) * posed[link.owner].modelFromJoint[link.carrier.index]
    var target = link.target
    target.at = frame.apply(target.at)
    if link.palmFollows {
      target.facing?.way = frame.rotation.rotate(link.target.facing?.way ?? .zero)
    }
    return target
  }

  /// Returns the transform from one figure's own space to another's.
  func modelFromModel(_ figure: Int, _ other: Int) -> Transform { motions[figure][other] }

  /// Returns the largest distance of any hand or foot from its target, in meters.
  func farthest(_ poses: [Pose]) -> Double {
    let posed = posed(poses)
    let own = zip(figures, poses).map { $0.problem.farthest($1) }
    let linked = links.map { resolved($0, posed).miss(in: posed[$0.figure]) }
    return (own + linked).max() ?? 0
  }
}
