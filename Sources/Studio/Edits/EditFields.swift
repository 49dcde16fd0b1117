internal import PoseRig
internal import SceneFiles

/// Reads a message's values by name and type; reports anything else as a fault in a sentence.
struct EditFields {
  /// The longest accepted name or id, in characters.
  private static let longestName = 200

  let kind: String
  private let members: [String: JSONNode]

  /// Takes the fields of an edit of a kind that has these keys.
  init(_ node: JSONNode, kind: String, keys: [String]) throws(SceneEditFault) {
    self.kind = kind
    members = Dictionary(
      node.members.map { ($0.key, $0.node) }, uniquingKeysWith: { first, _ in first })
    for member in node.members where member.key != "kind" && !keys.contains(member.key) {
      throw .wrongForm(
        unknown("key", Self.short(member.key), allowed: keys, context: "of \"\(kind)\""))
    }
  }

  /// Returns a text from a message, shortened to fit in a sentence.
  static func short(_ text: String) -> String {
    text.count <= 60 ? text : text.prefix(60) + "…"
  }

  /// Returns a required value.
  func node(_ key: String) throws(SceneEditFault) -> JSONNode {
    guard let node = members[key] else {
      throw .wrongForm("\"\(kind)\" needs \"\(key)\"")
    }
    return node
  }

  /// Returns whether an optional value exists.
  func has(_ key: String) -> Bool { members[key] != nil }

  /// Returns a required value that can be null; nil for null.
  func optional(_ key: String) throws(SceneEditFault) -> JSONNode? {
    let node = try node(key)
    if case .null = node.value { return nil }
    return node
  }

  // MARK: Texts

  func text(_ key: String, upTo limit: Int = Self.longestName) throws(SceneEditFault) -> String {
    try text(try node(key), "\"\(key)\"", upTo: limit)
  }

  func optionalText(_ key: String) throws(SceneEditFault) -> String? {
    guard let node = try optional(key) else { return nil }
    return try text(node, "\"\(key)\"", upTo: Self.longestName)
  }

  private func text(
    _ node: JSONNode, _ what: String, upTo limit: Int
  ) throws(SceneEditFault) -> String {
    guard let text = node.text else { throw wrong(what, "a string", node) }
    guard text.utf8.count <= limit else {
      throw .wrongForm("\(what) of \"\(kind)\" is longer than \(limit) bytes")
    }
    return text
  }

  /// Returns a list of at most `most` names.
  func texts(_ key: String, upTo most: Int) throws(SceneEditFault) -> [String] {
    let node = try node(key)
    guard let items = node.items else { throw wrong("\"\(key)\"", "a list", node) }
    guard items.count <= most else {
      throw .wrongForm("\"\(key)\" of \"\(kind)\" has more than \(most) names")
    }
    var texts: [String] = []
    for item in items {
      texts.append(try text(item, "a name in \"\(key)\"", upTo: Self.longestName))
    }
    return texts
  }

  /// Returns one of several names.
  func name(_ key: String, among names: [String]) throws(SceneEditFault) -> String {
    let text = try text(key)
    guard names.contains(text) else {
      throw .wrongForm(
        unknown(key, Self.short(text), allowed: names, context: "of \"\(kind)\""))
    }
    return text
  }

  func boolean(_ key: String) throws(SceneEditFault) -> Bool {
    let node = try node(key)
    guard case .boolean(let value) = node.value else {
      throw wrong("\"\(key)\"", "true or false", node)
    }
    return value
  }

  // MARK: Numbers

  func number(
    _ key: String, in range: ClosedRange<Double>
  ) throws(SceneEditFault) -> Double {
    try number(try node(key), "\"\(key)\"", in: range)
  }

  func number(
    _ node: JSONNode, _ what: String, in range: ClosedRange<Double>
  ) throws(SceneEditFault) -> Double {
    guard let number = node.number else { throw wrong(what, "a number", node) }
    guard range.contains(number) else {
      let bounds = [range.lowerBound, range.upperBound].map(DecimalText.exact)
      throw .wrongForm(
        "\(what) of \"\(kind)\" is \(DecimalText.exact(number)); "
          + "it must be \(bounds[0]) to \(bounds[1])")
    }
    return number
  }

  /// Returns a point, in meters.
  func point(_ key: String, within reach: Double) throws(SceneEditFault) -> Vector3 {
    try point(try node(key), key, within: reach)
  }

  /// Returns a point, in meters; nil for null.
  func optionalPoint(_ key: String, within reach: Double) throws(SceneEditFault) -> Vector3? {
    guard let node = try optional(key) else { return nil }
    return try point(node, key, within: reach)
  }

  private func point(
    _ node: JSONNode, _ key: String, within reach: Double
  ) throws(SceneEditFault) -> Vector3 {
    guard let items = node.items, items.count == 3 else {
      throw wrong("\"\(key)\"", "[x, y, z] in meters", node)
    }
    var point = Vector3.zero
    for (index, item) in items.enumerated() {
      point[index] = try number(item, "\"\(key)\"", in: -reach...reach)
    }
    return point
  }

  // MARK: Values

  /// Returns a value of any type that files can have.
  func value(_ key: String) throws(SceneEditFault) -> JSONValue {
    try value(try node(key), key)
  }

  /// Returns a value of any type; nil for null, which removes a value.
  func optionalValue(_ key: String) throws(SceneEditFault) -> JSONValue? {
    guard let node = try optional(key) else { return nil }
    return try value(node, key)
  }

  private func value(_ node: JSONNode, _ key: String) throws(SceneEditFault) -> JSONValue {
    if let fault = ValueBounds.fault(in: node) {
      throw .wrongForm("\"\(key)\" of \"\(kind)\" \(fault)")
    }
    return JSONValue(node)
  }

  /// Returns a point to reach, sit on or look at; nil for null.
  func goal(_ key: String, _ goal: PoseGoals.Name) throws(SceneEditFault) -> JSONValue? {
    guard let node = try optional(key) else { return nil }
    let value = try value(node, key)
    if let fault = GoalForm.fault(in: node, as: goal) { throw .wrongForm(fault) }
    return value
  }

  /// Returns the fault for a value of the wrong type.
  func wrong(_ what: String, _ form: String, _ node: JSONNode) -> SceneEditFault {
    .wrongForm("\(what) of \"\(kind)\" must be \(form), not \(node.kind)")
  }
}

/// The limits of a message's values, which keep files readable.
enum ValueBounds {
  private static let depth = 16
  private static let count = 20_000
  private static let longestText = 20_000
  private static let longestKey = 200
  /// The largest number up to which all whole numbers are exact.
  private static let largest = 0x1p53

  /// Returns the reason why a value is rejected, as the end of a sentence; nil if it is accepted.
  static func fault(in node: JSONNode) -> String? {
    var left = count
    return fault(in: node, depth, &left)
  }

  private static func fault(in node: JSONNode, _ depth: Int, _ left: inout Int) -> String? {
    left -= 1
    if left < 0 { return "has more than \(count) values" }
    if depth == 0 { return "is nested deeper than \(Self.depth) levels" }
    switch node.value {
    case .null, .boolean: return nil
    case .number(let number):
      return abs(number) <= largest ? nil : "has the number \(number), which is too large"
    case .string(let text):
      return text.utf8.count <= longestText
        ? nil : "has a string of more than \(longestText) bytes"
    case .array(let items):
      for item in items {
        if let fault = fault(in: item, depth - 1, &left) { return fault }
      }
      return nil
    case .object(let members):
      for member in members {
        if member.key.utf8.count > longestKey {
          return "has a key of more than \(longestKey) bytes"
        }
        if let fault = fault(in: member.node, depth - 1, &left) { return fault }
      }
      return nil
    }
  }
}
