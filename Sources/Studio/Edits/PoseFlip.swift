internal import PoseRig
internal import SceneFiles

/// Mirrors the text of a pose and keeps it as short as it is.
struct PoseFlip {
  /// The id of the pose's character: points of its own body change sides.
  let id: String

  /// Returns the mirrored pose: a base or blend gets `"mirror"`, and the pose's own values are
  /// mirrored one by one. The points of goals stay, as they do with a mirrored base.
  func flipped(_ pose: [JSONValue.Member]) -> [JSONValue.Member] {
    var members = pose.map { JSONValue.Member(key: $0.key, value: flipped($0)) }
    guard pose.contains(where: { ["base", "blend"].contains($0.key) }) else { return members }
    if let index = members.firstIndex(where: { $0.key == "mirror" }) {
      let wasMirrored = members.remove(at: index).value == .boolean(true)
      if wasMirrored { return members }
    }
    members.append(.init(key: "mirror", value: .boolean(true)))
    return members
  }

  private func flipped(_ member: JSONValue.Member) -> JSONValue {
    switch (member.key, member.value) {
    case ("translation", .list(let numbers)): .list(Self.negated(numbers, at: [0]))
    case (let key, .number(let angle)) where SpineReader.sidewardKeys.contains(key):
      .number(Self.negated(angle))
    case ("joints", .object(let joints)): .object(joints.map(joint))
    case ("hands", .object(let hands)):
      .object(hands.map { .init(key: Side.swapped(inNameOf: $0.key), value: $0.value) })
    // A name alone applies to the right arm, or to both with the right arm leading.
    case ("gesture", .string): .members(["left": member.value])
    case ("gesture", .object(let arms)):
      .object(arms.map { .init(key: Side.swapped(inNameOf: $0.key), value: own($0.value)) })
    case ("face", .object(let face)):
      .object(face.map { .init(key: FaceExpression.mirrored($0.key), value: $0.value) })
    case ("face", .string(let name)) where !name.hasSuffix(".json"):
      .string(FaceExpression.mirrored(name))
    case ("reach", .object(let limbs)):
      .object(limbs.map { .init(key: Side.swapped(inNameOf: $0.key), value: own($0.value)) })
    case ("seat", let value), ("look", let value): own(value)
    case (_, let value): value
    }
  }

  // MARK: Joints

  private func joint(_ member: JSONValue.Member) -> JSONValue.Member {
    guard let joint = JointName(rawValue: member.key) else { return member }
    let value: JSONValue =
      switch member.value {
      // The rotations are about x, y and z in this order; mirroring negates the last two.
      case .list(let angles): .list(Self.negated(angles, at: [1, 2]))
      case .object(let members): .object(members.map { angle($0, of: joint) })
      default: member.value
      }
    return .init(key: joint.mirrored.rawValue, value: value)
  }

  private func angle(_ member: JSONValue.Member, of joint: JointName) -> JSONValue.Member {
    if member.key == "quaternion", case .list(let numbers) = member.value {
      return .init(key: member.key, value: .list(Self.negated(numbers, at: [1, 2])))
    }
    // Equal numbers mean mirrored movements on the two sides; in the middle, left and right change.
    guard joint.side == .middle, case .number(let angle) = member.value,
      ["rotation", "lateralFlexion"].contains(member.key)
    else { return member }
    return .init(key: member.key, value: .number(Self.negated(angle)))
  }

  private static func negated(_ numbers: [JSONValue], at indices: Set<Int>) -> [JSONValue] {
    numbers.enumerated().map { index, value in
      guard indices.contains(index), case .number(let number) = value else { return value }
      return .number(negated(number))
    }
  }

  private static func negated(_ number: Double) -> Double { number == 0 ? 0 : -number }

  // MARK: Names

  /// Returns a value with the points of the character's own body on the other side.
  private func own(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let name):
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, ["self", id].contains(parts[0]) else { return value }
      return .string("\(parts[0]).\(Side.swapped(inNameOf: parts[1]))")
    case .object(let members):
      return .object(members.map { .init(key: $0.key, value: own($0.value)) })
    default: return value
    }
  }
}

extension SceneEditor {
  /// Returns the changes that mirror a character's pose.
  func flip(of id: String) throws(SceneEditFault) -> [FileEdit] {
    let flip = PoseFlip(id: id)
    switch try home(of: id) {
    case .name(_, nil): return []
    case .name(let path, .some(let base)):
      return Self.change(
        path, to: .members(["base": .string(base), "mirror": .boolean(true)]), in: files.scene
      ).map { FileEdit(file: files.scenePath, edit: $0) }
    case .object(let file, let path):
      guard let document = files.documents[file], let node = document.node(at: path) else {
        return []
      }
      let before = JSONValue(node)
      guard case .object(let members) = before else { return [] }
      let after = JSONValue.object(flip.flipped(members))
      if after == before { return [] }
      if path.steps.isEmpty {
        let text = CanonicalLayout.text(of: after)
        return [FileEdit(file: file, content: FileContent(Array(text.utf8), file: file))]
      }
      // A base on its own does not need braces.
      if case .object(let rest) = after, rest.count == 1, rest[0].key == "base" {
        return [FileEdit(file: file, edit: .set(path, rest[0].value))]
      }
      return [FileEdit(file: file, edit: .set(path, after))]
    }
  }
}
