internal import PoseRig

/// Reads a character's `"keypoints"`.
struct KeypointChoiceReader {
  static let keys = ["hide", "show"]

  let file: String
  let log: DiagnosticLog

  /// Returns the choice of keypoints, after reporting errors.
  func choice(_ node: JSONNode?) -> KeypointChoice {
    var choice = KeypointChoice()
    guard let node,
      let reader = ObjectReader(node, "\"keypoints\"", allowed: Self.keys, file: file, log: log)
    else { return choice }
    choice.hidden = set("hide", reader)
    choice.shown = set("show", reader) { name, keypoints in
      keypoints.overlaps(choice.hidden)
        ? "\"\(name)\" in \"show\" is in \"hide\" as well, by its name or by a group's; remove it from one"
        : nil
    }
    return choice
  }

  /// Returns the keypoints of a list. `objection` returns a reason to reject a known name.
  private func set(
    _ key: String, _ reader: ObjectReader,
    objection: (String, KeypointSet) -> String? = { _, _ in nil }
  ) -> KeypointSet {
    guard let node = reader.node(key) else { return KeypointSet() }
    guard case .array(let items) = node.value else {
      reader.error(
        .wrongType, key,
        "\"\(key)\" must be a list of keypoints, such as [\"rightHand\", \"leftWrist\"]")
      return KeypointSet()
    }
    return items.reduce(KeypointSet()) { set, item in
      guard case .string(let name) = item.value else {
        log.error(
          .wrongType, file, item.location, "\"\(key)\" has names of keypoints, not \(item.kind)")
        return set
      }
      guard let keypoints = KeypointSet(named: name) else {
        log.error(
          .unknownName, file, item.location,
          unknown("keypoint", name, allowed: KeypointSet.names, context: "in \"\(key)\""))
        return set
      }
      if let sentence = objection(name, keypoints) {
        log.error(.conflict, file, item.location, sentence)
      }
      return set.union(keypoints)
    }
  }
}
