/// Solves hands and feet, of one character or of several that reach for each other.
extension GoalSolver {
  /// A character with hands and feet that move to their goals.
  struct Reacher {
    let index: Int
    let character: Character
    let trunk: TrunkShape
    let head: OwnHead?
    let planted: PlantedFeet?
    /// The number of times that its goals are located again, since skin follows joints.
    let rounds: Int

    var id: String { character.id }
    var goals: PoseGoals { character.pose.goals }
  }

  /// The largest number of times that soles are raised out of the surface: skin follows joints only
  /// partially.
  private static let liftings = 3
  /// The largest number of rounds in which characters that reach for each other locate the others'
  /// skin again.
  private static let meetings = 6
  /// The angle in degrees from which a trunk in a ring bends only reluctantly: it stays under 30.
  private static let mostBend = 26.0
  /// The smallest improvement per round, in meters.
  private static let gain = 0.0003
  /// The distance at which hands and feet count as having met, in meters.
  private static let met = 0.0003
  /// The distance from which two characters that reach for each other will not meet, so that each
  /// reaches for the other's current position, in meters.
  private static let apart = 0.1

  /// Moves the hands and feet of a group to their goals, all at once.
  mutating func reach(_ group: [Int]) {
    step(group)
    let reachers = group.compactMap { reacher($0) }
    let isAlone = reachers.count == 1
    var farthest = Double.infinity
    var rounds = isAlone ? reachers[0].rounds : Self.meetings
    for round in 0..<(rounds + Self.liftings) where !reachers.isEmpty {
      if round >= rounds {
        var isLifted = false
        for reacher in reachers where liftSoles(of: reacher.id) || isPierced(reacher.index) {
          isLifted = true
        }
        if !isLifted { break }
      }
      if round > 0 {
        for reacher in reachers {
          settleHolds(reacher.index)
          // A character that sits on another one moves along.
          if !isAlone, let seat = reacher.goals.seat { _ = sit(reacher.index, seat) }
        }
      }
      guard let now = come(reachers, isFirst: round == 0) else { return }
      if round == 0, !isAlone { noteApart(reachers) }
      // If characters cannot come nearer, further rounds are useless.
      if !isAlone, round < rounds - 1, now > Self.met, farthest - now < Self.gain {
        rounds = round + 1
      }
      farthest = now
    }
  }

  /// Records the hands and feet that are too far from others ever to meet: searching for it would
  /// take longer the more of them depend on each other.
  private mutating func noteApart(_ reachers: [Reacher]) {
    for reacher in reachers {
      guard let posed = state.rigged(reacher.id) else { continue }
      for target in aimed[reacher.id] ?? [] {
        guard let goal = reacher.goals.reach[target.joint],
          owner(of: goal, target.joint, reacher, reachers) != nil,
          target.miss(in: posed.posedRig) > Self.apart
        else { continue }
        apart[reacher.id, default: []].insert(target.joint)
      }
    }
  }

  private mutating func reacher(_ index: Int) -> Reacher? {
    let character = scene.characters[index]
    let goals = character.pose.goals
    guard let placed = state.skinned(character.id) else { return nil }
    feet[character.id] = nil
    apart[character.id] = nil
    for hand in [JointName.leftHand, .rightHand] {
      guard let part = goals.reach[hand]?.part else { continue }
      contacts[character.id, default: [:]][hand] = placed.contact(of: hand, part)
    }
    let following = (held[index] ?? []).filter { !$0.carries }
    // A point of the character's own body moves along with the hand.
    let touchesItself =
      following.contains { scene.props[$0.prop].carrier?.character == character.id }
      || goals.reach.values.contains { $0.at.owner == character.id }
    return Reacher(
      index: index, character: character, trunk: scene.bodies.trunk(of: placed.body),
      head: OwnHead(scene.bodies.head(of: placed.body), placed.body.rig),
      planted: Self.planted(character, placed),
      rounds: touchesItself ? 4 : following.isEmpty ? 1 : 2)
  }

  /// Poses everyone once so that all hands and feet are at their goals; returns the largest
  /// distance from a goal, in meters, and nil if there are no goals.
  private mutating func come(_ reachers: [Reacher], isFirst: Bool) -> Double? {
    var figures: [ReachGroup.Figure] = []
    var links: [ReachGroup.Link] = []
    for (number, reacher) in reachers.enumerated() {
      guard let posed = state.skinned(reacher.id) else { return nil }
      let own = targets(of: reacher, posed, besides: reachers)
      let linked = self.links(of: number, in: reachers, posed)
      if own.isEmpty, reachers.count == 1 { return nil }
      var problem = ReachProblem(posed.body.rig, own, linked: linked.map(\.target.joint))
      problem.trunk =
        (own.map(\.joint) + problem.linked).contains { $0.kind == .hand } ? reacher.trunk : nil
      problem.head = problem.trunk == nil ? nil : reacher.head
      // In a ring, nobody bows low for hands that would not meet anyway.
      problem.mostBend = reachers.count > 2 ? Self.mostBend : nil
      // Seated characters are carried by the seat.
      problem.holdsHips = reacher.goals.seat != nil
      problem.support = reacher.goals.seat == nil ? reacher.planted?.middle : nil
      figures.append(
        .init(problem: problem, worldFromModel: posed.worldFromModel, trunk: reacher.trunk))
      links += linked
    }
    let group = ReachGroup(figures: figures, links: links)
    var start = reachers.map { reacher in
      var pose = poses[reacher.id] ?? reacher.character.pose
      layToes(&pose, reacher.id)
      return pose
    }
    if isFirst {
      start = group.guess(from: start)
    } else if !links.isEmpty {
      let farthest = group.farthest(start)
      if farthest < Self.met { return farthest }
    }
    let given = reachers.map(\.character.pose)
    let solved = group.solve(from: start, given: given)
    let posed = group.posed(solved)
    for (number, reacher) in reachers.enumerated() {
      take(solved[number], reacher.id)
      aimed[reacher.id] =
        figures[number].problem.targets
        + links.filter { $0.figure == number }.map { group.resolved($0, posed) }
      carry(reacher.index)
    }
    return group.farthest(solved)
  }
}
