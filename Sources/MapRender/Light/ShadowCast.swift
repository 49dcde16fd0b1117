internal import PoseRig

/// The surfaces of a scene that cast shadows in a picture.
struct ShadowCast {
  /// The casters in light from outside: all of them.
  private let outdoors: ShadowCasters
  /// The casters in light that comes from within the scene's walls.
  private let indoors: ShadowCasters

  private static let walls: Set<SceneClass> = [.wall, .building, .ceiling, .canopy, .curtain]

  /// Gathers the surfaces of some characters, by their indices, and the props or not.
  init(_ scene: PosedScene, characters: [Int], withProps: Bool) {
    let figures = characters.flatMap { scene.characters[$0].surfaces }
    // Light passes through glass.
    let props = (withProps ? scene.props.map(\.surface) : []).filter {
      $0.labels.first?.sceneClass != .windowpane
    }
    outdoors = ShadowCasters(surfaces: figures + props)
    indoors = ShadowCasters(
      surfaces: figures
        + props.filter { !($0.labels.first?.sceneClass.map(Self.walls.contains) ?? false) })
  }

  /// Returns all points of light, each with the casters that stand in it.
  ///
  /// - Parameter middle: the middle of the surfaces to light.
  func samples(_ lights: PosedLights, _ middle: Vector3) -> [(LightSample, ShadowCasters)] {
    lights.sources.flatMap { source in
      LightSample.samples(of: source, toward: middle)
        .map { ($0, source.isIndoors ? indoors : outdoors) }
    } + LightSample.samples(ofAmbient: lights.ambient).map { ($0, indoors) }
  }
}
