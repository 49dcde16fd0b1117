/// Hands and feet, of one character or of several that reach for each other.
extension GoalSolver {
  /// A character whose hands and feet come to their goals.
  private struct Reacher {
    let index: Int
    let character: Character
    let trunk: TrunkShape
    let planted: PlantedFeet?
    /// How often its goals are found again, since skin follows joints.
    let rounds: Int

    var id: String { character.id }
    var goals: PoseGoals { character.pose.goals }
  }

  /// How often soles are lifted out of what they stand on, at most: skin follows joints by halves.
  private static let liftings = 3
  /// How often those who reach for each other find the others' skin again, at most.
  private static let meetings = 6
  /// By how much they must come nearer each time, in meters.
  private static let gain = 0.0003
  /// How near hands and feet are when no one has to find the other again, in meters.
  private static let met = 0.0003
  /// From which miss on two that reach for each other do not meet, and each reaches for where the
  /// other then is, in meters.
  private static let apart = 0.1

  /// Brings the hands and feet of a group to their goals, all at once.
  mutating func reach(_ group: [Int]) {
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
          // Who sits on another comes along.
          if !isAlone, let seat = reacher.goals.seat { _ = sit(reacher.index, seat) }
        }
      }
      guard let now = come(reachers, isFirst: round == 0) else { return }
      if round == 0, !isAlone { noteApart(reachers) }
      // Those who cannot come nearer need not find each other again.
      if !isAlone, round < rounds - 1, now > Self.met, farthest - now < Self.gain {
        rounds = round + 1
      }
      farthest = now
    }
  }

  /// Takes note of the hands and feet that miss others by so much that they never meet: a search for
  /// it would take the longer the more of them hang together.
  private mutating func noteApart(_ reachers: [Reacher]) {
    for reacher in reachers {
      guard let posed = places.rigged(reacher.id) else { continue }
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
    guard let placed = places.skinned(character.id) else { return nil }
    feet[character.id] = nil
    apart[character.id] = nil
    for hand in [JointName.leftHand, .rightHand] where goals.reach[hand] != nil {
      palms[character.id, default: [:]][hand] = placed.palm(of: hand)
    }
    let following = (held[index] ?? []).filter { !$0.carries }
    // What a hand touches of its own body moves along with it.
    let touchesItself =
      following.contains { scene.props[$0.prop].carrier?.character == character.id }
      || goals.reach.values.contains { $0.at.owner == character.id }
    return Reacher(
      index: index, character: character, trunk: scene.bodies.trunk(of: placed.body),
      planted: planted(character, placed),
      rounds: touchesItself ? 4 : following.isEmpty ? 1 : 2)
  }

  /// Poses everyone once so that all hands and feet are at their goals; returns how far the worst
  /// stays from its goal, in meters, and nil if there are none.
  private mutating func come(_ reachers: [Reacher], isFirst: Bool) -> Double? {
    var figures: [ReachGroup.Figure] = []
    var links: [ReachGroup.Link] = []
    for (number, reacher) in reachers.enumerated() {
      guard let posed = places.skinned(reacher.id) else { return nil }
      let own = targets(of: reacher, posed, besides: reachers)
      let linked = self.links(of: number, in: reachers, posed)
      if own.isEmpty, reachers.count == 1 { return nil }
      var problem = ReachProblem(posed.body.rig, own, linked: linked.map(\.target.joint))
      problem.trunk =
        (own.map(\.joint) + problem.linked).contains { $0.kind == .hand } ? reacher.trunk : nil
      // Whoever sits is carried by the seat.
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

  // MARK: Targets

  /// Returns the targets of a character that are on no other of those who come together.
  private mutating func targets(
    of reacher: Reacher, _ posed: PosedCharacter, besides reachers: [Reacher]
  ) -> [ReachProblem.Target] {
    var asked: [ReachProblem.Target] = []
    for joint in PoseGoals.effectors {
      guard let goal = reacher.goals.reach[joint], owner(of: goal, joint, reacher, reachers) == nil,
        let target = target(joint, goal, reacher.index, posed)
      else { continue }
      asked.append(target)
    }
    let standing = (reacher.planted?.targets ?? []).filter { reacher.goals.reach[$0.joint] == nil }
    return asked + standing + grasps(of: reacher.index, posed)
  }

  /// Returns the tasks of a character's hands and feet that reach for others who come as well.
  private mutating func links(
    of number: Int, in reachers: [Reacher], _ posed: PosedCharacter
  ) -> [ReachGroup.Link] {
    let reacher = reachers[number]
    var links: [ReachGroup.Link] = []
    for joint in PoseGoals.effectors {
      guard let goal = reacher.goals.reach[joint],
        let owner = owner(of: goal, joint, reacher, reachers),
        var target = target(joint, goal, reacher.index, posed),
        let carrier = places.carrier(of: goal.at), let other = places.rigged(reachers[owner].id)
      else { continue }
      let toCarrier = other.frame(of: carrier).inverse * posed.worldFromModel
      target.at = toCarrier.apply(target.at)
      // A palm that lies on skin follows it.
      let follows = goal.palm == nil
      if follows {
        target.palm = target.palm.map { (toCarrier.rotation.rotate($0.way), $0.weight) }
      }
      links.append(
        .init(
          figure: number, target: target, owner: owner, carrier: carrier, palmFollows: follows))
    }
    return links
  }

  /// Returns who among others that come as well a goal is on; nil for no one, and for someone who is
  /// out of reach wherever both lean: then it is for a point that stands still.
  private func owner(
    of goal: PoseGoals.Reach, _ joint: JointName, _ reacher: Reacher, _ reachers: [Reacher]
  ) -> Int? {
    guard let owner = goal.at.owner, owner != reacher.id,
      apart[reacher.id]?.contains(joint) != true,
      let index = reachers.firstIndex(where: { $0.id == owner }),
      let own = places.rigged(reacher.id), let other = places.rigged(owner),
      let carrier = places.carrier(of: goal.at)
    else { return nil }
    let way = own.position(of: .hips) - other.position(of: .hips)
    let reach = own.body.rig.reach(of: joint) + other.body.rig.reach(of: carrier)
    return way.length < reach ? index : nil
  }

  private func planted(_ character: Character, _ posed: PosedCharacter) -> PlantedFeet? {
    let goals = character.pose.goals
    return goals.stance.map { PlantedFeet($0.pose, character, posed, seated: goals.seat != nil) }
  }

  /// Returns the target of a goal in the character's own space; nil, after noting it, for a point
  /// that is not in the scene.
  private mutating func target(
    _ joint: JointName, _ goal: PoseGoals.Reach, _ index: Int, _ posed: PosedCharacter
  ) -> ReachProblem.Target? {
    found(
      .reach(joint), of: index,
      Result { () throws(UnknownGoal) in try self.target(joint, goal, posed) })
  }

  private mutating func target(
    _ joint: JointName, _ goal: PoseGoals.Reach, _ posed: PosedCharacter
  ) throws(UnknownGoal) -> ReachProblem.Target? {
    let isHand = joint.kind == .hand
    var shoulder = posed.position(of: joint.parent?.parent ?? .hips)
    // A hand comes to its own body from before it, not through it.
    if goal.at.owner == posed.id { shoulder += posed.worldFromModel.rotation.rotate(.unitZ * 0.6) }
    guard let touch = try places.touch(goal.at, from: shoulder) else { return nil }
    let toModel = posed.worldFromModel.inverse
    let foot = isHand ? nil : footTouch(joint, goal, touch, of: posed)
    let tip =
      isHand
      ? palms[posed.id]?[joint] ?? posed.palm(of: joint)
      : Self.tip(of: joint, foot?.sole ?? .free, posed.body)
    func way(_ direction: PoseGoals.Direction?) throws(UnknownGoal) -> Vector3? {
      switch direction {
      case nil: return nil
      case .fixed(let way): return toModel.rotation.rotate(way).normalized
      case .towards(let point):
        let end = try places.touch(point, from: touch.point)?.point
        return end.flatMap { toModel.rotation.rotate($0 - touch.point).normalized }
      }
    }
    var lift = foot.map { $0.normal * $0.lift } ?? .zero
    if let height = lifts[posed.id]?[joint], let normal = touch.normal { lift += normal * height }
    var target = ReachProblem.Target(joint: joint, tip: tip, at: toModel.apply(touch.point + lift))
    if let foot, foot.sole != .free {
      let raised = Quaternion(angle: foot.sole.pitch.degreesToRadians, axis: -.unitX)
      target.sole = (raised.inverse.rotate(.unitY), toModel.rotation.rotate(foot.normal))
    }
    target.pole = goal.pole.map { toModel.rotation.rotate($0) }
    target.fingers = try way(goal.fingers)
    if let palm = try way(goal.palm) {
      target.palm = (palm, ReachProblem.palmWeight)
    } else if isHand, let normal = touch.normal {
      target.palm = (toModel.rotation.rotate(-normal), ReachProblem.touchWeight)
    }
    return target
  }
}

extension Rig {
  /// How far hips move for a hand or foot, and skin is from its joint, at most, in meters.
  private static let slack = 0.3

  /// Returns how far a joint, or what it carries, can come from where the hips stand, in meters.
  fileprivate func reach(of joint: JointName) -> Double {
    var (length, joint) = (0.0, joint)
    while let parent = joint.parent {
      length += (self[joint] - self[parent]).length
      joint = parent
    }
    return length + Self.slack * size
  }
}
