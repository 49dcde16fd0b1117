internal import SceneFiles

/// A message to a page.
enum Outgoing: Sendable {
  /// A JSON object.
  case text(JSONValue)
  /// A picture with its header.
  case picture(head: JSONValue, bytes: [UInt8])

  /// Returns a message of a type with its members.
  static func of(_ type: String, _ members: KeyValuePairs<String, JSONValue>) -> Outgoing {
    .text(
      .object(
        [.init(key: "type", value: .string(type))]
          + members.map { .init(key: $0.key, value: $0.value) }))
  }

  /// Returns a message of a type with the members of an object.
  static func of(_ type: String, _ object: JSONValue) -> Outgoing {
    guard case .object(let members) = object else { return .of(type, [:]) }
    return .text(.object([.init(key: "type", value: .string(type))] + members))
  }

  /// Returns a message with a sentence to show.
  static func notice(_ sentence: String) -> Outgoing {
    .of("notice", ["message": .string(sentence)])
  }

  /// Returns a message with the reason why something cannot be done.
  ///
  /// - Parameter message: the request, which pages need to know if it sent a text.
  static func refusal(_ sentence: String, to message: PageMessage? = nil) -> Outgoing {
    if case .edit(.text(let file, _, _), _)? = message {
      return .of("refusal", ["message": .string(sentence), "file": .string(file)])
    }
    return .of("refusal", ["message": .string(sentence)])
  }
}

extension JSONValue {
  /// Returns a text, or null.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Returns a list of texts.
  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.string)) }

  /// Returns a pixel rounded to a tenth.
  static func pixel(_ pixel: SIMD2<Double>) -> JSONValue { .rounded([pixel.x, pixel.y], 1) }
}
