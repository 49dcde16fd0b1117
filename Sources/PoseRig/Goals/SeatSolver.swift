/// Seats a character: its hip joints move above a point, and it sinks until buttocks or thighs rest
/// on the seat.
struct SeatSolver {
  let point: Vector3
  /// The prop that the character sits on, and the height of the seat in the prop's space; nil for a
  /// bare point.
  let carrier: (prop: Prop, height: Double)?

  /// The distance by which soft flesh and cushions yield, in meters.
  private static let give = 0.01
  /// The radius of the seat around a bare point, in meters.
  private static let radius = 0.2

  /// Returns the movement that seats the character.
  func shift(_ character: PosedCharacter) -> Vector3 {
    let hips =
      (character.position(of: .leftUpperLeg) + character.position(of: .rightUpperLeg)) / 2
    var shift = Vector3(point.x - hips.x, 0, point.z - hips.z)
    let skin = Self.seat(of: character).map { $0 + shift }
    let over = skin.filter(isOver())
    let lowest = (over.isEmpty ? skin : over).lazy.map { $0.y }.min() ?? hips.y
    shift.y = point.y - lowest - Self.give
    return shift
  }

  /// Returns a test for whether a point is above the character's seat.
  private func isOver() -> (Vector3) -> Bool {
    guard let carrier else {
      return { skin in
        let way = skin - point
        return way.x * way.x + way.z * way.z < Self.radius * Self.radius
      }
    }
    let (prop, height) = carrier
    switch prop.shape {
    case .box, .cylinder, .plane:
      let toProp = prop.worldFromProp.inverse
      return { prop.shape.covers(toProp.apply($0)) }
    default:
      let solid = PropSolid(prop)
      return { solid.isUnder($0, at: height) }
    }
  }

  /// Returns the skin of pelvis and thighs.
  private static func seat(of character: PosedCharacter) -> [Vector3] {
    let joints: Set<JointName> = [.hips, .leftUpperLeg, .rightUpperLeg]
    return zip(character.bodySurface.positions, character.body.carriers()).compactMap {
      joints.contains($0.1) ? Vector3($0.0) : nil
    }
  }
}
