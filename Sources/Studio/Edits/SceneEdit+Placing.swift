internal import PoseRig
internal import SceneFiles

extension SceneEdit {
  /// Returns an edit that adds something, with its position set to a point on the floor, above
  /// which it keeps its height. Returns other edits unchanged.
  func placing(at point: Vector3) -> SceneEdit {
    switch self {
    case .addCharacter(let value): .addCharacter(Self.placed(value, at: point))
    case .addProp(let value): .addProp(Self.placed(value, at: point))
    default: self
    }
  }

  /// The radius, in meters, of the free floor that an added thing needs; nil for a thing with a
  /// position, for one to stand on or in, and for other edits.
  var neededRadius: Double? {
    switch self {
    case .addCharacter(let value): value["position"] == nil ? FreeFloor.figure : nil
    case .addProp(let value): Self.height(in: value) == nil ? nil : FreeFloor.radius(of: value)
    default: nil
    }
  }

  private static func placed(_ value: JSONValue, at point: Vector3) -> JSONValue {
    let height = point.y + (height(in: value) ?? 0)
    return value.with("position", .rounded([point.x, height, point.z], 2))
  }

  /// Returns a thing's height if it has no position, or one above the origin; nil for other
  /// positions.
  private static func height(in value: JSONValue) -> Double? {
    guard case .object = value else { return nil }
    guard let position = value["position"] else { return 0 }
    guard case .list(let items) = position, items.count == 3, case .number(let height) = items[1]
    else { return nil }
    return items[0] == .number(0) && items[2] == .number(0) ? height : nil
  }
}
