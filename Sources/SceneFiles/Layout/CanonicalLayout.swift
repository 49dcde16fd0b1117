internal import PoseRig

/// The canonical layout of pose, clip, scene, prop, hair, garment and bones files, designed so that
/// git's line-based diffs and merges show what an artist changed.
///
/// Keys have a fixed order, joints are in skeleton order, one per line, and limbs are separated by
/// blank lines: git merges changes that an unchanged line separates, so that two people can move
/// two limbs. Joint angles and the translation have at most four decimals, quaternions six. All
/// other numbers keep their exact value in the shortest form, since rounding could make a seed or a
/// range invalid.
public enum CanonicalLayout {
  /// Returns a file's text in the canonical layout, with line feeds; nil, with the reason in `log`,
  /// for a file that is not JSON or not an object.
  public static func text(of bytes: [UInt8], file: String, log: DiagnosticLog) -> String? {
    laidOut(bytes, file: file, log: log) { $0.canonicalText() }
  }

  /// Returns a file's bytes in the canonical layout, with the file's line endings; nil, with the
  /// reason in `log`, for a file that is not JSON or not an object.
  public static func bytes(of bytes: [UInt8], file: String, log: DiagnosticLog) -> [UInt8]? {
    laidOut(bytes, file: file, log: log) { $0.canonicalBytes() }
  }

  private static func laidOut<Layout>(
    _ bytes: [UInt8], file: String, log: DiagnosticLog, _ layout: (Document) -> Layout?
  ) -> Layout? {
    do {
      let document = try Document(bytes, file: file)
      if let layout = layout(document) { return layout }
      log.error(
        .wrongType, file, document.root.location,
        "the file must be an object in { }, not \(document.root.kind)")
    } catch {
      log.add(error)
    }
    return nil
  }

  /// Returns the text of an object in the canonical layout.
  public static func text(of value: JSONValue) -> String {
    guard case .object(let members) = value else { return inline(value) + "\n" }
    return block(members, order: order(of: members), indent: "") + "\n"
  }

  private static let pose = KeyOrder(PoseReader.keys)
  private static let scene = KeyOrder(SceneReader.keys)
  private static let clip = KeyOrder(ClipReader.keys)
  private static let prop = KeyOrder(PropFileReader.keys)
  private static let hair = KeyOrder(HairFileReader.keys)
  private static let garment = KeyOrder(GarmentFileReader.keys)
  private static let character = KeyOrder(CharacterReader.keys)
  private static let effectors = KeyOrder(PoseGoals.effectors.map(\.rawValue))
  private static let lights = KeyOrder(LightsReader.keys)
  private static let light = KeyOrder(LightsReader.keysInOrder)
  private static let joints = KeyOrder(JointName.allCases.map(\.rawValue))
  /// The angles of each joint, in `JointName.allCases` order.
  private static let angles = JointName.allCases.map {
    KeyOrder(Anatomy.of($0).degreesOfFreedom.map(\.name.rawValue))
  }
  /// The keys of all objects that are written on one line, except for joints.
  private static let onOneLine = KeyOrder(
    PoseReader.keys + PlacementReader.ownKeys + PlacementReader.facingKeys + GoalReader.reachKeys
      + PoseSourceReader.keys
      + ["id"] + ShapeReader.keysInOrder
      + CameraReader.keys + ArrangementReader.keys)

  private static func order(of members: [JSONValue.Member]) -> KeyOrder {
    switch FileKind(withKeys: Set(members.map(\.key))) {
    case .scene: scene
    case .clip: clip
    case .prop: prop
    case .hair: hair
    case .garment: garment
    default: pose
    }
  }

  // MARK: Blocks

  /// Returns an object with one key per line.
  private static func block(_ members: [JSONValue.Member], order: KeyOrder, indent: String)
    -> String
  {
    guard !members.isEmpty else { return "{}" }
    let inner = indent + "  "
    let lines = sorted(members, order).map { member in
      "\(inner)\(quoted(member.key)): \(value(of: member, indent: inner))"
    }
    return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
  }

  private static func value(of member: JSONValue.Member, indent: String) -> String {
    switch (member.key, member.value) {
    case ("joints", .object(let joints)), ("bones", .object(let joints)):
      return limbs(joints, indent: indent)
    case ("characters", .list(let items)):
      return list(items, indent: indent) { item in
        guard case .object(let members) = item else { return inline(item) }
        return block(members, order: character, indent: indent + "  ")
      }
    case ("prompt", .list(let items)), ("negative", .list(let items)),
      ("props", .list(let items)), ("frames", .list(let items)), ("parts", .list(let items)),
      ("cloth", .list(let items)):
      return list(items, indent: indent) { inline($0) }
    case ("lights", .object(let members)): return lights(members, indent: indent)
    case ("pieces", .list(let items)):
      return list(items, indent: indent) { piece($0, indent: indent + "  ") }
    case ("places", .object(let members)), ("maps", .object(let members)),
      ("cameras", .object(let members)),
      ("parameters", .object(let members)):
      return block(members, order: KeyOrder([]), indent: indent)
    case ("pose", .object(let members))
    where members.contains { $0.key == "joints" || $0.key == "reach" }:
      return block(members, order: pose, indent: indent)
    case ("reach", .object(let limbs)) where limbs.count > 1:
      return block(limbs, order: effectors, indent: indent)
    case ("translation", _): return inline(member.value, of: member.key)
    case ("reach", _): return inline(member.value, of: member.key)
    default: return inline(member.value)
    }
  }

  /// Returns lights, one per line.
  private static func lights(_ members: [JSONValue.Member], indent: String) -> String {
    guard !members.isEmpty else { return "{}" }
    let inner = indent + "  "
    let lines = sorted(members, lights).map { member in
      let value =
        if member.key == "lamps", case .object(let lamps) = member.value {
          lights(lamps, indent: inner)
        } else {
          light(member.value)
        }
      return "\(inner)\(quoted(member.key)): \(value)"
    }
    return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
  }

  private static func light(_ value: JSONValue) -> String {
    guard case .object(let members) = value else { return inline(value) }
    let keys = sorted(members, light).map { "\(quoted($0.key)): \(inline($0.value))" }
    return "{" + keys.joined(separator: ", ") + "}"
  }

  /// Returns a piece of hair with one guide per line.
  private static func piece(_ value: JSONValue, indent: String) -> String {
    guard case .object(let kinds) = value, kinds.count == 1,
      case .object(let members) = kinds[0].value,
      let guides = members.first(where: { $0.key == "guides" }),
      case .list(let items) = guides.value
    else { return inline(value) }
    let rest = members.filter { $0.key != "guides" }.map {
      "\(quoted($0.key)): \(inline($0.value))"
    }
    let lines = "\(quoted("guides")): " + list(items, indent: indent) { inline($0) }
    return "{\(quoted(kinds[0].key)): {" + (rest + [lines]).joined(separator: ", ") + "}}"
  }

  private static func list(
    _ items: [JSONValue], indent: String, _ text: (JSONValue) -> String
  ) -> String {
    guard !items.isEmpty else { return "[]" }
    let lines = items.map { "\(indent)  \(text($0))" }
    return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
  }

  /// A group of joints that move together.
  private struct Limb: Equatable {
    let limb: JointKind.Limb
    let side: Side

    init(_ joint: JointName) {
      limb = joint.kind.limb
      // Eyes belong to the trunk, which has no sides.
      side = limb == .trunk ? .middle : joint.side
    }
  }

  /// Returns joints, one per line, with blank lines between limbs.
  private static func limbs(_ joints: [JSONValue.Member], indent: String) -> String {
    guard !joints.isEmpty else { return "{}" }
    var text = "{\n"
    var before: Limb?
    let ordered = sorted(joints, Self.joints)
    for (index, joint) in ordered.enumerated() {
      let limb = JointName(rawValue: joint.key).map(Limb.init)
      if index > 0 { text += limb == before ? ",\n" : ",\n\n" }
      text += "\(indent)  \(quoted(joint.key)): \(inline(joint.value, of: joint.key))"
      before = limb
    }
    return text + "\n\(indent)}"
  }

  // MARK: Lines

  /// Returns the maximum number of decimals for the numbers of a key; nil for no limit.
  private static func decimals(of key: String) -> Int? {
    if key == "quaternion" { return 6 }
    let isOfPose =
      key == "translation" || JointName(rawValue: key) != nil || AngleName(rawValue: key) != nil
    return isOfPose ? 4 : nil
  }

  /// Returns a value on one line, with its members in the order for the key that it belongs to.
  static func inline(_ value: JSONValue, of key: String = "") -> String {
    switch value {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value):
      return decimals(of: key).map { DecimalText.rounded(value, $0) } ?? DecimalText.exact(value)
    case .string(let text): return quoted(text)
    case .list(let items):
      return "[" + items.map { inline($0, of: key) }.joined(separator: ", ") + "]"
    case .object(let members):
      let inner = sorted(members, keys(within: key)).map {
        // A limb's goal has the keys of goals, although its key is a joint's name.
        "\(quoted($0.key)): \(inline($0.value, of: key == "reach" ? "" : $0.key))"
      }
      return "{" + inner.joined(separator: ", ") + "}"
    }
  }

  /// Returns the order of keys in an object that is written on one line.
  private static func keys(within key: String) -> KeyOrder {
    if let joint = JointName(rawValue: key) { return angles[joint.index] }
    switch key {
    case "joints": return joints
    case "reach": return effectors
    default: return onOneLine
    }
  }

  /// Returns members with known keys in their order, followed by the others in their original
  /// order.
  private static func sorted(
    _ members: [JSONValue.Member], _ order: KeyOrder
  ) -> [JSONValue.Member] {
    members.enumerated()
      .map { (rank: order.rank(of: $0.element.key), offset: $0.offset, member: $0.element) }
      .sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }
      .map(\.member)
  }

  private static func quoted(_ text: String) -> String { JSONValue.quoted(text) }
}

/// The order of an object's keys.
private struct KeyOrder {
  private let ranks: [String: Int]

  init(_ keys: [String]) {
    ranks = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the rank of a key; unknown keys come last.
  func rank(of key: String) -> Int { ranks[key] ?? .max }
}
