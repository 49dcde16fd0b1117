internal import PoseRig
internal import SceneFiles

/// Finds the pose in which a standing figure sits down.
enum SittingDown {
  /// The library's poses for seats of about a chair's height, and for higher ones.
  private static let poses = (chair: "sit-chair", ledge: "sit-ledge")
  /// The least flexion of a seated figure's thighs, in degrees.
  private static let least = 40.0
  /// The seat height above which an adult's feet do not reach the floor, in meters.
  private static let ledge = 0.58

  /// Returns the edit that bends a character's legs for its seat; nil if it is already seated, or
  /// if its pose is in another file.
  static func edit(
    for character: PosedCharacter, at height: Double, in files: EditedFiles
  ) -> SceneEdit? {
    let legs = SolvedAngles.of([.leftUpperLeg, .rightUpperLeg], character).values
    guard legs.allSatisfy({ abs($0[.flexion] ?? 0) < least }) else { return nil }
    let items = files.scene.root["characters"]?.items ?? []
    let written = items.first { $0["id"]?.text == character.id }?["pose"]
    let base = JSONValue.string(height > ledge ? poses.ledge : poses.chair)
    switch written?.value {
    case nil: return .pose(character.id, base)
    case .string(let name): return name.contains(".") ? nil : .pose(character.id, base)
    case .object(let members):
      guard written?["file"] == nil, written?["blend"] == nil else { return nil }
      var kept = members.filter {
        $0.key != "base" && $0.key != "mirror" && $0.key != "translation"
      }
      .map { JSONValue.Member(key: $0.key, value: JSONValue($0.node)) }
      kept.insert(.init(key: "base", value: base), at: 0)
      for index in kept.indices where kept[index].key == "joints" {
        guard case .object(let joints) = kept[index].value else { continue }
        kept[index].value = .object(joints.filter { !isOfLegs($0.key) })
      }
      return .pose(character.id, .object(kept))
    default: return nil
    }
  }

  /// Returns the height of a seat above the world's floor, in meters; nil if the point does not
  /// exist.
  static func height(of point: JSONValue, in solved: SolvedScene) -> Double? {
    switch point {
    case .list(let numbers):
      guard numbers.count == 3, case .number(let y) = numbers[1] else { return nil }
      return y
    case .string(let name): return height(of: name, in: solved)
    case .object(let members):
      guard let at = members.first(where: { $0.key == "at" })?.value,
        let height = height(of: at, in: solved)
      else { return nil }
      if case .list(let numbers)? = members.first(where: { $0.key == "offset" })?.value,
        numbers.count == 3, case .number(let y) = numbers[1]
      {
        return height + y
      }
      return height
    default: return nil
    }
  }

  private static func height(of name: String, in solved: SolvedScene) -> Double? {
    let parts = name.split(separator: ".").map(String.init)
    if parts.first == "props", parts.count == 3 {
      return solved.described.props.first { $0.id == parts[1] }.map {
        $0.position.y + $0.shape.height * (parts[2] == "middle" ? 0.5 : 1)
      }
    }
    guard parts.count == 2, let joint = JointName(rawValue: parts[1]) else { return nil }
    return solved.character(parts[0])?.posed.position(of: joint).y
  }

  private static func isOfLegs(_ joint: String) -> Bool {
    JointName(rawValue: joint).map { $0.kind.limb == .leg || $0 == .hips } ?? false
  }
}
