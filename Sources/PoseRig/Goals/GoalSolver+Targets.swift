/// The targets of hands and feet: where their goals are, in the space of their characters.
extension GoalSolver {
  /// How far a hand that stretches stays from the skin of its own head, in meters, on a body of the
  /// usual size: its thumb has room.
  private static let besideHead = 0.045

  /// Returns the targets of a character that are not on other members of the group.
  mutating func targets(
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
  mutating func links(
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
  func owner(
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

  static func planted(_ character: Character, _ posed: PosedCharacter) -> PlantedFeet? {
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
      // A big head can be where a hand beside the head would be.
      if let point = touch?.point,
        let head = OwnHead(scene.bodies.head(of: posed.body), posed.body.rig)
      {
        touch?.point = posed.worldFromModel.apply(
          head.beside(
            posed.worldFromModel.inverse.apply(point),
            thickness: Self.besideHead * posed.body.rig.size,
            posed.posedRig))
      }
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
