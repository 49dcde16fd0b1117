internal import PoseRig

/// A JSON value to be written whose members keep their order, so that a file reads as it was thought and diffs well.
indirect enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object([Member])

  struct Member: Equatable {
    var key: String
    var value: JSONValue
  }

  static func int(_ value: Int) -> JSONValue { .number(Double(value)) }

  /// An object from its members in order.
  static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(pairs.map { Member(key: $0.key, value: $0.value) })
  }

  /// What was read, to be written again.
  init(_ node: JSONNode) {
    switch node.value {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map(JSONValue.init))
    case .object(let members):
      self = .object(members.map { Member(key: $0.key, value: JSONValue($0.node)) })
    }
  }

  /// A file's bytes, ending in a line feed: objects and lists stand on one line where that is short enough to read.
  func file() -> [UInt8] { Array((text + "\n").utf8) }

  /// What a file of it says.
  var text: String { text(indent: "") }

  private static let width = 110

  private func text(indent: String) -> String {
    let line = self.line
    if indent.utf8.count + line.utf8.count <= Self.width { return line }
    let inner = indent + "  "
    switch self {
    case .list(let items):
      let lines = items.map { inner + $0.text(indent: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .object(let members):
      let lines = members.map {
        "\(inner)\(PoseWriter.quoted($0.key)): \($0.value.text(indent: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    default: return line
    }
  }

  /// The same for a person: texts without quotes.
  var bare: String { if case .string(let text) = self { text } else { line } }

  /// All on one line.
  var line: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value):
      value == value.rounded() && abs(value) < 0x1p53 ? String(Int(value)) : String(value)
    case .string(let text): PoseWriter.quoted(text)
    case .list(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { "\(PoseWriter.quoted($0.key)): \($0.value.line)" }.joined(separator: ", ")
        + "}"
    }
  }
}
