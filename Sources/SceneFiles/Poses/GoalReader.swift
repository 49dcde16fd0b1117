internal import PoseRig

/// Reads `"reach"`, `"feet"`, `"seat"` and `"look"` of a pose.
struct GoalReader {
  static let keys = ["seat", "feet", "step", "reach", "look"]
  /// The goals that a moment of a clip can have; they apply to all its frames.
  static let momentKeys = ["gesture", "step", "reach", "look"]
  static let reachKeys = [
    "at", "toward", "offset", "extent", "pole", "palm", "fingers", "sole", "with", "touch", "wrap",
  ]
  /// The allowed shares of the arm's length by which hands can stretch.
  static let extents = 0.2...1.0

  let file: String
  let log: DiagnosticLog

  /// Returns the hands and feet for which a pose has its own goals.
  static func limbs(in reader: ObjectReader) -> [JointName] {
    guard case .object(let members)? = reader.node("reach")?.value else { return [] }
    return PoseGoals.effectors.filter { limb in members.contains { $0.key == limb.rawValue } }
  }

  /// Reads the goals in `reader`; `stance` is the pose that it builds on, with the feet that can be
  /// planted.
  func read(_ reader: ObjectReader, stance: Pose, into written: inout WrittenPose) {
    if let node = reader.node("seat") {
      let mark = mark(node, "\"seat\"")
      written.pose.goals.seat = mark?.at
      written.goals[.seat] = mark.map(origin)
    }
    if let word = reader.string("feet") {
      if word == "planted" {
        written.pose.goals.stance = PoseGoals.Stance(stance)
        written.goals[.feet] = reader.node("feet").map {
          FileOrigin(file: file, location: $0.location)
        }
      } else {
        reader.error(
          .wrongType, "feet", "\"feet\" can only be \"planted\"; use \"reach\" for a single foot")
      }
    }
    if let steps = reader.boolean("step") { written.pose.goals.steps = steps }
    if let node = reader.node("reach") { readReach(node, into: &written) }
    if let node = reader.node("look") {
      let mark = mark(node, "\"look\"", allowsCamera: true)
      written.pose.goals.look = mark?.at
      written.goals[.look] = mark.map(origin)
    }
  }

  /// A point and its location in the file.
  private struct Mark {
    var at: PoseGoals.Point
    var location: TextLocation
  }

  private func origin(_ mark: Mark) -> FileOrigin {
    FileOrigin(file: file, location: mark.location)
  }

  private func readReach(_ node: JSONNode, into written: inout WrittenPose) {
    let names = PoseGoals.effectors.map(\.rawValue)
    guard
      let reader = ObjectReader(
        node, "\"reach\"", keyKind: "limb", allowed: names, file: file, log: log)
    else { return }
    for effector in PoseGoals.effectors {
      guard let value = reader.node(effector.rawValue) else { continue }
      // A point alone is written without braces.
      guard case .object = value.value else {
        if let at = point(value, offset: nil, what: effector.rawValue, allowsCamera: false) {
          written.pose.goals.reach[effector] = .init(at: at)
          written.goals[.reach(effector)] = FileOrigin(file: file, location: value.location)
        }
        continue
      }
      guard
        let goal = ObjectReader(
          value, effector.rawValue, allowed: Self.reachKeys, file: file, log: log)
      else { continue }
      let pole = goal.vector("pole", in: -1000...1000)
      let palm = direction("palm", of: goal, effector)
      let fingers = direction("fingers", of: goal, effector)
      let sole = sole(of: goal, effector)
      let wraps = goal.boolean("wrap") ?? false
      let part: PoseGoals.HandPart? = goal.word("with", "part of a hand")
      let pressure: PoseGoals.Pressure? = goal.word("touch", "touch")
      if effector.kind == .foot {
        for key in ["wrap", "with", "toward", "extent"] where goal.has(key) {
          goal.error(
            .misplacedKey, key,
            "a foot has no \"\(key)\"; \"\(key)\" is for leftHand and rightHand")
        }
      }
      guard let mark = target(of: goal, effector) else { continue }
      written.pose.goals.reach[effector] = .init(
        at: mark.at, pole: pole, palm: palm, fingers: fingers, sole: sole, wraps: wraps,
        part: part ?? .palm, pressure: pressure)
      written.goals[.reach(effector)] = origin(mark)
    }
  }

  /// Reads the target of a hand or foot: `"at"` a point, or `"toward"` one.
  private func target(of goal: ObjectReader, _ effector: JointName) -> Mark? {
    if goal.has("at"), goal.has("toward") {
      goal.error(
        .conflict, "toward", "a hand goes \"at\" a point or \"toward\" one, not both; remove one")
    } else if goal.has("extent"), !goal.has("toward") {
      goal.error(
        .misplacedKey, "extent", "\"extent\" is for \"toward\"; a hand \"at\" a point has none")
    }
    guard let node = goal.node("toward"), !goal.has("at") else {
      if !goal.has("at") {
        goal.error(
          .missingKey, "at",
          "\(effector.rawValue) needs an \"at\": [x, y, z] or \"character.joint\"")
      }
      return place(goal, "at", allowsCamera: false)
    }
    let extent = goal.number("extent", in: Self.extents) ?? PoseGoals.Point.usualExtent
    if let own = ownDirection(node) {
      return Mark(at: .stretched(own, extent: extent), location: node.location)
    }
    return place(goal, "toward", allowsCamera: true).map {
      Mark(at: .stretched(.toward($0.at), extent: extent), location: $0.location)
    }
  }

  /// Reads a point, or `{"at": point, "offset": [x, y, z]}`.
  private func mark(_ node: JSONNode, _ what: String, allowsCamera: Bool = false) -> Mark? {
    guard case .object = node.value else {
      return point(node, offset: nil, what: what, allowsCamera: allowsCamera).map {
        .init(at: $0, location: node.location)
      }
    }
    guard let reader = ObjectReader(node, what, allowed: ["at", "offset"], file: file, log: log)
    else { return nil }
    if !reader.has("at") {
      log.error(
        .missingKey, file, node.location,
        "\(what) needs an \"at\": [x, y, z] or \"character.joint\"")
    }
    return place(reader, "at", allowsCamera: allowsCamera)
  }

  private func place(
    _ reader: ObjectReader, _ key: String, allowsCamera: Bool
  ) -> Mark? {
    let offset = reader.vector("offset", in: -10...10)
    guard let node = reader.node(key),
      let point = point(node, offset: offset, what: "\"\(key)\"", allowsCamera: allowsCamera)
    else { return nil }
    return .init(at: point, location: node.location)
  }

  private func sole(of reader: ObjectReader, _ effector: JointName) -> PoseGoals.Sole? {
    guard reader.string("sole") != nil else { return nil }
    guard effector.kind == .foot else {
      reader.error(
        .misplacedKey, "sole", "a hand has no \"sole\"; \"sole\" is for leftFoot and rightFoot")
      return nil
    }
    return reader.word("sole", "part of a foot", context: "for \"sole\"")
  }

  private func direction(
    _ key: String, of reader: ObjectReader, _ effector: JointName
  ) -> PoseGoals.Direction? {
    guard let node = reader.node(key) else { return nil }
    guard effector.kind == .hand else {
      reader.error(
        .misplacedKey, key,
        "a foot has no \"\(key)\"; \"\(key)\" is for leftHand and rightHand, \"sole\" is for feet")
      return nil
    }
    if let own = ownDirection(node) { return own }
    if case .array = node.value {
      guard let vector = reader.vector(key, in: -1000...1000) else { return nil }
      if vector.length > 1e-9 { return .fixed(vector) }
      reader.error(.invalidValue, key, "\"\(key)\" needs a direction that is not [0, 0, 0]")
      return nil
    }
    return point(node, offset: nil, what: "\"\(key)\"", allowsCamera: true).map { .toward($0) }
  }

  func point(
    _ node: JSONNode, offset: Vector3?, what: String, allowsCamera: Bool
  ) -> PoseGoals.Point? {
    switch node.value {
    case .array:
      let numbers = coordinates(node)
      if numbers == nil {
        log.error(.wrongType, file, node.location, "\(what) must be [x, y, z] in meters")
      }
      return numbers.map { .fixed($0 + (offset ?? .zero)) }
    case .string("camera") where allowsCamera: return .camera
    case .string(let name):
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      // Looking at a character means looking it in the eye.
      if allowsCamera, parts.count == 1, !name.isEmpty {
        return .named(owner: name, part: JointName.head.rawValue, offset: offset ?? .zero)
      }
      if parts.count == 2, parts[0] != "props" {
        return .named(owner: parts[0], part: parts[1], offset: offset ?? .zero)
      }
      if parts.count == 3, parts[0] == "props" {
        return .named(owner: "props", part: parts[1] + "." + parts[2], offset: offset ?? .zero)
      }
      fallthrough
    default:
      log.error(
        .wrongType, file, node.location,
        "\(what) must be [x, y, z], \"character.joint\" like \"ben.rightHand\", or \"props.table.top\""
          + (allowsCamera ? ", or \"camera\"" : ""))
      return nil
    }
  }

  private func coordinates(_ node: JSONNode) -> Vector3? {
    guard case .array(let items) = node.value, items.count == 3 else { return nil }
    var vector = Vector3.zero
    for (index, item) in items.enumerated() {
      guard case .number(let value) = item.value, abs(value) <= 1000 else { return nil }
      vector[index] = value
    }
    return vector
  }
}
