internal import PoseRig
internal import SceneFiles

extension SceneEdit {
  /// Returns an edit that adds something with a place for it on the floor, above which it keeps its
  /// height; other edits stay as they are.
  func placing(at point: Vector3) -> SceneEdit {
    switch self {
    case .addCharacter(let value): .addCharacter(Self.placed(value, at: point))
    case .addProp(let value): .addProp(Self.placed(value, at: point))
    default: self
    }
  }

  /// How far what is added reaches to its sides, in meters, if it is to stand where nothing is; nil
  /// for what has a place, for what is stood on or in, and for other edits.
  var radiusWithoutPlace: Double? {
    switch self {
    case .addCharacter(let value): value["position"] == nil ? FreePlace.figure : nil
    case .addProp(let value): Self.height(in: value) == nil ? nil : FreePlace.radius(of: value)
    default: nil
    }
  }

  private static func placed(_ value: JSONValue, at point: Vector3) -> JSONValue {
    let height = point.y + (height(in: value) ?? 0)
    return value.with("position", .rounded([point.x, height, point.z], 2))
  }

  /// Returns the height of something that has no place but a height over the middle of the world;
  /// nil for what has another place.
  private static func height(in value: JSONValue) -> Double? {
    guard case .object = value else { return nil }
    guard let position = value["position"] else { return 0 }
    guard case .list(let items) = position, items.count == 3, case .number(let height) = items[1]
    else { return nil }
    return items[0] == .number(0) && items[2] == .number(0) ? height : nil
  }
}
