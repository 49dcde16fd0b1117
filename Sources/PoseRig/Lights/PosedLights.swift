#if canImport(Glibc)
  internal import Glibc
#endif

/// The lights of a solved scene, in the world.
public struct PosedLights: Equatable, Sendable {
  /// One light that casts shadows.
  public struct Source: Equatable, Sendable {
    /// The position of a light.
    public enum Position: Equatable, Sendable {
      /// The direction toward a far light, of length 1, and its diameter in radians.
      case far(toLight: Vector3, size: Double)
      /// The middle of a lamp and its radius, in meters.
      case near(Vector3, radius: Double)
    }

    /// The role of a far light; nil for a lamp.
    public var role: Lights.Role?
    /// The name in the file: that of the role or of the lamp.
    public var name: String
    /// The position.
    public var position: Position
    /// The linear light on a surface that faces it; of a lamp, at a distance of 1 m.
    public var light: SIMD3<Double>
    /// Whether it stands within the scene's walls, which then do not keep it out.
    public var isIndoors: Bool

    /// Returns the direction toward the light from a point, of length 1, and the light on a surface
    /// there that faces it.
    package func seen(from point: Vector3) -> (toLight: Vector3, light: SIMD3<Double>) {
      switch position {
      case .far(let toLight, _): return (toLight, light)
      case .near(let lamp, _):
        let way = lamp - point
        return (way.normalized ?? .unitY, light / max(way.dot(way), 0.01))
      }
    }
  }

  /// The lights, in a fixed order.
  public var sources: [Source]
  /// The linear light from everywhere.
  public var ambient: SIMD3<Double>
  /// The linear color behind everything; nil for a paper lit by the lights.
  public var backdrop: SIMD3<Double>?
  /// The height of the floor in meters; nil without one.
  public var floor: Double?
}

/// Finds where the lights of a scene are, once its camera and its characters' positions are known.
struct LightSolver {
  private let scene: Scene
  private let camera: Camera
  private var state: GoalState

  init(_ scene: Scene, _ characters: [PosedCharacter], props: [Prop], camera: Camera) {
    self.scene = scene
    self.camera = camera
    var scene = scene
    scene.props = props
    state = GoalState(scene: scene)
    for character in characters { state.put(character) }
    state.camera = camera
  }

  /// Returns the lights; nil for a scene without any. What cannot be found is in the findings.
  mutating func lights(_ findings: inout [Finding]) -> PosedLights? {
    guard let lights = scene.lights else { return nil }
    var sources: [PosedLights.Source] = []
    for role in Lights.Role.allCases {
      guard let far = lights.far[role], far.strength > 0 else { continue }
      sources.append(
        .init(
          role: role, name: role.rawValue,
          position: .far(toLight: direction(far), size: far.size.degreesToRadians),
          light: far.color.linear * far.strength, isIndoors: role != .sun))
    }
    for (name, lamp) in lights.lamps.sorted(by: { $0.key < $1.key }) where lamp.strength > 0 {
      guard let point = position(lamp, name, &findings) else { continue }
      sources.append(
        .init(
          name: name,
          position: .near(point, radius: lamp.radius),
          light: lamp.color.linear * lamp.strength, isIndoors: false))
    }
    let ambient = lights.ambient ?? lights.usualAmbient
    return PosedLights(
      sources: sources, ambient: ambient.color.linear * ambient.strength,
      backdrop: lights.backdrop?.linear, floor: lights.floor)
  }

  private func direction(_ light: Lights.Far) -> Vector3 {
    let heading =
      switch light.heading {
      case .azimuth(let degrees): degrees
      case .side(let degrees, let id): front(of: id) + degrees
      }
    return -SceneSolver.direction(heading, light.height)
  }

  /// Returns the direction that a character faces, or that the camera stands in, in degrees from +Z
  /// toward +X.
  private func front(of id: String?) -> Double {
    if let character = scene.characters.first(where: { $0.id == id }) { return character.yaw }
    let rotation = camera.worldFromCamera.rotation
    let back = rotation.rotate(.unitZ)
    // From straight above or below, the picture's top decides: what is there is at the back.
    let way = abs(back.y) > 0.999 ? rotation.rotate(.unitY) * (back.y > 0 ? -1 : 1) : back
    return atan2(way.x, way.z).radiansToDegrees
  }

  private mutating func position(
    _ lamp: Lights.Lamp, _ name: String, _ findings: inout [Finding]
  ) -> Vector3? {
    do {
      return try state.sight(lamp.at, from: camera.position)
    } catch {
      findings.note(.lamp(name), error.fact)
      return nil
    }
  }
}
