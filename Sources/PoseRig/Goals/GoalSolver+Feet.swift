/// A foot and the surface that it touches.
struct FootTouch {
  /// The part of the sole that touches.
  var sole: PoseGoals.Sole
  /// The point, in the world, in meters.
  var point: Vector3
  /// The surface normal there, in the world.
  var normal: Vector3
  /// Whether it is possible to stand there: then no part of the foot can be below the surface.
  var isLevel: Bool
  /// The distance that the sole was raised for this, in meters.
  var lift = 0.0
}

extension PoseGoals.Sole {
  /// The angle of the toes above the heel, in degrees.
  var pitch: Double {
    switch self {
    case .flat, .free: 0
    case .heel: 20
    case .ball: -35
    }
  }
}

extension GoalSolver {
  /// The distance up to which a point counts as being on a floor or prop, in meters.
  private static let near = 0.03
  /// The smallest vertical component of the normal of a surface that a foot can stand on: a slope
  /// of 45°.
  private static let steepest = 0.7

  /// Returns how a foot touches its goal, raised as far as before.
  mutating func footTouch(
    _ joint: JointName, _ goal: PoseGoals.Reach, _ touch: Touch, of posed: PosedCharacter
  ) -> FootTouch? {
    guard let character = scene.characters.first(where: { $0.id == posed.id }) else { return nil }
    var foot = footTouch(goal, at: touch, of: character)
    foot?.lift = feet[posed.id]?[joint]?.lift ?? 0
    feet[posed.id, default: [:]][joint] = foot
    return foot
  }

  /// Returns how a foot with a goal touches a surface; nil for a foot in the air, which stays
  /// unchanged.
  private mutating func footTouch(
    _ goal: PoseGoals.Reach, at touch: Touch, of character: Character
  ) -> FootTouch? {
    let level = levelNormal(at: touch, owner: goal.at.owner, of: character)
    let sole = goal.sole ?? (level == nil ? .free : .flat)
    guard let normal = level ?? (goal.sole == nil ? nil : touch.normal ?? .unitY) else {
      return nil
    }
    return FootTouch(sole: sole, point: touch.point, normal: normal, isLevel: level != nil)
  }

  /// Returns the normal of a surface to stand on; nil if there is no such surface.
  private func levelNormal(
    at touch: Touch, owner: String?, of character: Character
  ) -> Vector3? {
    if let normal = touch.normal, normal.y < Self.steepest { return nil }
    // The `support` function does not know skin.
    if owner != nil { return touch.normal }
    let scene = state.scene
    let height = SceneCheck.support(in: scene, SceneCheck.floor(under: character, scene))
    let here = height(touch.point)
    guard abs(here - touch.point.y) < Self.near else { return nil }
    if let normal = touch.normal { return normal }
    let around: [Vector3] = [.unitX, -.unitX, .unitZ, -.unitZ]
    let isFlat = around.allSatisfy { abs(height(touch.point + $0 * 0.05) - here) < 0.01 }
    return isFlat ? .unitY : nil
  }

  /// Returns the point of a foot that touches, in the foot's frame.
  static func tip(of foot: JointName, _ sole: PoseGoals.Sole, _ body: Body) -> Vector3 {
    let under = Vector3(0, -body.rig[foot].y, 0)
    let pivots = FootSole(body, foot.side).pivots
    switch sole {
    case .flat, .free: return under
    case .heel: return pivots[FootPart.heel.rawValue]
    case .ball:
      let ball = pivots[FootPart.ball.rawValue]
      return Vector3(ball.x, under.y, ball.z)
    }
  }

  /// Bends the toes to the surface that a foot stands on.
  func layToes(_ pose: inout Pose, _ id: String) {
    for (foot, touch) in feet[id] ?? [:] where touch.isLevel && [.flat, .ball].contains(touch.sole)
    {
      pose[JointName(.toes, foot.side)] = Quaternion(
        angle: touch.sole.pitch.degreesToRadians, axis: .unitX)
    }
  }

  /// Raises each foot that is inside the surface it stands on; returns whether any was.
  mutating func liftSoles(of id: String) -> Bool {
    let feet = feet[id] ?? [:]
    guard feet.values.contains(where: \.isLevel), let posed = state.skinned(id) else {
      return false
    }
    var isLifted = false
    for (foot, touch) in feet where touch.isLevel {
      let depth = posed.points(ofFoot: foot).reduce(0) {
        max($0, (touch.point - $1).dot(touch.normal))
      }
      // A foot that is far off does not stand there.
      guard depth > 0.0005, depth < 0.15 else { continue }
      self.feet[id]?[foot]?.lift += depth
      isLifted = true
    }
    return isLifted
  }
}

extension PosedCharacter {
  /// Returns the points of a foot's skin and of its shoe, in the world.
  fileprivate func points(ofFoot foot: JointName) -> [Vector3] {
    let toes = JointName(.toes, foot.side)
    let skin = zip(bodySurface.positions, body.carriers())
      .filter { $0.1 == foot || $0.1 == toes }.map { Vector3($0.0) }
    let (own, other) = (middle(ofFoot: foot), middle(ofFoot: foot.mirrored))
    let shoes = otherSurfaces.prefix(body.worn.count).flatMap(\.surface.points).filter {
      ($0 - own).length < min(0.25 * body.rig.size, ($0 - other).length)
    }
    return skin + shoes
  }

  private func middle(ofFoot foot: JointName) -> Vector3 {
    (position(of: foot) + position(of: JointName(.toes, foot.side))) / 2
  }
}
