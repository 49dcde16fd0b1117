internal import PoseRig

/// Reads a character's `"hold"`: the props in its hands.
struct HoldReader {
  /// The hands.
  static let hands: [JointName] = [.leftHand, .rightHand]
  private static let keys = ["at", "as"]

  let file: String
  let log: DiagnosticLog

  /// Returns the prop that each hand holds, with its location in the file.
  func hold(_ node: JSONNode?) -> [JointName: (hold: Hold, origin: FileOrigin)] {
    guard let node,
      let reader = ObjectReader(
        node, "\"hold\"", keyKind: "hand", allowed: Self.hands.map(\.rawValue), file: file, log: log
      )
    else { return [:] }
    var held: [JointName: (hold: Hold, origin: FileOrigin)] = [:]
    for hand in Self.hands {
      guard let value = reader.node(hand.rawValue), let hold = hold(value, hand) else { continue }
      held[hand] = (hold, FileOrigin(file: file, location: value.location))
    }
    return held
  }

  /// Reads one hand's value; a prop alone is written without braces.
  private func hold(_ node: JSONNode, _ hand: JointName) -> Hold? {
    if case .string(let text) = node.value { return hold(text, node) }
    guard
      let reader = ObjectReader(node, hand.rawValue, allowed: Self.keys, file: file, log: log)
    else { return nil }
    let kind = PropFileReader.gripKind(reader)
    guard let value = reader.node("at"), let text = reader.string("at") else {
      if !reader.has("at") {
        reader.error(.missingKey, "at", "\(hand.rawValue) needs an \"at\": \"props.sword\"")
      }
      return nil
    }
    var hold = hold(text, value)
    hold?.kind = kind
    return hold
  }

  private func hold(_ text: String, _ node: JSONNode) -> Hold? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.first == "props", (2...3).contains(parts.count), !parts.contains("") else {
      log.error(
        .wrongType, file, node.location,
        "a hand holds a prop, \"props.sword\", or a grip of it, \"props.sword.grip\"; not \"\(text)\""
      )
      return nil
    }
    return Hold(prop: parts[1], point: parts.count == 3 ? parts[2] : nil)
  }
}
