internal import PoseRig
internal import SceneFiles

/// Operations that move and rename the points of poses' goals, as JSON values.
enum GoalPoints {
  /// The keys of goals with points in a pose.
  static let keys = ["seat", "reach", "look"]

  /// The points to move.
  enum Moving {
    /// Points in the world, and named points by their offsets.
    case all
    /// Points in the world only.
    case fixed
  }

  /// Returns a point moved by a step; nil is the origin.
  static func moved(_ point: JSONValue?, by step: Vector3, _ moving: Moving = .all) -> JSONValue {
    switch point {
    case .list(let numbers): return sum(numbers, step)
    case .string where moving == .all:
      return .members(["at": point ?? .null, "offset": .rounded([step.x, step.y, step.z], 3)])
    case .object(var members):
      guard let at = members.first(where: { $0.key == "at" })?.value else {
        return .object(members)
      }
      if case .list = at {
        members.set("at", moved(at, by: step))
      } else if moving == .all {
        members.set("offset", moved(members.first { $0.key == "offset" }?.value, by: step))
      }
      return .object(members)
    case nil: return .rounded([step.x, step.y, step.z], 3)
    case .some(let other): return other
    }
  }

  private static func sum(_ numbers: [JSONValue], _ step: Vector3) -> JSONValue {
    .list(
      numbers.enumerated().map { index, value in
        guard case .number(let number) = value, index < 3 else { return value }
        return .rounded(number + step[index], 3)
      })
  }

  /// Returns a point in the form of a file.
  ///
  /// - Parameter isLook: whether it is a point to look at: then a head is named by its owner's id
  ///   alone.
  static func value(of point: PoseGoals.Point, isLook: Bool = false) -> JSONValue {
    switch point {
    case .fixed(let point): return .rounded([point.x, point.y, point.z], 3)
    case .camera: return .string("camera")
    // Only hands stretch, and their goals are written as a whole.
    case .stretched: return .null
    case .named(let owner, let part, let offset):
      let isHead = isLook && owner != "props" && part == JointName.head.rawValue
      let name = JSONValue.string(isHead ? owner : "\(owner).\(part)")
      if offset == .zero { return name }
      return .members(["at": name, "offset": .rounded([offset.x, offset.y, offset.z], 3)])
    }
  }

  /// Returns a value with all ids of owners replaced according to a table.
  static func renamed(_ value: JSONValue, _ names: [String: String]) -> JSONValue {
    switch value {
    case .string(let name):
      let owner = name.prefix { $0 != "." }
      guard let new = names[String(owner)] else { return value }
      return .string(new + name.dropFirst(owner.count))
    case .list(let items): return .list(items.map { renamed($0, names) })
    case .object(let members):
      return .object(
        members.map { member in
          // Names of poses never refer to owners, whatever they are called.
          let namesPoses = ["base", "hands", "blend", "gesture"].contains(member.key)
          return .init(
            key: member.key, value: namesPoses ? member.value : renamed(member.value, names))
        })
    default: return value
    }
  }

  /// Returns a point in the world as a vector; the origin for anything else.
  static func vector(_ value: JSONValue?) -> Vector3 {
    guard case .list(let numbers)? = value, numbers.count == 3 else { return .zero }
    var vector = Vector3.zero
    for (index, number) in numbers.enumerated() {
      if case .number(let number) = number { vector[index] = number }
    }
    return vector
  }
}
