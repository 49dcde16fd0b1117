#if canImport(Glibc)
  internal import Glibc
#endif

extension SceneSolver {
  /// Returns a head and shoulders with hair, from `angle` degrees to the left of straight ahead
  /// with a portrait lens; nil if the figure's body is unknown.
  ///
  /// The picture extends down as far as the hair, so that long hair is entirely visible.
  public static func portrait(
    of hair: Hair, on figure: Figure, bodies: BodyStore, angle: Double, canvas: Canvas
  ) -> PosedScene? {
    var pose = Pose.rest
    for joint in [JointName.leftUpperArm, .rightUpperArm] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.abduction: 12], side: joint.side)
    }
    var character = Character(id: "head", figure: figure, pose: pose)
    character.hair = [hair]
    guard var posed = Self.pose(character, bodies) else { return nil }
    posed.dress(character, bodies, wind: .zero)
    let head = posed.position(of: .head)
    let points = posed.otherSurfaces.flatMap(\.surface.positions)
    let top = max(points.map { Double($0.y) }.max() ?? 0, head.y + 0.2)
    let low = min(points.map { Double($0.y) }.min() ?? head.y, head.y - 0.12)
    let reach = (top - low) * 0.56
    let middle = Vector3(head.x, (top + low) / 2, head.z)
    let lens = CameraDescription.Lens.focalLength(85)
    let distance = reach / Camera.tangentY(of: lens, canvas: canvas)
    let scene = Scene(
      canvas: canvas,
      camera: CameraDescription(
        placement: .at(
          position: middle - direction(angle, 6) * distance, target: middle), lens: lens),
      characters: [character], bodies: bodies)
    return PosedScene(
      camera: camera(scene, holding: []), characters: [posed], props: [],
      mapSettings: scene.mapSettings)
  }
}
