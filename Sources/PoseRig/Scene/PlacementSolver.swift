#if canImport(Glibc)
  internal import Glibc
#endif

extension Scene {
  /// Returns the scene with the positions and yaws that its characters have in words; what is wrong
  /// is among the findings, and then nobody is moved.
  public func placed(findings: inout [Finding]) -> Scene {
    guard characters.contains(where: { $0.placement != nil || $0.facing != nil }) else {
      return self
    }
    var solver = PlacementSolver(self)
    do throws(Finding) {
      return try solver.solve()
    } catch {
      findings.append(error)
      return self
    }
  }
}

/// Makes positions and yaws of words, each after those it goes by.
struct PlacementSolver {
  /// What is to be known of a character, by its index.
  private enum Unknown: Hashable {
    case position(Int)
    case yaw(Int)

    var character: Int {
      switch self {
      case .position(let index), .yaw(let index): index
      }
    }
  }

  private var scene: Scene
  private var known: Set<Unknown> = []
  /// What waits for what, from the first on.
  private var path: [Unknown] = []
  /// The skin that keeps the others away, by character: as it stands at the origin.
  private var skins: [Int: [Vector3]] = [:]

  /// How often places are found again, since bodies are as broad as they are turned.
  private static let rounds = 3

  init(_ scene: Scene) { self.scene = scene }

  mutating func solve() throws(Finding) -> Scene {
    for index in scene.characters.indices { try check(index) }
    for _ in 0..<Self.rounds {
      known = []
      for index in scene.characters.indices {
        try find(.position(index))
        try find(.yaw(index))
      }
    }
    return scene
  }

  /// Holds the names in a character's words against the scene.
  private func check(_ index: Int) throws(Finding) {
    let character = scene.characters[index]
    if let id = character.placement?.anchor.character, self.index(of: id) == nil {
      throw Finding(.placing(index), .unknownCharacter(id))
    }
    if case .character(let id)? = character.facing?.target, self.index(of: id) == nil {
      throw Finding(.facing(index), .unknownCharacter(id))
    }
    if case .on(let id, let place)? = character.placement?.anchor {
      guard let prop = scene.props.first(where: { $0.id == id }) else {
        throw Finding(.placing(index), .unknownProp(id))
      }
      if prop.shape.point(named: place) == nil {
        throw Finding(.placing(index), .unknownPropPoint(place, of: id))
      }
    }
  }

  private func index(of id: String) -> Int? { scene.characters.firstIndex { $0.id == id } }

  private mutating func find(_ unknown: Unknown) throws(Finding) {
    if known.contains(unknown) { return }
    if let start = path.firstIndex(of: unknown) {
      var ids: [String] = []
      for index in path[start...].map(\.character) where ids.last != scene.characters[index].id {
        ids.append(scene.characters[index].id)
      }
      if ids.count > 1, ids.first == ids.last { ids.removeLast() }
      let subject: Finding.Subject =
        switch path[start] {
        case .position(let index): .placing(index)
        case .yaw(let index): .facing(index)
        }
      throw Finding(subject, .circleOfPlaces(ids))
    }
    path.append(unknown)
    switch unknown {
    case .position(let index): try findPosition(index)
    case .yaw(let index): try findYaw(index)
    }
    path.removeLast()
    known.insert(unknown)
  }

  // MARK: Positions

  private mutating func findPosition(_ index: Int) throws(Finding) {
    guard let placement = scene.characters[index].placement else { return }
    if case .on(let id, let place) = placement.anchor {
      guard let prop = scene.props.first(where: { $0.id == id }),
        let point = prop.shape.point(named: place)
      else { return }
      scene.characters[index].position = prop.worldFromProp.apply(point.point) + placement.offset
      return
    }
    guard let other = placement.anchor.character.flatMap(index(of:)) else { return }
    try find(.position(other))
    try find(.yaw(other))
    // Who sits on someone is where that one is.
    if let carrier = scene.characters[other].pose.goals.seat?.owner.flatMap(self.index(of:)),
      carrier != other
    {
      try find(.position(carrier))
      try find(.yaw(carrier))
    }
    let anchor = scene.characters[other]
    let own: Vector3 =
      switch placement.anchor {
      case .beside(_, let side): side == .left ? .unitX : -.unitX
      case .behind: -.unitZ
      case .before, .on: .unitZ
      }
    let way = Self.rotation(anchor.yaw).rotate(own)
    // Whoever is yet to face someone may be turned otherwise at first.
    if scene.characters[index].facing == nil { try find(.yaw(index)) }
    let away = extent(of: other, along: way) + placement.gap + extent(of: index, along: -way)
    var position = origin(of: other) + way * away
    position.y = anchor.position.y
    scene.characters[index].position = position + placement.offset
  }

  /// Returns the point that a character stands or sits over.
  private func origin(of index: Int) -> Vector3 {
    let character = scene.characters[index]
    guard character.pose.goals.seat != nil else { return character.position }
    // Who sits is where the seat is; of who sits on another, that one too.
    var seated = scene
    for number in seated.characters.indices {
      var goals = PoseGoals()
      goals.seat = seated.characters[number].pose.goals.seat
      seated.characters[number].pose.goals = goals
      seated.characters[number].hold = [:]
    }
    let posed = seated.characters.compactMap {
      SceneSolver.pose($0, scene.bodies, withNormals: false)
    }
    guard posed.count == seated.characters.count else { return character.position }
    var solver = GoalSolver(seated, posed)
    solver.reach()
    return solver.characters()[index].worldFromModel.translation
  }

  /// Returns how far a body reaches in a direction from where it stands, in meters.
  private mutating func extent(of index: Int, along way: Vector3) -> Double {
    let own = Self.rotation(scene.characters[index].yaw).inverse.rotate(way)
    return skin(of: index).map { $0.dot(own) }.max() ?? 0
  }

  /// The parts of a body that others keep away from: hands and feet may pass.
  private static let kept: Set<JointName> = [
    .hips, .spine, .chest, .upperChest, .neck, .head, .leftShoulder, .rightShoulder,
    .leftUpperArm, .rightUpperArm, .leftUpperLeg, .rightUpperLeg,
  ]

  private mutating func skin(of index: Int) -> [Vector3] {
    if let skin = skins[index] { return skin }
    var character = scene.characters[index]
    character.position = .zero
    character.yaw = 0
    character.pose.goals = PoseGoals()
    guard let posed = SceneSolver.pose(character, scene.bodies, withNormals: false) else {
      return []
    }
    let skin = zip(posed.bodySurface.positions, posed.body.carriers())
      .filter { Self.kept.contains($0.1) }.map { Vector3($0.0) }
    skins[index] = skin
    return skin
  }

  // MARK: Yaws

  private mutating func findYaw(_ index: Int) throws(Finding) {
    let character = scene.characters[index]
    guard let facing = character.facing else {
      guard let placement = character.placement, placement.turns,
        let other = placement.anchor.character.flatMap(self.index(of:))
      else { return }
      try find(.yaw(other))
      var yaw = scene.characters[other].yaw
      if case .before = placement.anchor { yaw += 180 }
      scene.characters[index].yaw = Self.within(yaw)
      return
    }
    try find(.position(index))
    guard let yaw = try yaw(to: facing.target, from: index) else { return }
    scene.characters[index].yaw = Self.within(yaw + facing.turn)
  }

  /// Returns the yaw of a character that faces something; nil for what is where it stands itself.
  private mutating func yaw(
    to target: Facing.Target, from index: Int
  ) throws(Finding) -> Double? {
    let point: Vector3
    switch target {
    case .point(let given): point = given
    case .character(let id):
      guard let other = self.index(of: id) else { return nil }
      try find(.position(other))
      point = origin(of: other)
    case .camera:
      switch scene.camera.placement {
      case .at(let position, _): point = position
      case .framing(_, let angle, _, _): return angle
      }
    }
    let way = point - origin(of: index)
    guard hypot(way.x, way.z) > 1e-6 else { return nil }
    return atan2(way.x, way.z).radiansToDegrees
  }

  private static func rotation(_ yaw: Double) -> Quaternion {
    Quaternion(angle: yaw.degreesToRadians, axis: .unitY)
  }

  /// Returns an angle above -180° up to 180°.
  private static func within(_ angle: Double) -> Double {
    angle - 360 * ((angle - 180) / 360).rounded(.up)
  }
}
