/// A foot on what it touches.
struct FootTouch {
  /// The part of the sole that touches.
  var sole: PoseGoals.Sole
  /// The point, in the world, in meters.
  var point: Vector3
  /// Which way the surface there faces, in the world.
  var normal: Vector3
  /// Whether one can stand there: then no part of the foot is below it.
  var isLevel: Bool
  /// How much higher than the point the sole was put for that, in meters.
  var lift = 0.0
}

extension PoseGoals.Sole {
  /// How far the toes are above the heel, in degrees.
  var pitch: Double {
    switch self {
    case .flat, .free: 0
    case .heel: 20
    case .ball: -35
    }
  }
}

extension GoalSolver {
  /// How far off a floor or thing a point may be and still be on it, in meters.
  private static let near = 0.03
  /// The least height of the unit normal of what a foot can stand on: a slope of 45°.
  private static let steepest = 0.7

  /// Returns how a foot touches its goal, lifted as far as it was before.
  mutating func footTouch(
    _ joint: JointName, _ goal: PoseGoals.Reach, _ touch: Touch, of posed: PosedCharacter
  ) -> FootTouch? {
    guard let character = scene.characters.first(where: { $0.id == posed.id }) else { return nil }
    var foot = footTouch(goal, at: touch, of: character)
    foot?.lift = feet[posed.id]?[joint]?.lift ?? 0
    feet[posed.id, default: [:]][joint] = foot
    return foot
  }

  /// Returns how a foot with a goal touches what is there; nil for one in the air, which stays as it
  /// is.
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

  /// Returns which way a surface faces that one can stand on; nil where there is none.
  private func levelNormal(
    at touch: Touch, owner: String?, of character: Character
  ) -> Vector3? {
    if let normal = touch.normal, normal.y < Self.steepest { return nil }
    // Skin is not among what `support` knows.
    if owner != nil { return touch.normal }
    let scene = places.scene
    let height = SceneCheck.support(in: scene, SceneCheck.floor(under: character, scene))
    let here = height(touch.point)
    guard abs(here - touch.point.y) < Self.near else { return nil }
    if let normal = touch.normal { return normal }
    let around: [Vector3] = [.unitX, -.unitX, .unitZ, -.unitZ]
    let isFlat = around.allSatisfy { abs(height(touch.point + $0 * 0.05) - here) < 0.01 }
    return isFlat ? .unitY : nil
  }

  /// Returns the point of a foot that touches, in its frame.
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

  /// Lays the toes on what a foot stands on.
  func layToes(_ pose: inout Pose, _ id: String) {
    for (foot, touch) in feet[id] ?? [:] where touch.isLevel && [.flat, .ball].contains(touch.sole)
    {
      pose[JointName(.toes, foot.side)] = Quaternion(
        angle: touch.sole.pitch.degreesToRadians, axis: .unitX)
    }
  }

  /// Lifts each foot that is in what it stands on by as much as it is; returns whether any was.
  mutating func liftSoles(of id: String) -> Bool {
    let feet = feet[id] ?? [:]
    guard feet.values.contains(where: \.isLevel), let posed = places.skinned(id) else {
      return false
    }
    var isLifted = false
    for (foot, touch) in feet where touch.isLevel {
      let depth = posed.points(ofFoot: foot).reduce(0) {
        max($0, (touch.point - $1).dot(touch.normal))
      }
      // What is far off has not come to stand there.
      guard depth > 0.0005, depth < 0.15 else { continue }
      self.feet[id]?[foot]?.lift += depth
      isLifted = true
    }
    return isLifted
  }
}

extension PosedCharacter {
  /// Returns the points of a foot's skin and of the shoe on it, in the world.
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
