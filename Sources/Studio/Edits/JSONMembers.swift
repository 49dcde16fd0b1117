internal import SceneFiles

/// The members of objects that edits and messages are made of.
extension JSONValue {
  /// A member of an object; nil for other kinds of value.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// Returns a text member of an object.
  func text(of key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// Returns an object with a member of this value.
  func with(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    members.set(key, value)
    return .object(members)
  }
}

extension [JSONValue.Member] {
  /// Sets the value of a key; a new one comes last.
  mutating func set(_ key: String, _ value: JSONValue) {
    if let index = firstIndex(where: { $0.key == key }) {
      self[index].value = value
    } else {
      append(Element(key: key, value: value))
    }
  }
}
