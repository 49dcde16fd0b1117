/// Solves the goals of a scene's characters (`docs/formats.md`): the seat, then hands and feet,
/// beginning with characters that others touch; then everyone's gaze.
struct GoalSolver {
  let scene: Scene
  /// The findings so far.
  var findings: [Finding] = []
  var state: GoalState
  /// The current poses, by id.
  var poses: [String: Pose]
  /// The props in hands, by the index of the character.
  var held: [Int: [Held]] = [:]

  /// The parts of hands that touch, by id; measured once, since skin shifts slightly when a wrist
  /// bends.
  var contacts: [String: [JointName: HandContact]] = [:]

  /// The last targets of hands and feet, by id, in the character's own space.
  var aimed: [String: [ReachProblem.Target]] = [:]

  /// The distances by which hands are lifted so that their fingers do not intersect, by id, in
  /// meters.
  var lifts: [String: [JointName: Double]] = [:]

  /// The feet with goals and the surfaces that they touch, by id.
  var feet: [String: [JointName: FootTouch]] = [:]

  /// The hands and feet that others do not try to meet, since they could not, by id.
  var apart: [String: Set<JointName>] = [:]

  /// The props at their current positions.
  var props: [Prop] { state.scene.props }

  init(_ scene: Scene, _ characters: [PosedCharacter]) {
    self.scene = scene
    state = GoalState(scene: scene)
    for character in characters { state.put(character) }
    poses = Dictionary(uniqueKeysWithValues: scene.characters.map { ($0.id, $0.pose) })
  }

  /// Returns the current characters in the scene's order; those that were posed again have no
  /// normals.
  mutating func characters() -> [PosedCharacter] {
    scene.characters.compactMap { state.skinned($0.id) }
  }

  /// Returns the characters with normals, for drawing.
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

  /// Finds the camera for hands that depend on one: they use its position before they move.
  mutating func seeCamera() {
    guard scene.characters.contains(where: { $0.pose.goals.usesCamera }) else { return }
    state.camera = SceneSolver.camera(scene, holding: characters().map(scene.camera.points))
  }

  /// Solves seats, hands and feet.
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
      // A character that sits on another one moves along.
      for index in members where group.count > 1 && !reaching.contains(index) {
        if let seat = scene.characters[index].pose.goals.seat { _ = sit(index, seat) }
      }
      for index in members {
        carry(index)
        closeHands(index)
      }
      for index in members { wrapHands(index, of: reaching) }
      // Lifting a hand might have moved all of them.
      for index in members { report(index) }
    }
  }

  /// Solves gazes. Characters that look at each other depend on each other, so everyone looks again
  /// at the others' new positions.
  mutating func look(camera: Camera) {
    state.camera = camera
    let before = poses
    let lookers = scene.characters.indices.filter { scene.characters[$0].pose.goals.look != nil }
    for round in 0..<(lookers.count > 1 ? 4 : 1) {
      for index in lookers {
        let character = scene.characters[index]
        let goals = character.pose.goals
        guard let look = goals.look, let posed = state.rigged(character.id),
          let target = found(
            .look, of: index,
            Result { () throws(UnknownGoal) in try state.sight(look, from: posed.eyes) })
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

  /// Moves a character onto its seat; returns false after reporting a missing seat.
  mutating func sit(_ index: Int, _ seat: PoseGoals.Point) -> Bool {
    let character = scene.characters[index]
    guard var posed = state.skinned(character.id) else { return false }
    let hips = posed.position(of: .hips)
    let touch = found(
      .seat, of: index,
      Result { () throws(UnknownGoal) in try state.touch(seat, from: hips) })
    guard let touch else { return false }
    var carrier: (prop: Prop, height: Double)?
    if case .named("props", let part, _) = seat, let named = try? state.prop(part) {
      carrier = (named.prop, named.point.point.y)
    }
    posed.move(by: SeatSolver(point: touch.point, carrier: carrier).shift(posed))
    state.put(posed)
    return true
  }

  /// Returns the result of locating a goal's point; nil, after reporting it, for a point that is
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
    state.take(pose, id)
  }
}
