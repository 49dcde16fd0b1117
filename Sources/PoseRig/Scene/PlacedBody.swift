/// What a body is to those who are placed by it: as it is posed at the origin, before any goal.
struct PlacedBody {
  /// How far a pose or a clip has moved its hips over the floor, in meters.
  let hips: Vector3
  /// The skin that keeps others away, as if they had not moved.
  private let skin: [Vector3]

  /// The parts of a body that others keep away from: hands and feet may pass.
  private static let kept: Set<JointName> = [
    .hips, .spine, .chest, .upperChest, .neck, .head, .leftShoulder, .rightShoulder,
    .leftUpperArm, .rightUpperArm, .leftUpperLeg, .rightUpperLeg,
  ]

  /// The body of a character; a point for one whose body is not known.
  init(_ character: Character, _ bodies: BodyStore) {
    var character = character
    character.position = .zero
    character.yaw = 0
    character.pose.goals = PoseGoals()
    guard let posed = SceneSolver.pose(character, bodies, withNormals: false) else {
      (hips, skin) = (.zero, [])
      return
    }
    let way = posed.position(of: .hips) - posed.body.rig[.hips]
    let hips = Vector3(way.x, 0, way.z)
    self.hips = hips
    skin = zip(posed.bodySurface.positions, posed.body.carriers())
      .filter { Self.kept.contains($0.1) }.map { Vector3($0.0) - hips }
  }

  /// Returns how far it reaches in a direction, in meters.
  func reach(along way: Vector3) -> Double { skin.map { $0.dot(way) }.max() ?? 0 }
}
