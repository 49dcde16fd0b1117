public import PoseRig

/// The nearest thing under a pixel.
public struct Pick: Equatable, Sendable {
  /// The character; nil for a prop.
  public var character: String?
  /// The joint that carries the part of the body; nil for other surfaces.
  public var joint: JointName?
  /// The prop; nil for a character.
  public var prop: String?

  private init(character: String, part: PartName?) {
    self.character = character
    joint = part.flatMap { part in JointName.allCases.first { PartName(bentBy: $0) == part } }
  }

  private init(prop: String) { self.prop = prop }

  /// Finds the nearest thing of a scene under a pixel of its camera's picture; nil if there is
  /// nothing.
  init?(in scene: PosedScene, at pixel: SIMD2<Double>) {
    let start = scene.camera.position
    guard let way = scene.camera.direction(through: pixel).normalized else { return nil }
    var nearest = Float.infinity
    var found: Pick?
    for character in scene.characters {
      for surface in character.surfaces {
        guard let hit = surface.hit(from: start, along: way), hit.distance < nearest else {
          continue
        }
        nearest = hit.distance
        found = Pick(character: character.id, part: surface.labels[hit.triangle].part)
      }
    }
    for prop in scene.props {
      guard let hit = prop.surface.hit(from: start, along: way), hit.distance < nearest else {
        continue
      }
      nearest = hit.distance
      found = Pick(prop: prop.id)
    }
    guard let found else { return nil }
    self = found
  }
}

extension PosedSurface {
  /// Returns where a ray first hits the surface, and in which triangle; nil if it misses.
  func hit(from origin: Vector3, along direction: Vector3) -> (distance: Float, triangle: Int)? {
    let (start, ray) = (SIMD3<Float>(origin), SIMD3<Float>(direction))
    var nearest: (distance: Float, triangle: Int)?
    for (index, corners) in triangles.enumerated() {
      let a = positions[Int(corners.x)]
      let (edge1, edge2) = (positions[Int(corners.y)] - a, positions[Int(corners.z)] - a)
      let p = ray.cross(edge2)
      let determinant = (edge1 * p).sum()
      guard abs(determinant) > 1e-12 else { continue }
      let toStart = start - a
      let u = (toStart * p).sum() / determinant
      guard u >= 0, u <= 1 else { continue }
      let q = toStart.cross(edge1)
      let v = (ray * q).sum() / determinant
      let distance = (edge2 * q).sum() / determinant
      guard v >= 0, u + v <= 1, distance > 1e-4, distance < nearest?.distance ?? .infinity else {
        continue
      }
      nearest = (distance, index)
    }
    return nearest
  }
}
