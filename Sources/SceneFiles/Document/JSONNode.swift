/// A JSON value that remembers its location in the file.
package struct JSONNode: Sendable {
  package enum Value: Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  package var value: Value
  package var location: TextLocation
  /// The byte range in the file that it was read from; empty for a node that was not read.
  package var range: Range<Int> = 0..<0

  /// The type of the value, for messages.
  package var kind: String {
    switch value {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONNode {
  /// Wraps a value that was not read from a file, with an empty location.
  package init(_ value: JSONValue) {
    let start = TextLocation(line: 1, column: 1)
    let content: Value =
      switch value {
      case .null: .null
      case .boolean(let value): .boolean(value)
      case .number(let value): .number(value)
      case .string(let text): .string(text)
      case .list(let items): .array(items.map(JSONNode.init))
      case .object(let members):
        .object(
          members.map {
            JSONMember(key: $0.key, keyLocation: start, node: JSONNode($0.value))
          })
      }
    self.init(value: content, location: start)
  }
}

/// One `"key": value` of an object.
package struct JSONMember: Sendable {
  package var key: String
  package var keyLocation: TextLocation
  package var node: JSONNode
  /// The byte range of the key with its quotes.
  package var keyRange: Range<Int> = 0..<0
}

/// Access to values written by other programs, where anything unexpected is nil.
extension JSONNode {
  /// Returns a member of an object; nil for other types of value.
  package subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.node
  }

  package var text: String? { if case .string(let text) = value { text } else { nil } }
  package var number: Double? { if case .number(let number) = value { number } else { nil } }
  package var isTrue: Bool { if case .boolean(true) = value { true } else { false } }
  package var items: [JSONNode]? { if case .array(let items) = value { items } else { nil } }
  package var members: [JSONMember] { if case .object(let members) = value { members } else { [] } }
}
