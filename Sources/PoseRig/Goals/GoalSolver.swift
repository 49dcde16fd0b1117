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
  var palms: [String: [JointName: Vector3]] = [:]

  /// The targets that hands and feet were sent to last, by id, in the character's own space.
  var aimed: [String: [ReachProblem.Target]] = [:]

  /// How far off what they touch hands are lifted whose fingers would be in it, by id, in meters.
  var lifts: [String: [JointName: Double]] = [:]

  /// The feet that have goals on what they touch, by id.
  var feet: [String: [JointName: FootTouch]] = [:]

  /// The hands and feet that others do not come to meet, since they never would, by id.
  var apart: [String: Set<JointName>] = [:]

  /// The props where they have been taken.
  var props: [Prop] { places.scene.props }

  init(_ scene: Scene, _ characters: [PosedCharacter]) {
    self.scene = scene
    places = GoalPlaces(scene: scene)
    for character in characters { places.put(character) }
    poses = Dictionary(uniqueKeysWithValues: scene.characters.map { ($0.id, $0.pose) })
  }

  /// Returns the characters as they are by now, in the scene's order; who was posed again has no
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
    for group in order {
      let members = group.filter { index in
        guard let seat = scene.characters[index].pose.goals.seat else { return true }
        return sit(index, seat)
      }
      for index in members { carry(index) }
      let reaching = members.filter { index in
        let goals = scene.characters[index].pose.goals
        return goals.stance != nil || !goals.reach.isEmpty || held[index]?.isEmpty == false
      }
      reach(reaching)
      // Who sits on another comes along.
      for index in members where group.count > 1 && !reaching.contains(index) {
        if let seat = scene.characters[index].pose.goals.seat { _ = sit(index, seat) }
      }
      for index in members {
        carry(index)
        closeHands(index)
      }
      for index in members { wrapHands(index, of: reaching) }
      // A hand that was lifted may have moved all of them.
      for index in members { report(index) }
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
            .look, of: index,
            Result { () throws(UnknownGoal) in try places.sight(look, from: posed.eyes) })
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
  mutating func sit(_ index: Int, _ seat: PoseGoals.Point) -> Bool {
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

  /// Returns the result of a search for a goal's point; nil, after noting it, for a point that is
  /// not in the scene.
  mutating func found<Point>(
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
