extension SceneSolver {
  /// Returns a scene with only a prop, framed from degrees to the left of straight ahead and up;
  /// nil for a prop without a surface.
  ///
  /// A scene requires a character, which stands far behind the camera.
  public static func still(
    of prop: Prop, beside figure: Figure, angle: Double, elevation: Double, canvas: Canvas
  ) -> PosedScene? {
    let thing = PosedProp(prop)
    guard !thing.surface.positions.isEmpty,
      var someone = pose(Character(id: "one", figure: figure))
    else { return nil }
    let camera = Camera.about(
      thing.surface.points, angle: angle, elevation: elevation, on: canvas)
    someone.move(by: direction(angle, elevation) * -10_000)
    return PosedScene(
      camera: camera, characters: [someone], props: [thing], mapSettings: MapSettings())
  }
}
