/// Reads a character's `"keypoints"`.
struct KeypointChoiceReader {
  static let keys = ["hide", "show"]

  let file: String
  let log: DiagnosticLog

  /// What is said of the keypoints; what is wrong is reported and left out.
  func choice(_ node: JSONNode?) -> KeypointChoice {
    var choice = KeypointChoice()
    guard let node,
      let reader = ObjectReader(node, "\"keypoints\"", allowed: Self.keys, file: file, log: log)
    else { return choice }
    choice.hidden = set("hide", reader)
    choice.shown = set("show", reader)
    if choice.hidden.overlaps(choice.shown) {
      reader.error("show", "\"show\" has a keypoint that \"hide\" has as well; remove it from one")
    }
    return choice
  }

  private func set(_ key: String, _ reader: ObjectReader) -> KeypointSet {
    guard let node = reader.node(key) else { return KeypointSet() }
    guard case .array(let items) = node.value else {
      reader.error(
        key, "\"\(key)\" must be a list of keypoints, such as [\"rightHand\", \"leftWrist\"]")
      return KeypointSet()
    }
    return items.reduce(KeypointSet()) { set, item in
      guard case .string(let name) = item.value, let keypoints = KeypointSet(named: name) else {
        let written = if case .string(let name) = item.value { name } else { item.kind }
        log.error(
          file, item.location,
          unknown("keypoint", written, allowed: KeypointSet.names, place: "in \"\(key)\""))
        return set
      }
      return set.union(keypoints)
    }
  }
}
