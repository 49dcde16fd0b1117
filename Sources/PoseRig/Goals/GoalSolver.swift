/// Solves the goals of a scene's characters (`docs/formats.md`): seat, then hands and feet, first
/// of the characters that others touch; then everyone's look.
struct GoalSolver {
  let scene: Scene
  /// The findings so far.
  var findings: [Finding] = []
  var places: GoalPlaces
  /// The poses so far, by id.
  var poses: [String: Pose]
  /// The things in hands, by the index of the character.
  var held: [Int: [Held]] = [:]

  /// The palms' middles, by id: measured once, since skin shifts a little when a wrist bends.
  private var palms: [String: [JointName: Vector3]] = [:]

  /// The targets that hands and feet were sent to last, by id.
  private var aimed: [String: [ReachProblem.Target]] = [:]

  /// How far off what they touch hands are lifted whose fingers would be in it, by id, in meters.
  var lifts: [String: [JointName: Double]] = [:]

  /// The feet of the character that is being posed on what they touch.
  var feet: [JointName: FootTouch] = [:]

  /// The props where they have been taken.
  var props: [Prop] { places.scene.props }

  init(_ scene: Scene, _ characters: [PosedCharacter]) {
    self.scene = scene
    places = GoalPlaces(scene: scene)
    for character in characters { places.put(character) }
    poses = Dictionary(uniqueKeysWithValues: scene.characters.map { ($0.id, $0.pose) })
  }

  /// Returns the characters as they are by now, in the scene's order; who was posed anew has no
  /// normals.
  mutating func characters() -> [PosedCharacter] {
    scene.characters.compactMap { places.skinned($0.id) }
  }

  /// Returns the characters with normals, to be drawn.
  mutating func drawable() -> [PosedCharacter] {
    characters().map {
      var character = $0
      character.bodySurface = Skinning.withNormals(
        $0.bodySurface, $0.body, $0.posedRig, worldFromModel: $0.worldFromModel,
        pose: poses[$0.id] ?? .rest)
      character.putOn(withNormals: true)
      return character
    }
  }

  /// Seats, hands and feet.
  mutating func reach() {
    guard let order = GoalOrder.of(scene, findings: &findings) else { return }
    takeHold()
    for index in order {
      let goals = scene.characters[index].pose.goals
      if let seat = goals.seat, !sit(index, seat) { continue }
      carry(index)
      let holds = held[index] ?? []
      if goals.stance != nil || !goals.reach.isEmpty || !holds.isEmpty { reach(index, goals) }
      carry(index)
      closeHands(index)
      wrapHands(index, goals)
      report(index, goals)
    }
  }

  /// Looks. Eyes that meet wait for each other, so that everyone looks again at where the others
  /// then are.
  mutating func look(camera: Camera) {
    places.camera = camera
    let before = poses
    let lookers = scene.characters.indices.filter { scene.characters[$0].pose.goals.look != nil }
    for round in 0..<(lookers.count > 1 ? 4 : 1) {
      for index in lookers {
        let character = scene.characters[index]
        let goals = character.pose.goals
        guard let look = goals.look, let posed = places.rigged(character.id),
          let target = found(
            .look, of: index, Result { () throws(UnknownGoal) in try places.sight(look) })
        else { continue }
        var pose = before[character.id] ?? character.pose
        let holds = goals.reach.keys.contains { $0.kind == .hand } || held[index] != nil
        let away = GazeSolver.solve(
          &pose, rig: posed.body.rig, target: posed.worldFromModel.inverse.apply(target),
          trunk: !holds)
        if away > 0.5, round == 0 {
          findings.note(.goal(.look, character: index), .lookMisses(angle: away))
        }
        take(pose, character.id)
        carry(index)
      }
    }
  }

  // MARK: Seat

  /// Moves a character onto its seat; false, after noting why, if the seat is missing.
  private mutating func sit(_ index: Int, _ seat: PoseGoals.Point) -> Bool {
    let character = scene.characters[index]
    guard var posed = places.skinned(character.id) else { return false }
    let hips = posed.position(of: .hips)
    let touch = found(
      .seat, of: index,
      Result { () throws(UnknownGoal) in try places.touch(seat, from: hips) })
    guard let touch else { return false }
    var carrier: (prop: Prop, height: Double)?
    if case .named("props", let part, _) = seat, let named = try? places.prop(part) {
      carrier = (named.prop, named.point.point.y)
    }
    posed.move(by: SeatSolver(point: touch.point, carrier: carrier).shift(posed))
    places.put(posed)
    return true
  }

  // MARK: Hands and feet

  mutating func reach(_ index: Int, _ goals: PoseGoals) {
    let character = scene.characters[index]
    guard let placed = places.skinned(character.id) else { return }
    for hand in [JointName.leftHand, .rightHand] where goals.reach[hand] != nil {
      palms[character.id, default: [:]][hand] = placed.palm(of: hand)
    }
    let following = (held[index] ?? []).filter { !$0.carries }
    let goesThere = !following.isEmpty
    let hasHands = goals.reach.keys.contains { $0.kind == .hand } || goesThere
    let trunk = hasHands ? scene.bodies.trunk(of: placed.body) : nil
    // What a hand touches of its own body moves along with it.
    let touchesItself =
      following.contains { scene.props[$0.prop].carrier?.character == character.id }
      || goals.reach.values.contains { $0.at.owner == character.id }
    let planted = planted(character, placed)
    feet = [:]
    let rounds = touchesItself ? 4 : goesThere ? 2 : 1
    for round in 0..<(rounds + Self.liftings) {
      if round >= rounds {
        let lifts = liftSoles(of: character.id)
        if !lifts, !isPierced(index) { break }
      }
      if round > 0 { settleHolds(index) }
      guard let posed = places.skinned(character.id) else { return }
      let targets =
        targets(of: index, goals, posed, planted?.targets ?? []) + grasps(of: index, posed)
      if targets.isEmpty { return }
      var problem = ReachProblem(posed.body.rig, targets)
      problem.trunk = trunk
      // Whoever sits is carried by the seat.
      problem.holdsHips = goals.seat != nil
      problem.support = goals.seat == nil ? planted?.middle : nil
      var pose = poses[character.id] ?? character.pose
      layToes(&pose)
      if round == 0 {
        for target in targets { pose = problem.guess(target, from: pose) }
      }
      take(problem.solve(from: pose, given: character.pose), character.id)
      aimed[character.id] = targets
      carry(index)
    }
    noteBend(index)
  }

  /// Notes a trunk that bends for a hand farther than anyone would expect who gave the angles.
  private mutating func noteBend(_ index: Int) {
    let character = scene.characters[index]
    let hands = (aimed[character.id] ?? []).filter { $0.joint.kind == .hand }
    guard let hand = hands.first, let pose = poses[character.id],
      let posed = places.rigged(character.id),
      // Of a point out of reach one hears anyway.
      hands.allSatisfy({ $0.miss(in: posed.posedRig) < Self.seen })
    else { return }
    let angle = ReachProblem.bend(from: character.pose, to: pose)
    guard angle > Self.plainBend else { return }
    let subject: Finding.Subject =
      hand.ways.isEmpty
      ? .goal(.reach(hand.joint), character: index) : .hold(hand.joint, character: index)
    findings.note(subject, .trunkBends(hand.joint, angle: angle))
  }

  /// How far a hand or foot may be from its goal before it is said, in meters.
  private static let seen = 0.001
  /// The bend of a trunk that is said, in degrees.
  private static let plainBend = 15.0
  /// How often soles are lifted out of what they stand on, at most: skin follows joints by halves.
  private static let liftings = 3

  private mutating func targets(
    of index: Int, _ goals: PoseGoals, _ posed: PosedCharacter, _ planted: [ReachProblem.Target]
  ) -> [ReachProblem.Target] {
    var asked: [ReachProblem.Target] = []
    for joint in PoseGoals.effectors {
      guard let goal = goals.reach[joint] else { continue }
      let target = found(
        .reach(joint), of: index,
        Result { () throws(UnknownGoal) in try self.target(joint, goal, posed) })
      if let target { asked.append(target) }
    }
    return asked + planted.filter { goals.reach[$0.joint] == nil }
  }

  private func planted(_ character: Character, _ posed: PosedCharacter) -> PlantedFeet? {
    let goals = character.pose.goals
    return goals.stance.map { PlantedFeet($0.pose, character, posed, seated: goals.seat != nil) }
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

  /// Notes what is missed, now that everything is where it is.
  private mutating func report(_ index: Int, _ goals: PoseGoals) {
    let character = scene.characters[index]
    guard let posed = places.rigged(character.id) else { return }
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
      func note(_ direction: Finding.LimbDirection, _ way: Vector3?, _ axis: Vector3) {
        guard let way else { return }
        let turn = Quaternion(from: frame.rotation.rotate(axis), to: way)
        let angle = turn.angle.radiansToDegrees
        guard angle > 10 else { return }
        findings.note(subject, .outOfTurn(target.joint, direction, angle: angle))
      }
      note(.sole, goal?.sole == nil ? nil : target.sole?.way, target.sole?.own ?? .unitY)
      note(.palm, goal?.palm == nil ? nil : target.palm?.way, -.unitY)
      note(.fingers, target.fingers, target.joint.side == .left ? .unitX : -.unitX)
    }
  }

  /// Returns the result of a search for a goal's point; nil, after noting it, for a point that is
  /// not in the scene.
  private mutating func found<Point>(
    _ goal: PoseGoals.Name, of index: Int, _ search: Result<Point?, UnknownGoal>
  ) -> Point? {
    switch search {
    case .success(let point): return point
    case .failure(let unknown):
      findings.note(.goal(goal, character: index), unknown.fact)
      return nil
    }
  }

  mutating func take(_ pose: Pose, _ id: String) {
    poses[id] = pose
    places.take(pose, id)
  }
}
