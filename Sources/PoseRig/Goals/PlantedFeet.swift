/// The positions of a stance's feet, to hold them in place.
struct PlantedFeet {
  /// The targets of the feet that stand on the ground, in the character's own space.
  private(set) var targets: [ReachProblem.Target] = []
  /// The midpoint between their ankles and toes.
  private(set) var middle: Vector3?

  /// The distance from the ground up to which a foot counts as standing, in meters.
  private static let near = 0.04

  /// Finds the standing feet of a stance.
  ///
  /// - Parameters:
  ///   - stance: the pose with the feet to hold.
  ///   - posed: the character at its position, in its own pose.
  ///   - seated: whether it was moved to a seat; then the floor is that of its position in the
  ///     scene.
  init(_ stance: Pose, _ character: Character, _ posed: PosedCharacter, seated: Bool) {
    let rig = posed.body.rig
    let stood = PosedRig(body: posed.body, pose: stance)
    let skin = Skinning.pose(posed.body, stood, pose: stance, withNormals: false).positions
    let lowest = Double(skin.lazy.map { $0.y }.min() ?? 0)
    // The soles of a seated stance are where its own floor would be; the scene's is elsewhere.
    let floor = posed.worldFromModel.inverse.apply(
      Vector3(posed.worldFromModel.translation.x, character.position.y, 0)
    ).y
    var drop = Vector3.zero
    if seated {
      let soles =
        [JointName.leftFoot, .rightFoot].map { Self.sole($0, stood, rig) }.min() ?? lowest
      drop.y = floor - soles
    }
    var points: [Vector3] = []
    for foot in [JointName.leftFoot, .rightFoot] {
      let frame = stood.modelFromJoint[foot.index]
      let height = Self.sole(foot, stood, rig)
      guard seated || height < lowest + Self.near else { continue }
      targets.append(
        .init(
          joint: foot, tip: .zero, at: frame.translation + drop, rotation: frame.rotation))
      points += [
        frame.translation, stood.position(of: foot.side == .left ? .leftToes : .rightToes),
      ]
    }
    guard !points.isEmpty else { return }
    middle = points.reduce(.zero, +) / Double(points.count)
  }

  /// Returns the height of the lower of heel and ball, in the character's own space.
  private static func sole(_ foot: JointName, _ posed: PosedRig, _ rig: Rig) -> Double {
    let frame = posed.modelFromJoint[foot.index]
    let toes: JointName = foot.side == .left ? .leftToes : .rightToes
    let heel = frame.apply(Vector3(0, -rig[foot].y, 0)).y
    let ball = posed.modelFromJoint[toes.index].apply(Vector3(0, -rig[toes].y, 0)).y
    return min(heel, ball)
  }
}
