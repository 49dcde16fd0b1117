#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds the camera of a ``Shot``.
struct ShotSolver {
  private let shot: Shot
  private let scene: Scene
  private let points: [[Vector3]]
  private let tangentY: Double

  /// The smallest height of the camera above the floor, in meters.
  private static let clearance = 0.1

  /// Prepares to solve a shot.
  ///
  /// - Parameter points: for each character, the points that the shot shows.
  init(_ shot: Shot, _ scene: Scene, _ points: [[Vector3]], tangentY: Double) {
    (self.shot, self.scene, self.points, self.tangentY) = (shot, scene, points, tangentY)
  }

  func camera() -> Camera {
    if shot.size == .overShoulder, let pair { return overShoulder(pair.seen, pair.past) }
    // A camera below the floor is raised until it is above.
    var camera = framed(shot.elevation)
    guard shot.elevation < 0, camera.position.y < lowest else { return camera }
    var (below, above) = (shot.elevation, 0.0)
    for _ in 0..<20 {
      let middle = (below + above) / 2
      camera = framed(middle)
      if camera.position.y < lowest { below = middle } else { above = middle }
    }
    return framed(above)
  }

  private var lowest: Double {
    let floors = scene.characters.filter { shot.frames($0.id) && $0.ground }.map(\.position.y)
    return (floors.min() ?? -.infinity) + Self.clearance
  }

  private func framed(_ elevation: Double) -> Camera {
    let held = zip(scene.characters, points).filter { shot.frames($0.0.id) }.flatMap(\.1)
    // Remaining space goes below, so that the head stays near the picture's top.
    let isTrunk = ![.face, .full, .wide].contains(shot.size) && abs(elevation) < 45
    return Camera.framing(
      held, direction: SceneSolver.direction(shot.heading(in: scene), elevation),
      roll: scene.camera.roll, tangentY: tangentY, margin: shot.margin, canvas: scene.canvas,
      isAtTop: isTrunk)
  }

  // MARK: Over a shoulder

  /// A head as a sphere.
  private struct Head {
    var middle: Vector3
    var radius: Double

    init?(_ points: [Vector3]) {
      guard let (low, high) = points.bounds() else { return nil }
      middle = (low + high) / 2
      radius = (high - low).length / 2 / 3.0.squareRoot()
    }
  }

  private var pair: (seen: Head, past: Head)? {
    func head(_ id: String?) -> Head? {
      scene.characters.firstIndex { $0.id == id }.flatMap { Head(points[$0]) }
    }
    guard let seen = head(shot.subjects.first), let past = head(shot.over) else { return nil }
    return (seen, past)
  }

  /// Returns the camera behind the nearer head, which is half as high as the picture and at its
  /// edge, while the other figure's face is beyond the middle.
  private func overShoulder(_ seen: Head, _ past: Head) -> Camera {
    let flat = Vector3(seen.middle.x - past.middle.x, 0, seen.middle.z - past.middle.z)
    let distance = flat.length
    let ahead = flat.normalized ?? .unitZ
    let aside = ahead.cross(.unitY) * (shot.shoulder == .right ? 1 : -1)
    let tangentX = tangentY * Double(scene.canvas.width) / Double(scene.canvas.height)
    let behind = 2 * past.radius / tangentY
    let wanted = atan(0.85 * tangentX) + atan(0.2 * tangentX)
    func parallax(_ shift: Double) -> Double {
      atan(shift / behind) - atan(shift / (behind + distance))
    }
    var (near, far) = (0.0, (behind * (behind + distance)).squareRoot())
    for _ in 0..<40 {
      let middle = (near + far) / 2
      if parallax(middle) < wanted { near = middle } else { far = middle }
    }
    let up = past.radius * 0.4 + behind * tan(shot.elevation.degreesToRadians)
    let position = past.middle - ahead * behind + aside * far + .unitY * up
    let toFace = seen.middle - position
    // The face is a fifth of the half width off the middle, and in the upper part of the picture.
    let turn = atan(0.2 * tangentX) * (shot.shoulder == .right ? 1 : -1)
    let turned = Quaternion(angle: turn, axis: .unitY).rotate(toFace)
    let level = hypot(turned.x, turned.z)
    let pitch = atan2(turned.y, level) - atan(0.25 * tangentY)
    let direction = Vector3(turned.x, level * tan(pitch), turned.z)
    return Camera(
      worldFromCamera: Transform(
        rotation: Camera.orientation(direction: direction, roll: scene.camera.roll),
        translation: position),
      tangentY: tangentY, canvas: scene.canvas)
  }
}
