#if canImport(Glibc)
  internal import Glibc
#endif

extension Scene {
  /// Returns the scene with positions and yaws computed from those in words. If those contain
  /// errors, the findings list them, and no character is moved.
  public func placed(findings: inout [Finding]) -> Scene {
    guard hasPlacementsInWords else { return self }
    let faults = placementFaults()
    findings += faults
    if faults.contains(where: \.isError) { return self }
    var solver = PlacementSolver(self)
    let scene = solver.solve()
    findings += solver.findings
    return scene
  }

  /// Returns errors in the names of positions and directions in words, and cycles among them,
  /// without requiring any body.
  ///
  /// - Parameter known: the ids of characters and props that count as existing although they have
  ///   errors.
  package func placementFaults(besides known: Set<String> = []) -> [Finding] {
    var findings: [Finding] = []
    for (number, character) in characters.enumerated() {
      func check(_ id: String, _ subject: Finding.Subject) {
        if index(of: id) == nil, !known.contains(id) {
          findings.note(subject, .unknownCharacter(id))
        }
      }
      if let id = character.placement?.anchor.character { check(id, .placing(number)) }
      if case .on(let id, let name)? = character.placement?.anchor {
        let prop = props.first { $0.id == id }
        if prop == nil, !known.contains(id) {
          findings.note(.placing(number), .unknownProp(id))
        }
        if let prop, prop.shape.point(named: name) == nil {
          findings.note(.placing(number), .unknownPropPoint(name, of: id))
        }
      }
      if case .character(let id)? = character.facing?.target {
        check(id, .facing(number))
        if id == character.id { findings.note(.facing(number), .facesItself) }
      }
    }
    return findings + PlacementOrder(self).circles
  }

  /// Whether any character has a position or a direction in words.
  package var hasPlacementsInWords: Bool {
    characters.contains { $0.placement != nil || $0.facing != nil }
  }
}

/// Solves positions and yaws in words, each after those that it depends on.
struct PlacementSolver {
  /// The directions that are undefined.
  private(set) var findings: [Finding] = []

  private var scene: Scene
  /// The points where the members of arrangements stand, by arrangement and id, in this round.
  private var arranged: [Int: [String: Vector3]] = [:]
  /// The bodies by character, posed at the origin.
  private var bodies: [Int: PlacedBody] = [:]

  /// The number of times that positions are solved, since the width of bodies depends on their yaw.
  private static let rounds = 3

  init(_ scene: Scene) { self.scene = scene }

  mutating func solve() -> Scene {
    let order = PlacementOrder(scene).order
    for _ in 0..<Self.rounds {
      findings = []
      arranged = [:]
      for unknown in order {
        switch unknown {
        case .position(let index): findPosition(index)
        case .yaw(let index): findYaw(index)
        }
      }
    }
    return scene
  }

  // MARK: Positions

  private mutating func findPosition(_ index: Int) {
    guard let placement = scene.characters[index].placement else { return }
    let own = Self.rotation(scene.characters[index].yaw).rotate(body(of: index).hips)
    if case .on(let id, let name) = placement.anchor {
      guard let point = point(name, ofProp: id, for: index) else { return }
      scene.characters[index].position = point - own + placement.offset
      return
    }
    if case .arranged(let number) = placement.anchor {
      let point = points(in: number)[scene.characters[index].id] ?? .zero
      scene.characters[index].position = point - own + placement.offset
      return
    }
    guard let other = placement.anchor.character.flatMap(scene.index(of:)) else { return }
    let anchor = scene.characters[other]
    let side: Vector3 =
      switch placement.anchor {
      case .beside(_, let side): side == .left ? .unitX : -.unitX
      case .behind: -.unitZ
      case .before, .on, .arranged: .unitZ
      }
    let way = Self.rotation(anchor.yaw).rotate(side)
    let away = extent(of: other, along: way) + placement.gap + extent(of: index, along: -way)
    var position = middle(of: other) + way * away - own
    position.y = height(beside: other, at: position)
    scene.characters[index].position = position + placement.offset
  }

  /// Returns the points where the members of an arrangement stand, by id.
  private mutating func points(in number: Int) -> [String: Vector3] {
    if let known = arranged[number] { return known }
    let arrangement = scene.arrangements[number]
    var (center, middle) = (Vector3.zero, ArrangementSolver.Member?.none)
    switch arrangement.center {
    case .point(let point): center = point
    case .character(let id):
      if let index = scene.index(of: id) {
        center = self.middle(of: index)
        middle = ArrangementSolver.Member { extent(of: index, along: $0) }
      }
    }
    let members = arrangement.members.compactMap(scene.index(of:)).map { index in
      ArrangementSolver.Member { extent(of: index, along: $0) }
    }
    let solver = ArrangementSolver(arrangement: arrangement, members: members, middle: middle)
    let points = Dictionary(
      zip(arrangement.members, solver.points().map { $0 + center }),
      uniquingKeysWith: { first, _ in first })
    arranged[number] = points
    return points
  }

  /// Returns the height for standing by another character: on that one's surface if it extends that
  /// far.
  private func height(beside other: Int, at position: Vector3) -> Double {
    let anchor = scene.characters[other]
    let height = anchor.position.y
    guard anchor.pose.goals.seat == nil else { return height }
    let support = SceneCheck.support(in: scene, SceneCheck.floorPlane(of: scene) ?? 0)
    let isOnThing = abs(support(anchor.position) - height) < 0.03 && abs(height) > 1e-9
    return isOnThing ? support(Vector3(position.x, height, position.z)) : height
  }

  /// Returns the position of a prop's point, carried or not; nil for a prop that does not exist.
  private func point(_ name: String, ofProp id: String, for index: Int) -> Vector3? {
    guard let number = scene.props.firstIndex(where: { $0.id == id }),
      let point = scene.props[number].shape.point(named: name)
    else { return nil }
    var prop = scene.props[number]
    if scene.carrier(ofProp: id) != nil {
      // A character without a position yet must not pull on others.
      var others = scene
      others.characters[index].pose.goals = PoseGoals()
      others.characters[index].hold = [:]
      if let solver = Self.solved(others) { prop = solver.props[number] }
    }
    return prop.worldFromProp.apply(point.point)
  }

  /// Returns the point below a standing or sitting character, regardless of its hips' movement, at
  /// the height that it stands at.
  private func middle(of index: Int) -> Vector3 {
    let character = scene.characters[index]
    guard character.pose.goals.seat != nil else {
      return character.position + Self.rotation(character.yaw).rotate(body(at: index).hips)
    }
    // A sitting character is at its seat, which might be on another sitting character.
    var seated = scene
    for number in seated.characters.indices {
      var goals = PoseGoals()
      goals.seat = seated.characters[number].pose.goals.seat
      seated.characters[number].pose.goals = goals
    }
    guard var solver = Self.solved(seated) else { return character.position }
    let posed = solver.characters()[index]
    let rest = posed.body.rig[.hips]
    let hips = posed.position(of: .hips) - Self.rotation(character.yaw).rotate(rest)
    return Vector3(hips.x, character.position.y, hips.z)
  }

  /// Returns a scene with its goals solved; nil if a body is unknown.
  private static func solved(_ scene: Scene) -> GoalSolver? {
    let posed = scene.characters.compactMap {
      SceneSolver.pose($0, scene.bodies, withNormals: false)
    }
    guard posed.count == scene.characters.count else { return nil }
    var solver = GoalSolver(scene, posed)
    solver.reach()
    return solver
  }

  /// Returns the extent of a body in a direction from its hips, in meters.
  private mutating func extent(of index: Int, along way: Vector3) -> Double {
    let own = Self.rotation(scene.characters[index].yaw).inverse.rotate(way)
    return body(of: index).reach(along: own)
  }

  private mutating func body(of index: Int) -> PlacedBody {
    let body = body(at: index)
    bodies[index] = body
    return body
  }

  private func body(at index: Int) -> PlacedBody {
    bodies[index] ?? PlacedBody(scene.characters[index], scene.bodies)
  }

  // MARK: Yaws

  private mutating func findYaw(_ index: Int) {
    let character = scene.characters[index]
    guard let facing = character.facing else {
      guard let placement = character.placement, placement.turns,
        let other = placement.anchor.character.flatMap(scene.index(of:))
      else { return }
      var yaw = scene.characters[other].yaw
      if case .before = placement.anchor { yaw += 180 }
      scene.characters[index].yaw = Self.within(yaw)
      return
    }
    guard let yaw = yaw(to: facing.target, from: index) else {
      findings.note(.facing(index), .facesOwnPosition)
      return
    }
    scene.characters[index].yaw = Self.within(yaw + facing.turn)
  }

  /// Returns the yaw of a character that faces a target; nil if the target is in its own position.
  private mutating func yaw(to target: Facing.Target, from index: Int) -> Double? {
    let point: Vector3
    switch target {
    case .point(let given): point = given
    case .character(let id):
      guard let other = scene.index(of: id) else { return nil }
      point = middle(of: other)
    case .camera:
      switch scene.camera.placement {
      case .at(let position, _): point = position
      case .framing(_, let angle, _, _): return angle
      case .shot(let shot): return shot.heading(in: scene)
      }
    }
    // A sitting character rotates about the seat, any other about its position, so that its hips
    // face the target.
    let isSeated = scene.characters[index].pose.goals.seat != nil
    let center = isSeated ? middle(of: index) : scene.characters[index].position
    let aside = isSeated ? 0 : body(of: index).hips.x
    let way = point - center
    let distance = hypot(way.x, way.z)
    guard distance > max(abs(aside), 1e-6) else { return nil }
    return (atan2(way.x, way.z) - asin(aside / distance)).radiansToDegrees
  }

  private static func rotation(_ yaw: Double) -> Quaternion {
    Quaternion(angle: yaw.degreesToRadians, axis: .unitY)
  }

  /// Returns an angle above -180° up to 180°.
  private static func within(_ angle: Double) -> Double {
    angle - 360 * ((angle - 180) / 360).rounded(.up)
  }
}
