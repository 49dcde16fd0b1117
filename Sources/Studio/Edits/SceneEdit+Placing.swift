internal import PoseRig
internal import SceneFiles

extension SceneEdit {
  /// Returns an edit that adds something with a position for it; other edits stay as they are.
  func placing(at point: Vector3) -> SceneEdit {
    switch self {
    case .addCharacter(let value): .addCharacter(Self.placed(value, at: point))
    case .addProp(let value): .addProp(Self.placed(value, at: point))
    default: self
    }
  }

  private static func placed(_ value: JSONValue, at point: Vector3) -> JSONValue {
    guard case .object(var members) = value else { return value }
    let position = JSONValue.rounded([point.x, point.y, point.z], 3)
    if let index = members.firstIndex(where: { $0.key == "position" }) {
      members[index].value = position
    } else {
      members.append(.init(key: "position", value: position))
    }
    return .object(members)
  }
}
