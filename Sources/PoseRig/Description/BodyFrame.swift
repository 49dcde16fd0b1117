/// The axes of a body in the world, used to describe its limbs.
struct BodyFrame {
  /// The directions to the body's own left, up, and forward.
  let left: Vector3
  let up: Vector3
  let ahead: Vector3

  private init(up: Vector3, front: Vector3) {
    self.up = up
    ahead = (front - up * front.dot(up)).normalized ?? .unitZ
    left = up.cross(ahead)
  }

  /// Returns the axes of a trunk: up from hips to neck, and ahead as the chest faces.
  static func trunk(of character: PosedCharacter) -> BodyFrame {
    let spine = character.position(of: .neck) - character.position(of: .hips)
    return BodyFrame(
      up: spine.normalized ?? .unitY, front: character.worldRotation(of: .chest).rotate(.unitZ))
  }

  /// Returns the axes of an upright body: up in the world, and ahead as the hips face.
  static func upright(of character: PosedCharacter) -> BodyFrame {
    BodyFrame(up: .unitY, front: character.worldRotation(of: .hips).rotate(.unitZ))
  }

  /// Returns the components of a vector: outward on a side, up, and ahead.
  func axes(of way: Vector3, outward side: Side) -> Vector3 {
    Vector3(way.dot(left) * (side == .right ? -1 : 1), way.dot(up), way.dot(ahead))
  }
}
