/// Solves hands and feet, of one character or of several that reach for each other.
extension GoalSolver {
  /// A character with hands and feet that move to their goals.
  private struct Reacher {
    let index: Int
    let character: Character
    let trunk: TrunkShape
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
      planted: planted(character, placed),
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

  // MARK: Targets

  /// Returns the targets of a character that are not on other members of the group.
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

  /// Returns the targets of a character's hands and feet that are on other members of the group.
  private mutating func links(
    of number: Int, in reachers: [Reacher], _ posed: PosedCharacter
  ) -> [ReachGroup.Link] {
    let reacher = reachers[number]
    var links: [ReachGroup.Link] = []
    for joint in PoseGoals.effectors {
      guard let goal = reacher.goals.reach[joint],
        let owner = owner(of: goal, joint, reacher, reachers),
        var target = target(joint, goal, reacher.index, posed),
        let carrier = state.carrier(of: goal.at), let other = state.rigged(reachers[owner].id)
      else { continue }
      let toCarrier = other.frame(of: carrier).inverse * posed.worldFromModel
      target.at = toCarrier.apply(target.at)
      // A palm that lies on skin follows the skin.
      let follows = goal.palm == nil
      if follows {
        let way = target.facing?.way ?? .zero
        target.facing?.way = toCarrier.rotation.rotate(way)
      }
      links.append(
        .init(
          figure: number, target: target, owner: owner, carrier: carrier, palmFollows: follows))
    }
    return links
  }

  /// Returns the index of the group member that a goal is on; nil if it is elsewhere, or on
  /// one that is out of reach however both lean: then the goal is a stationary point.
  private func owner(
    of goal: PoseGoals.Reach, _ joint: JointName, _ reacher: Reacher, _ reachers: [Reacher]
  ) -> Int? {
    guard let owner = goal.at.owner, owner != reacher.id,
      apart[reacher.id]?.contains(joint) != true,
      let index = reachers.firstIndex(where: { $0.id == owner }),
      let own = state.rigged(reacher.id), let other = state.rigged(owner),
      let carrier = state.carrier(of: goal.at)
    else { return nil }
    let way = own.position(of: .hips) - other.position(of: .hips)
    let reach = own.body.rig.reach(of: joint) + other.body.rig.reach(of: carrier)
    return way.length < reach ? index : nil
  }

  private func planted(_ character: Character, _ posed: PosedCharacter) -> PlantedFeet? {
    let goals = character.pose.goals
    return goals.stance.map { PlantedFeet($0.pose, character, posed, seated: goals.seat != nil) }
  }

  /// Returns the target of a goal in the character's own space; nil, after recording it, for a
  /// point that is not in the scene.
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
    // A hand approaches its own body from the front, not through it.
    if goal.at.owner == posed.id { shoulder += posed.worldFromModel.rotation.rotate(.unitZ * 0.6) }
    let contact = isHand ? contacts[posed.id]?[joint] ?? posed.contact(of: joint, goal.part) : nil
    var stretch: Vector3?
    var touch: Touch?
    if case .stretched(let direction, let extent) = goal.at {
      if case .toward(let point) = direction {
        // A character that points at someone points between the eyes, as for a gaze.
        stretch = try state.sight(point, from: shoulder).flatMap { ($0 - shoulder).normalized }
      } else {
        stretch = try way(direction, from: shoulder, of: joint, posed)
      }
      let length = posed.body.rig.length(ofLimb: joint) + (contact?.tip.length ?? 0)
      touch = stretch.map { Touch(point: shoulder + $0 * (extent * length)) }
    } else {
      touch = try state.touch(goal.at, from: shoulder)
    }
    guard let touch else { return nil }
    let toModel = posed.worldFromModel.inverse
    let foot = isHand ? nil : footTouch(joint, goal, touch, of: posed)
    let tip = contact?.tip ?? Self.tip(of: joint, foot?.sole ?? .free, posed.body)
    func own(_ direction: PoseGoals.Direction?) throws(UnknownGoal) -> Vector3? {
      guard let direction else { return nil }
      let way = try way(direction, from: touch.point, of: joint, posed)
      return way.map(toModel.rotation.rotate)
    }
    var lift = foot.map { $0.normal * $0.lift } ?? .zero
    let height = (lifts[posed.id]?[joint] ?? 0) + (goal.pressure?.height ?? 0)
    if let normal = touch.normal { lift += normal * height }
    var target = ReachProblem.Target(joint: joint, tip: tip, at: toModel.apply(touch.point + lift))
    if let foot, foot.sole != .free {
      let raised = Quaternion(angle: foot.sole.pitch.degreesToRadians, axis: -.unitX)
      target.sole = (raised.inverse.rotate(.unitY), toModel.rotation.rotate(foot.normal))
    }
    target.goesWithChest = stretch != nil || goesWithChest(goal.at, of: posed.id)
    target.pole = goal.pole.map { toModel.rotation.rotate($0) }
    target.fingers = try own(goal.fingers) ?? stretch.map(toModel.rotation.rotate)
    if var palm = try own(goal.palm) {
      // A direction in words is approximate: no palm faces where its own fingers point.
      if case .own = goal.palm, let fingers = target.fingers {
        palm = (palm - fingers * palm.dot(fingers)).normalized ?? palm
      }
      target.facing = .init(own: -.unitY, way: palm, weight: ReachProblem.palmWeight)
    } else if let contact, let normal = touch.normal {
      target.facing = .init(
        own: contact.normal, way: toModel.rotation.rotate(-normal), weight: ReachProblem.touchWeight
      )
    }
    return target
  }

  /// Returns whether a point is on a character's own head, chest or arms.
  private func goesWithChest(_ point: PoseGoals.Point, of id: String) -> Bool {
    guard point.owner == id, let carrier = state.carrier(of: point) else { return false }
    return PosedRig.hangs(carrier, on: .upperChest)
  }

  /// Returns a direction in the world, of length 1; nil for an undefined one.
  private mutating func way(
    _ direction: PoseGoals.Direction, from start: Vector3, of joint: JointName,
    _ posed: PosedCharacter
  ) throws(UnknownGoal) -> Vector3? {
    switch direction {
    case .fixed(let way): return way.normalized
    case .toward(let point):
      let end = try state.touch(point, from: start)?.point
      return end.flatMap { ($0 - start).normalized }
    case .own(let way):
      let sided = joint.side == .right ? way.mirrored : way
      return posed.frame(of: .upperChest).rotation.rotate(sided).normalized
    }
  }
}

extension Rig {
  /// Returns the length of both bones of a limb from its end joint, in meters.
  func length(ofLimb end: JointName) -> Double {
    guard let lower = end.parent, let upper = lower.parent else { return 0 }
    return (self[lower] - self[upper]).length + (self[end] - self[lower]).length
  }

  /// The largest distance that hips move for a hand or foot plus that of skin from its joint, in
  /// meters.
  private static let slack = 0.3

  /// Returns how far a joint, or a thing that it carries, can come from the position of the hips,
  /// in meters.
  fileprivate func reach(of joint: JointName) -> Double {
    var (length, joint) = (0.0, joint)
    while let parent = joint.parent {
      length += (self[joint] - self[parent]).length
      joint = parent
    }
    return length + Self.slack * size
  }
}
