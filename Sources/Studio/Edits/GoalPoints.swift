internal import PoseRig
internal import SceneFiles

/// Points as the goals of poses have them, moved and renamed as values.
enum GoalPoints {
  /// The keys of goals with points in a pose.
  static let keys = ["seat", "reach", "look"]

  /// Which points move.
  enum Moving {
    /// Points in the world, and named ones by their offsets.
    case all
    /// Points in the world alone.
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

  /// Returns a point as a file has it.
  ///
  /// - Parameter isLook: whether it is one to look at: then a head is named by its owner alone.
  static func value(of point: PoseGoals.Point, isLook: Bool = false) -> JSONValue {
    switch point {
    case .fixed(let point): return .rounded([point.x, point.y, point.z], 3)
    case .camera: return .string("camera")
    case .named(let owner, let part, let offset):
      let isHead = isLook && owner != "props" && part == JointName.head.rawValue
      let name = JSONValue.string(isHead ? owner : "\(owner).\(part)")
      if offset == .zero { return name }
      return .members(["at": name, "offset": .rounded([offset.x, offset.y, offset.z], 3)])
    }
  }

  /// Returns a value in which all that names one owner names another.
  static func renamed(_ value: JSONValue, _ old: String, to new: String) -> JSONValue {
    switch value {
    case .string(let name) where name == old || name.hasPrefix(old + "."):
      .string(new + name.dropFirst(old.count))
    case .list(let items): .list(items.map { renamed($0, old, to: new) })
    case .object(let members):
      .object(members.map { .init(key: $0.key, value: renamed($0.value, old, to: new)) })
    default: value
    }
  }
}
