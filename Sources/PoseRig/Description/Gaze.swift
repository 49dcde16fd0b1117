#if canImport(Glibc)
  internal import Glibc
#endif

/// The target or direction of a character's gaze.
public enum Gaze: Equatable, Sendable {
  /// The camera.
  case camera
  /// Another character, by id.
  case character(String)
  /// A direction in the world, or to the figure's own left or right.
  case up, down, left, right, ahead

  /// The largest angle between the gaze and its target, in degrees.
  private static let slack = 14.0

  /// Determines the gaze of one of a scene's characters.
  public init(of index: Int, in scene: PosedScene) {
    let character = scene.characters[index]
    let eyes = character.eyes
    let look = character.look.normalized ?? .unitZ
    func misses(_ point: Vector3) -> Double {
      guard let way = (point - eyes).normalized else { return 180 }
      return acos(min(1, max(-1, way.dot(look)))).radiansToDegrees
    }
    let others = scene.characters.indices.filter { $0 != index }
      .map { (id: scene.characters[$0].id, miss: misses(scene.characters[$0].eyes)) }
    if let nearest = others.min(by: { $0.miss < $1.miss }), nearest.miss < Self.slack {
      self = .character(nearest.id)
    } else if misses(scene.camera.position) < Self.slack {
      self = .camera
    } else {
      self = Self.way(look, BodyFrame.trunk(of: character))
    }
  }

  private static func way(_ look: Vector3, _ trunk: BodyFrame) -> Gaze {
    if look.y > 0.5 { return .up }
    if look.y < -0.5 { return .down }
    let aside = look.dot(trunk.left)
    if aside > 0.5 { return .left }
    return aside < -0.5 ? .right : .ahead
  }
}
