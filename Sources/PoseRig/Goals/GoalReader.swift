/// Reads `"reach"` and `"look"` of a pose.
struct GoalReader {
  let file: String
  let log: DiagnosticLog

  /// Takes over what `reader` says of goals.
  func read(_ reader: ObjectReader, into goals: inout PoseGoals) {
    if let node = reader.node("reach") {
      readReach(node, into: &goals)
      goals.file = file
    }
    if let node = reader.node("look") {
      goals.look = point(node, offset: nil, what: "\"look\"", allowsCamera: true)
      goals.lookLocation = node.location
      goals.file = file
    }
  }

  private func readReach(_ node: JSONNode, into goals: inout PoseGoals) {
    let names = PoseGoals.effectors.map(\.rawValue)
    guard
      let reader = ObjectReader(
        node, "\"reach\"", keyKind: "limb", allowed: names, file: file, log: log)
    else { return }
    for effector in PoseGoals.effectors {
      guard let value = reader.node(effector.rawValue),
        let goal = ObjectReader(
          value, effector.rawValue, allowed: ["at", "offset", "pole"], file: file, log: log)
      else { continue }
      let offset = goal.vector("offset", in: -10...10)
      let pole = goal.vector("pole", in: -1000...1000)
      guard let at = goal.node("at") else {
        goal.error("at", "\(effector.rawValue) needs an \"at\": [x, y, z] or \"character.joint\"")
        continue
      }
      guard let point = point(at, offset: offset, what: "\"at\"", allowsCamera: false) else {
        continue
      }
      goals.reach[effector] = .init(at: point, pole: pole, location: at.location)
    }
  }

  private func point(
    _ node: JSONNode, offset: Vector3?, what: String, allowsCamera: Bool
  ) -> PoseGoals.Point? {
    switch node.value {
    case .array:
      let numbers = coordinates(node)
      if numbers == nil {
        log.error(file, node.location, "\(what) must be [x, y, z] in metres")
      }
      return numbers.map { .fixed($0 + (offset ?? .zero)) }
    case .string("camera") where allowsCamera: return .camera
    case .string(let name):
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2, parts[0] != "props" {
        return .named(owner: parts[0], part: parts[1], offset: offset ?? .zero)
      }
      if parts.count == 3, parts[0] == "props" {
        return .named(owner: "props", part: parts[1] + "." + parts[2], offset: offset ?? .zero)
      }
      fallthrough
    default:
      log.error(
        file, node.location,
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
