/// Solves the goals of a scene's characters: those that others reach for first, hands and feet before the look.
struct GoalSolver {
  let scene: Scene
  let log: DiagnosticLog
  private var solved: [String: PosedCharacter] = [:]

  init(_ scene: Scene, log: DiagnosticLog) {
    self.scene = scene
    self.log = log
  }

  /// Every character with its goals reached, in the order of `characters`; the camera is for who looks at it.
  mutating func solve(_ characters: [PosedCharacter], camera: Camera) -> [PosedCharacter] {
    for character in characters { solved[character.id] = character }
    guard let order = order() else { return characters }
    for index in order where !scene.characters[index].pose.goals.isEmpty {
      reach(index, camera: camera)
    }
    return characters.map { solved[$0.id] ?? $0 }
  }

  /// Indices of the characters, those before whom others wait first; nil, after saying so, if some wait for each other.
  private func order() -> [Int]? {
    var order: [Int] = []
    var waiting = Array(scene.characters.indices)
    while !waiting.isEmpty {
      let ready = waiting.filter { index in
        let owners = scene.characters[index].pose.goals.owners
        return !waiting.contains { $0 != index && owners.contains(scene.characters[$0].id) }
      }
      guard !ready.isEmpty else {
        let names = waiting.map { "\"\(scene.characters[$0].id)\"" }.joined(separator: ", ")
        log.error(
          scene.file, scene.characters[waiting[0]].location,
          "the goals of \(names) wait for each other; let one of them reach for a point instead")
        return nil
      }
      order += ready
      waiting.removeAll(where: ready.contains)
    }
    return order
  }

  private mutating func reach(_ index: Int, camera: Camera) {
    let character = scene.characters[index]
    guard var posed = solved[character.id] else { return }
    let goals = character.pose.goals
    let toModel = posed.worldFromModel.inverse
    var pose = character.pose
    for effector in PoseGoals.effectors {
      guard let goal = goals.reach[effector],
        let target = place(goal.at, camera, goals.file, goal.location)
      else { continue }
      let away = LimbSolver(posed.body.rig, end: effector).solve(
        &pose, target: toModel.apply(target),
        pole: goal.pole.map { toModel.rotation.rotate($0) })
      if away > 0.001 {
        log.warning(
          goals.file, goal.location,
          "\(effector.rawValue) of \"\(character.id)\" stays \(PoseWriter.number(away * 100, 1)) cm short of this point"
        )
      }
    }
    if let look = goals.look, let target = place(look, camera, goals.file, goals.lookLocation) {
      let away = GazeSolver.solve(&pose, rig: posed.body.rig, target: toModel.apply(target))
      if away > 0.5 {
        log.warning(
          goals.file, goals.lookLocation,
          "\"\(character.id)\" cannot turn so far; the look misses by \(PoseWriter.number(away, 0))°"
        )
      }
    }
    posed.posedRig = PosedRig(body: posed.body, pose: pose)
    posed.surface = Skinning.pose(
      posed.body, posed.posedRig, worldFromModel: posed.worldFromModel, pose: pose)
    solved[character.id] = posed
  }

  // MARK: Points

  private func place(
    _ point: PoseGoals.Point, _ camera: Camera, _ file: String, _ location: SourceLocation?
  ) -> Vector3? {
    switch point {
    case .fixed(let place): return place
    case .camera: return camera.position
    case .named("props", let part, let offset):
      let names = part.split(separator: ".").map(String.init)
      guard let prop = scene.props.first(where: { $0.id == names.first }), names.count == 2,
        let height = Self.height(names[1], of: prop)
      else {
        log.error(
          file, location, "there is no prop and place \"props.\(part)\"; places are top and middle")
        return nil
      }
      return prop.position + Vector3(0, height, 0) + offset
    case .named(let owner, let part, let offset):
      guard let other = solved[owner] else {
        let near = NearestName.suggestion(for: owner, among: scene.characters.map(\.id))
        log.error(
          file, location,
          "there is no character \"\(owner)\"" + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
        return nil
      }
      guard let place = Self.place(part, of: other) else {
        let names = JointName.allCases.map(\.rawValue) + LandmarkName.all
        log.error(
          file, location,
          unknown(
            "joint or landmark", part, allowed: names, place: "of \"\(owner)\"",
            allowedText: JointName.allNamesInShort))
        return nil
      }
      return place + offset
    }
  }

  private static func height(_ place: String, of prop: Prop) -> Double? {
    let tall: Double =
      switch prop.shape {
      case .box(let size): size.y
      case .cylinder(_, let height): height
      case .plane: 0
      }
    return ["top": tall, "middle": tall / 2][place]
  }

  private static func place(_ part: String, of character: PosedCharacter) -> Vector3? {
    guard let joint = JointName(rawValue: part) else { return character.landmark(part) }
    let tip = LimbSolver.tip(of: joint, character.body.rig)
    let frame = character.posedRig.modelFromJoint[joint.index]
    return character.worldFromModel.apply(frame.apply(tip))
  }
}
