/// The similarity of two values.
enum ValueLikeness {
  /// Returns the share of the parts of two objects that are equal in both, ignoring their ids; 0
  /// for values of other types.
  static func share(_ one: JSONValue, _ two: JSONValue) -> Double {
    let (some, others) = (parts(one), parts(two))
    let shared = some.count { others[$0.key] == $0.value }
    let count = max(some.count, others.count)
    return count == 0 ? 0 : Double(shared) / Double(count)
  }

  private static func parts(_ item: JSONValue) -> [String: String] {
    var parts: [String: String] = [:]
    func add(_ value: JSONValue, _ path: String) {
      if case .object(let members) = value {
        for member in members { add(member.value, "\(path).\(member.key)") }
      } else {
        parts[path] = value.line
      }
    }
    add(.object((item.members ?? []).filter { $0.key != "id" }), "")
    return parts
  }
}
