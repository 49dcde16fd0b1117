/// Reports goals that hands and feet miss.
extension GoalSolver {
  /// The distance from a goal up to which it counts as reached, in meters.
  private static let seen = 0.001
  /// The bend of a trunk from which it is reported, in degrees.
  private static let plainBend = 15.0

  /// Reports a trunk that bends for a hand farther than the author of the angles would expect.
  private mutating func noteBend(_ index: Int) {
    let character = scene.characters[index]
    let hands = (aimed[character.id] ?? []).filter { $0.joint.kind == .hand }
    guard let hand = hands.first, let pose = poses[character.id],
      let posed = state.rigged(character.id),
      // A point out of reach is reported anyway.
      hands.allSatisfy({ $0.miss(in: posed.posedRig) < Self.seen })
    else { return }
    let angle = ReachProblem.bend(from: character.pose, to: pose)
    guard angle > Self.plainBend else { return }
    let subject: Finding.Subject =
      hand.ways.isEmpty
      ? .goal(.reach(hand.joint), character: index) : .hold(hand.joint, character: index)
    findings.note(subject, .trunkBends(hand.joint, angle: angle))
  }

  /// Reports missed goals in the final state.
  mutating func report(_ index: Int) {
    let character = scene.characters[index]
    let goals = character.pose.goals
    guard let posed = state.rigged(character.id) else { return }
    noteBend(index)
    for target in aimed[character.id] ?? [] {
      let frame = posed.posedRig.modelFromJoint[target.joint.index]
      let target = target.resolved(in: posed.posedRig)
      let goal = goals.reach[target.joint]
      let subject: Finding.Subject =
        target.ways.isEmpty
        ? .goal(goal == nil ? .feet : .reach(target.joint), character: index)
        : .hold(target.joint, character: index)
      let away = target.miss(in: posed.posedRig)
      if away > Self.seen {
        findings.note(
          subject,
          .outOfReach(
            target.joint, distance: away, isPlanted: goal == nil && target.ways.isEmpty))
      }
      for (own, way) in target.ways.prefix(1) {
        let angle = Quaternion(from: frame.rotation.rotate(own), to: way).angle.radiansToDegrees
        if angle > 10 { findings.note(subject, .outOfTurn(target.joint, .palm, angle: angle)) }
      }
      func note(
        _ direction: Finding.LimbDirection, _ way: Vector3?, _ axis: Vector3,
        _ asked: PoseGoals.Direction? = nil
      ) {
        guard let way else { return }
        let turn = Quaternion(from: frame.rotation.rotate(axis), to: way)
        let angle = turn.angle.radiansToDegrees
        // Words such as "up" are approximate.
        let seen = if case .own = asked { 30.0 } else { 10.0 }
        guard angle > seen else { return }
        findings.note(subject, .outOfTurn(target.joint, direction, angle: angle))
      }
      note(.sole, goal?.sole == nil ? nil : target.sole?.way, target.sole?.own ?? .unitY)
      note(.palm, goal?.palm == nil ? nil : target.facing?.way, -.unitY, goal?.palm)
      note(
        .fingers, target.fingers, target.joint.side == .left ? .unitX : -.unitX,
        goal?.fingers ?? .own(.unitZ))
    }
  }
}
