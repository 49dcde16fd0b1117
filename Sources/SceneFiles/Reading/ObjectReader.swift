internal import PoseRig

/// Reads the members of a JSON object by name and type, and reports everything invalid.
///
/// Each method returns nil both for an absent key and for an invalid value, which it reports.
package struct ObjectReader {
  package let file: String
  package let log: DiagnosticLog
  package let location: TextLocation
  private let members: [String: JSONMember]

  /// Reports keys other than `allowed`, and returns nil after reporting a node that is not an
  /// object. In messages, `what` names the object with its article, as in "a character"; `keyKind`
  /// names the type of its keys, and `allowedText` summarizes them if the list would be too long to
  /// read.
  package init?(
    _ node: JSONNode, _ what: String, keyKind: String = "key", allowed: [String],
    allowedText: String? = nil, file: String, log: DiagnosticLog
  ) {
    guard case .object(let list) = node.value else {
      log.error(
        .wrongType, file, node.location, "\(what) must be an object in { }, not \(node.kind)")
      return nil
    }
    self.file = file
    self.log = log
    location = node.location
    members = Dictionary(uniqueKeysWithValues: list.map { ($0.key, $0) })
    for member in list where !allowed.contains(member.key) {
      log.error(
        .unknownKey, file, member.keyLocation,
        unknown(
          keyKind, member.key, allowed: allowed, context: "in \(what)", allowedText: allowedText))
    }
  }

  /// Parses a whole file that must be an object; nil, with the reason in `log`, for another file.
  package init?(
    parsing bytes: [UInt8], _ what: String, allowed: [String], file: String, log: DiagnosticLog
  ) {
    do {
      let document = try Document(bytes, file: file)
      self.init(document.root, what, allowed: allowed, file: file, log: log)
    } catch {
      log.add(error)
      return nil
    }
  }

  /// Returns whether the key exists.
  package func has(_ key: String) -> Bool { members[key] != nil }

  /// Returns the value of a key, of any type.
  package func node(_ key: String) -> JSONNode? { members[key]?.node }

  /// Returns the location of a key.
  package func keyLocation(_ key: String) -> TextLocation? { members[key]?.keyLocation }

  /// Reports an error at a key's value, or at the object if the key is absent.
  package func error(_ code: DiagnosticCode, _ key: String, _ message: String) {
    log.error(code, file, members[key]?.node.location ?? location, message)
  }

  package func string(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .string(let text) = node.value else {
      error(.wrongType, key, "\"\(key)\" must be a string in double quotes, not \(node.kind)")
      return nil
    }
    return text
  }

  /// Returns the case that a text names; nil if the key is absent, or after reporting an unknown
  /// name.
  ///
  /// - Parameters:
  ///   - kind: the noun for such a word in messages: `class`.
  ///   - context: the position as a phrase for messages; by default `in "view"`.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ kind: String, context: String? = nil
  ) -> Word? where Word.RawValue == String {
    guard let name = string(key) else { return nil }
    if let word = Word(rawValue: name) { return word }
    let names = Word.allCases.map(\.rawValue)
    error(
      .unknownName, key, unknown(kind, name, allowed: names, context: context ?? "in \"\(key)\""))
    return nil
  }

  package func boolean(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .boolean(let value) = node.value else {
      error(.wrongType, key, "\"\(key)\" must be true or false, not \(node.kind)")
      return nil
    }
    return value
  }

  package func number(_ key: String, in range: ClosedRange<Double>, _ unit: String = "") -> Double?
  {
    guard let node = node(key) else { return nil }
    return number(node, "\"\(key)\"", in: range, unit)
  }

  /// Returns a number without a fraction.
  package func whole(_ key: String, in range: ClosedRange<Int>, _ unit: String = "") -> Int? {
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    guard let value = number(key, in: bounds, unit) else { return nil }
    guard value == value.rounded() else {
      error(.wrongType, key, "\"\(key)\" must be a whole number, not \(plain(value))")
      return nil
    }
    return Int(value)
  }

  /// Returns a list of exactly `names.count` numbers; `names` appear in messages, like `x, y, z`.
  func numbers(
    _ key: String, named names: [String], in range: ClosedRange<Double>, _ unit: String = ""
  ) -> [Double]? {
    guard let node = node(key) else { return nil }
    return numbers(node, "\"\(key)\"", named: names, in: range, unit)
  }

  /// Returns a point or size in meters.
  func vector(_ key: String, in range: ClosedRange<Double> = -1000...1000) -> Vector3? {
    numbers(key, named: ["x", "y", "z"], in: range, "meters").map { Vector3($0[0], $0[1], $0[2]) }
  }

  func number(
    _ node: JSONNode, _ name: String, in range: ClosedRange<Double>, _ unit: String
  ) -> Double? {
    let allowed =
      "\(plain(range.lowerBound)) to \(plain(range.upperBound))"
      + (unit.isEmpty ? "" : " \(unit)")
    guard case .number(let value) = node.value else {
      log.error(
        .wrongType, file, node.location, "\(name) must be a number (\(allowed)), not \(node.kind)")
      return nil
    }
    guard range.contains(value) else {
      log.error(
        .outOfRange, file, node.location, "\(name) is \(plain(value)); it must be \(allowed)")
      return nil
    }
    return value
  }

  func numbers(
    _ node: JSONNode, _ name: String, named names: [String], in range: ClosedRange<Double>,
    _ unit: String
  ) -> [Double]? {
    let form = "[" + names.joined(separator: ", ") + "]"
    guard case .array(let items) = node.value else {
      log.error(.wrongType, file, node.location, "\(name) must be a list \(form), not \(node.kind)")
      return nil
    }
    guard items.count == names.count else {
      log.error(
        .wrongType, file, node.location,
        "\(name) has \(items.count) numbers; \(names.count) are needed: \(form)")
      return nil
    }
    let values = zip(items, names).map { number($0, "\(name) \($1)", in: range, unit) }
    return values.contains(nil) ? nil : values.compactMap(\.self)
  }
}

/// Returns "unknown key "posse" in a character; did you mean "pose"? Allowed are: …".
package func unknown(
  _ kind: String, _ name: String, allowed: [String], context: String, allowedText: String? = nil
) -> String {
  let shown = allowed.filter { !$0.hasPrefix("$") }
  let hint = NearestName.hint(for: name, among: shown)
  let list = allowedText ?? shown.joined(separator: ", ")
  return "unknown \(kind) \"\(name)\" \(context); \(hint)allowed: \(list)"
}

/// Formats a number without a redundant ".0".
func plain(_ number: Double) -> String {
  if abs(number) < 0x1p53, number == number.rounded() { return String(Int(number)) }
  return String(number)
}
