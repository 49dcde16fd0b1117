internal import PoseRig
internal import SceneFiles

/// The reason why a message cannot be understood, in a sentence.
public struct MessageFault: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Reads the members of a message by name and type.
struct MessageFields {
  private let node: JSONNode
  private let type: String

  /// Takes the members of an object of this type.
  init(_ node: JSONNode, of type: String) {
    self.node = node
    self.type = type
  }

  func node(_ key: String) -> JSONNode? {
    guard let member = node[key] else { return nil }
    if case .null = member.value { return nil }
    return member
  }

  func number(_ key: String, in range: ClosedRange<Double>) throws(MessageFault) -> Double {
    guard let number = node(key)?.number, number.isFinite, range.contains(number) else {
      throw fault(key, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func whole(_ key: String, in range: ClosedRange<Int>) throws(MessageFault) -> Int {
    let number = try number(key, in: Double(range.lowerBound)...Double(range.upperBound))
    guard number == number.rounded() else { throw fault(key, "a whole number") }
    return Int(number)
  }

  func text(_ key: String) throws(MessageFault) -> String {
    guard let text = node(key)?.text else { throw fault(key, "a string") }
    return text
  }

  func optionalText(_ key: String) throws(MessageFault) -> String? {
    node(key) == nil ? nil : try text(key)
  }

  func texts(_ key: String) throws(MessageFault) -> [String] {
    guard let items = node(key)?.items else { throw fault(key, "a list of strings") }
    let texts = items.compactMap(\.text)
    guard texts.count == items.count else { throw fault(key, "a list of strings") }
    return texts
  }

  func optionalTexts(_ key: String) throws(MessageFault) -> [String]? {
    node(key) == nil ? nil : try texts(key)
  }

  func boolean(_ key: String) throws(MessageFault) -> Bool {
    guard case .boolean(let value)? = node(key)?.value else { throw fault(key, "true or false") }
    return value
  }

  func choice<Choice: RawRepresentable<String>>(
    _ key: String, or usual: Choice? = nil
  ) throws(MessageFault) -> Choice {
    guard let node = node(key) else {
      if let usual { return usual }
      throw fault(key, "a string")
    }
    guard let choice = node.text.flatMap(Choice.init) else {
      throw fault(key, "one of its words")
    }
    return choice
  }

  func pixel(limit: Double = 1e5) throws(MessageFault) -> SIMD2<Double> {
    SIMD2(try number("x", in: -limit...limit), try number("y", in: -limit...limit))
  }

  /// Returns a point in the world, in meters.
  func vector(_ key: String, within reach: Double) throws(MessageFault) -> Vector3 {
    let items = node(key)?.items?.compactMap(\.number) ?? []
    guard items.count == 3, items.allSatisfy({ abs($0) <= reach }) else {
      throw fault(key, "[x, y, z] in meters")
    }
    return Vector3(items[0], items[1], items[2])
  }

  private func fault(_ key: String, _ form: String) -> MessageFault {
    MessageFault("\"\(key)\" of \"\(type)\" must be \(form)")
  }
}
