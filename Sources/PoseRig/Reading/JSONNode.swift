/// A JSON value that remembers where it stood.
struct JSONNode {
  enum Value {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  var value: Value
  var location: SourceLocation

  /// What the value is, for messages.
  var kind: String {
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

/// One `"key": value` of an object.
struct JSONMember {
  var key: String
  var keyLocation: SourceLocation
  var node: JSONNode
}
