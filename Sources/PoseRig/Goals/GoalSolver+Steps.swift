/// Steps of characters toward goals beyond the reach of their hands.
extension GoalSolver {
  /// The share of an arm's length within which a goal is near enough: a reaching arm is not quite
  /// straight.
  private static let ease = 0.9
  /// The share of both arms' lengths at which hands that reach for each other meet comfortably.
  private static let halfway = 0.7
  /// The number of times that characters step: two that step toward each other halve the remaining
  /// distance each time.
  private static let rounds = 8

  /// A hand's path to its goal, from the shoulder, in meters.
  private struct Way {
    var way: Vector3
    /// The distance that the hand can reach comfortably.
    var reach: Double
    /// The character that the goal is on; nil for a stationary goal.
    var owner: String?
  }

  /// Moves the members of a group that may step over the floor until the goals of their hands are
  /// within an arm's length, if possible; two that step toward each other meet halfway.
  mutating func step(_ group: [Int]) {
    let steppers = group.filter {
      let goals = scene.characters[$0].pose.goals
      return goals.steps && goals.seat == nil
    }
    guard !steppers.isEmpty else { return }
    let ids = Set(steppers.map { scene.characters[$0].id })
    for _ in 0..<Self.rounds {
      var shifts: [(index: Int, shift: Vector3)] = []
      for index in steppers {
        let ways = ways(of: index)
        let isMutual = ways.contains { $0.owner.map(ids.contains) ?? false }
        let shift = Self.shift(ways)
        shifts.append((index, shift * (isMutual ? 0.5 : 1)))
      }
      for (index, shift) in shifts where shift.length > 0 {
        guard var posed = state.skinned(scene.characters[index].id) else { continue }
        posed.move(by: shift)
        state.put(posed)
        carry(index)
      }
      if shifts.allSatisfy({ $0.shift.length < 0.001 }) { break }
    }
  }

  /// Returns the paths of a character's hands to their goals, and to the props that they grasp.
  private mutating func ways(of index: Int) -> [Way] {
    let character = scene.characters[index]
    guard let posed = state.skinned(character.id) else { return [] }
    var ways: [Way] = []
    for hand in [JointName.leftHand, .rightHand] {
      guard let goal = character.pose.goals.reach[hand], let upper = hand.parent?.parent,
        goal.at.owner != character.id,
        let touch = try? state.touch(goal.at, from: posed.position(of: upper))
      else { continue }
      let length =
        posed.body.rig.length(ofLimb: hand) + posed.contact(of: hand, goal.part).tip.length
      var way = Way(
        way: touch.point - posed.position(of: upper), reach: length * Self.ease,
        owner: goal.at.owner)
      if let (shoulder, other) = coming(to: hand, of: character.id, goal) {
        way.way = shoulder - posed.position(of: upper)
        way.reach = (length + other) * Self.halfway
      }
      ways.append(way)
    }
    for grasp in grasps(of: index, posed) where grasp.carrier == nil {
      guard let upper = grasp.joint.parent?.parent else { continue }
      let point = posed.worldFromModel.apply(grasp.at)
      let length = posed.body.rig.length(ofLimb: grasp.joint) + grasp.tip.length
      ways.append(Way(way: point - posed.position(of: upper), reach: length * Self.ease))
    }
    return ways
  }

  /// Returns the shoulder of a hand that reaches for this one while this one reaches for it, and
  /// the length of its arm in meters; nil if the goal is no such hand.
  private mutating func coming(
    to hand: JointName, of id: String, _ goal: PoseGoals.Reach
  ) -> (shoulder: Vector3, length: Double)? {
    guard case .named(let owner, let part, _) = goal.at, let other = JointName(rawValue: part),
      other.kind == .hand, let upper = other.parent?.parent,
      case .named(id, hand.rawValue, _)? = scene.characters.first(where: { $0.id == owner })?.pose
        .goals.reach[other]?.at,
      let posed = state.rigged(owner)
    else { return nil }
    return (posed.position(of: upper), posed.body.rig.length(ofLimb: other))
  }

  /// Returns a short step over the floor that brings all paths within reach, if there is one:
  /// alternately to the nearest point for each hand.
  private static func shift(_ ways: [Way]) -> Vector3 {
    var shift = Vector3.zero
    for _ in 0..<40 {
      var isNear = true
      for way in ways {
        var left = way.way - shift
        let height = left.y
        left.y = 0
        let room = max(0, way.reach * way.reach - height * height).squareRoot()
        guard left.length > room + 1e-4, let direction = left.normalized else { continue }
        shift += direction * (left.length - room)
        isNear = false
      }
      if isNear { break }
    }
    return shift
  }
}
