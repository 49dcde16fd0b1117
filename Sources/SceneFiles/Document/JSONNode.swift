/// A JSON value that remembers where it stood.
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
  /// The bytes of the file that it was read from; empty for a node that was not read.
  package var range: Range<Int> = 0..<0

  /// The kind of the value, for messages.
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
  /// A value that was not read from a file, at the beginning of none.
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
  /// The bytes of the key with its quotes.
  package var keyRange: Range<Int> = 0..<0
}

/// Looking into what other programs wrote, where what is not as expected is nil.
extension JSONNode {
  /// A member of an object; nil for other kinds of value.
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
