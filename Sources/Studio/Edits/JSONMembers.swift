internal import SceneFiles

/// Access to the members of the objects in edits and messages.
extension JSONValue {
  /// Returns a member of an object; nil for other types of value.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// Returns an object's member that is a text.
  func text(of key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// Returns the object with a member set to a value.
  func with(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    members.set(key, value)
    return .object(members)
  }
}

extension [JSONValue.Member] {
  /// Sets the value of a key; a new key is added at the end.
  mutating func set(_ key: String, _ value: JSONValue) {
    if let index = firstIndex(where: { $0.key == key }) {
      self[index].value = value
    } else {
      append(Element(key: key, value: value))
    }
  }
}
