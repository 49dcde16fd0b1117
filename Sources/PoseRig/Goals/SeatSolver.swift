/// Sits a character down: its hip joints come over a point, and it sinks until buttocks or thighs
/// rest on it.
struct SeatSolver {
  let point: Vector3
  /// The prop that the character sits on; nil for a bare point.
  let prop: Prop?

  /// How far soft flesh and cushion give, in meters.
  private static let give = 0.01
  /// How far around a bare point the seat counts, in meters.
  private static let radius = 0.2

  /// Returns how far the character must be moved.
  func shift(_ character: PosedCharacter) -> Vector3 {
    let hips =
      (character.position(of: .leftUpperLeg) + character.position(of: .rightUpperLeg)) / 2
    var shift = Vector3(point.x - hips.x, 0, point.z - hips.z)
    let skin = Self.seat(of: character).map { $0 + shift }
    let over = skin.filter(isOver)
    let lowest = (over.isEmpty ? skin : over).lazy.map { $0.y }.min() ?? hips.y
    shift.y = point.y - lowest - Self.give
    return shift
  }

  private func isOver(_ skin: Vector3) -> Bool {
    guard let prop else {
      let way = skin - point
      return way.x * way.x + way.z * way.z < Self.radius * Self.radius
    }
    let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
    return prop.shape.covers(turn.inverse.rotate(skin - prop.position))
  }

  /// Returns the skin of pelvis and thighs.
  private static func seat(of character: PosedCharacter) -> [Vector3] {
    let joints: Set<JointName> = [.hips, .leftUpperLeg, .rightUpperLeg]
    return zip(character.bodySurface.positions, character.body.carriers()).compactMap {
      joints.contains($0.1) ? Vector3($0.0) : nil
    }
  }
}
