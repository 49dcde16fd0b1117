internal import PoseRig
internal import SceneFiles

/// A movement of things over the floor together: a rotation about the vertical, and a translation.
struct FloorMove {
  /// The angle in degrees, to the left.
  let turn: Double
  private let (pivot, target): (Vector3, Vector3)
  private let rotation: Quaternion

  /// Creates a rotation about a pivot that moves to a target.
  init(turn: Double = 0, about pivot: Vector3 = .zero, to target: Vector3 = .zero) {
    self.turn = turn
    (self.pivot, self.target) = (pivot, target)
    rotation = Quaternion(angle: turn.degreesToRadians, axis: .unitY)
  }

  /// Returns a point after the movement.
  func point(_ point: Vector3) -> Vector3 { rotation.rotate(point - pivot) + target }

  /// Returns a direction or an offset, rotated.
  func direction(_ direction: Vector3) -> Vector3 { rotation.rotate(direction) }

  /// Returns a character's yaw, rotated, from -180 to 180 degrees.
  func yaw(_ degrees: Double) -> Double {
    let turned = (degrees + turn).remainder(dividingBy: 360)
    return (turned * 10).rounded() / 10 + 0
  }

  /// Returns a pose with its goals moved: points and directions of the world, and offsets, which
  /// are along the world's axes too.
  func pose(_ pose: JSONValue) -> JSONValue {
    members(of: pose) { key, value in
      switch key {
      case "seat", "look": goal(value)
      case "reach": members(of: value) { goal($1) }
      default: value
      }
    }
  }

  private func goal(_ goal: JSONValue) -> JSONValue {
    if case .list = goal { return vector(goal, point) }
    return members(of: goal) { key, value in
      switch key {
      case "at": vector(value, point)
      case "offset", "pole", "palm", "fingers": vector(value, direction)
      default: value
      }
    }
  }

  private func vector(_ value: JSONValue, _ move: (Vector3) -> Vector3) -> JSONValue {
    guard case .list(let numbers) = value, numbers.count == 3 else { return value }
    let moved = move(GoalPoints.vector(value))
    return .rounded([moved.x, moved.y, moved.z], 3)
  }

  private func members(
    of value: JSONValue, _ change: (String, JSONValue) -> JSONValue
  ) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object(members.map { .init(key: $0.key, value: change($0.key, $0.value)) })
  }
}
