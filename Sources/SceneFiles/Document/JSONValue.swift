/// A JSON value to write. Its members keep their order, so that a file reads in a meaningful order
/// and diffs well.
public indirect enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case list([JSONValue])
  /// An object.
  case object([Member])

  /// One `"key": value` of an object.
  public struct Member: Equatable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONValue

    /// Creates a member from its parts.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// Wraps a whole number.
  public static func int(_ value: Int) -> JSONValue { .number(Double(value)) }

  /// Wraps a list of numbers.
  public static func numbers(_ values: [Double]) -> JSONValue { .list(values.map { .number($0) }) }

  /// Returns a computed number, rounded to a number of decimals.
  package static func rounded(_ value: Double, _ decimals: Int = 4) -> JSONValue {
    .number(Double(DecimalText.rounded(value, decimals)) ?? value)
  }

  /// Returns a list of computed numbers, rounded to a number of decimals.
  package static func rounded(_ values: [Double], _ decimals: Int = 4) -> JSONValue {
    .list(values.map { .rounded($0, decimals) })
  }

  /// Creates an object from its members in order.
  public static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(pairs.map { Member(key: $0.key, value: $0.value) })
  }

  /// Converts a value that was read, to write it again.
  package init(_ node: JSONNode) {
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
}

/// The text of files other than pose, clip, scene and bones files (see ``CanonicalLayout``).
extension JSONValue {
  /// Returns the bytes of a file, ending in a line feed; objects and lists are on one line if that
  /// is short enough to read.
  package func file() -> [UInt8] { Array((text + "\n").utf8) }

  /// The text of such a file without its last line feed.
  package var text: String { text(indent: "") }

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
        "\(inner)\(Self.quoted($0.key)): \($0.value.text(indent: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    default: return line
    }
  }

  /// The value for a person: strings without quotes.
  package var bare: String { if case .string(let text) = self { text } else { line } }

  /// The value on one line.
  package var line: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): plain(value)
    case .string(let text): Self.quoted(text)
    case .list(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { "\(Self.quoted($0.key)): \($0.value.line)" }.joined(separator: ", ")
        + "}"
    }
  }

  /// Returns a text in double quotes, with all escapes that JSON requires.
  package static func quoted(_ text: String) -> String {
    let needsNone = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if needsNone { return "\"\(text)\"" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
