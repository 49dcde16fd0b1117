#if canImport(Glibc)
  internal import Glibc
#endif

extension CameraDescription {
  /// Returns the points of a character that the camera shows when it frames that character.
  func points(of character: PosedCharacter) -> [Vector3] {
    switch placement {
    case .at: []
    case .framing: character.points
    case .shot(let shot): shot.size.points(of: character)
    }
  }
}

extension SceneSolver {
  /// Returns the camera that frames each character's points, which are those of
  /// ``CameraDescription/points(of:)``.
  static func camera(_ scene: Scene, holding points: @autoclosure () -> [[Vector3]]) -> Camera {
    let description = scene.camera
    let tangentY = Camera.tangentY(of: description.lens, canvas: scene.canvas)
    switch description.placement {
    case .at(let position, let target):
      let rotation = Camera.orientation(direction: target - position, roll: description.roll)
      return Camera(
        worldFromCamera: Transform(rotation: rotation, translation: position),
        tangentY: tangentY, canvas: scene.canvas)
    case .framing(let id, let angle, let elevation, let margin):
      let framed = zip(scene.characters, points()).filter { id == nil || $0.0.id == id }
      return Camera.framing(
        framed.flatMap(\.1), direction: direction(angle, elevation), roll: description.roll,
        tangentY: tangentY, margin: margin, canvas: scene.canvas)
    case .shot(let shot):
      return ShotSolver(shot, scene, points(), tangentY: tangentY).camera()
    }
  }

  /// Returns the direction of a camera at degrees to the left of straight ahead and up.
  static func direction(_ angle: Double, _ elevation: Double) -> Vector3 {
    let a = angle.degreesToRadians
    let e = elevation.degreesToRadians
    return -Vector3(sin(a) * cos(e), sin(e), cos(a) * cos(e))
  }

  /// Returns a function that selects the few points of a character that determine the framing.
  static func outline(of scene: Scene) -> @Sendable (PosedCharacter) -> [Vector3] {
    let tangentY = Camera.tangentY(of: scene.camera.lens, canvas: scene.canvas)
    let view: (direction: Vector3, margin: Double)
    switch scene.camera.placement {
    case .at: return { _ in [] }
    case .framing(_, let angle, let elevation, let margin):
      view = (direction(angle, elevation), margin)
    case .shot(let shot) where shot.size == .overShoulder:
      return { Self.extremes(of: scene.camera.points(of: $0)) }
    case .shot(let shot):
      view = (direction(shot.heading(in: scene), shot.elevation), shot.margin)
    }
    return {
      Camera.outline(
        scene.camera.points(of: $0), direction: view.direction, roll: scene.camera.roll,
        tangentY: tangentY, margin: view.margin, canvas: scene.canvas)
    }
  }

  /// Returns the points that are farthest along each axis.
  private static func extremes(of points: [Vector3]) -> [Vector3] {
    [Vector3.unitX, .unitY, .unitZ].flatMap { [$0, -$0] }.compactMap { axis in
      points.max { $0.dot(axis) < $1.dot(axis) }
    }
  }
}
