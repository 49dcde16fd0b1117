/// The measures of a body that positions in words depend on: posed at the origin, before any goal.
struct PlacedBody {
  /// The horizontal movement of its hips by a pose or a clip, in meters.
  let hips: Vector3
  /// The skin that determines gaps, as if the hips had not moved.
  private let skin: [Vector3]

  /// The parts of a body that count for gaps: hands and feet can overlap.
  private static let kept: Set<JointName> = [
    .hips, .spine, .chest, .upperChest, .neck, .head, .leftShoulder, .rightShoulder,
    .leftUpperArm, .rightUpperArm, .leftUpperLeg, .rightUpperLeg,
  ]

  /// Measures the body of a character; a point if the body is unknown.
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

  /// Returns the extent of the body in a direction, in meters.
  func reach(along way: Vector3) -> Double { skin.map { $0.dot(way) }.max() ?? 0 }
}
