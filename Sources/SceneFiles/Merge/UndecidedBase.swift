/// A base with conflict markers. If two branches were merged into each other, git creates their
/// base by a merge, and leaves its conflicts in it.
enum UndecidedBase {
  /// A placeholder for a value with two versions, which counts as changed by both sides.
  private static let undecided = JSONValue.string("undecided")

  /// Returns both sides' versions of a file with conflict markers; nil for any other file.
  static func sides(of bytes: [UInt8]) -> ([UInt8], [UInt8])? {
    var (ours, theirs): ([UInt8], [UInt8]) = ([], [])
    var side: Mark?
    var hasMarks = false
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if let mark = Mark(line, in: side) {
        hasMarks = true
        side = mark == .end ? nil : mark
        continue
      }
      if side != .theirs, side != .base { ours += line + [UInt8(ascii: "\n")] }
      if side != .ours, side != .base { theirs += line + [UInt8(ascii: "\n")] }
    }
    return hasMarks && side == nil ? (ours, theirs) : nil
  }

  /// A marker, named after the lines below it.
  private enum Mark: UInt8 {
    case ours = 0x3C
    case base = 0x7C
    case theirs = 0x3D
    case end = 0x3E

    /// Parses a marker; nil for any other line.
    init?(_ line: ArraySlice<UInt8>, in side: Mark?) {
      guard let first = line.first, let mark = Mark(rawValue: first),
        line.prefix(while: { $0 == first }).count >= ConflictMarkers().size,
        (mark == .ours) == (side == nil)
      else { return nil }
      self = mark
    }
  }

  /// Returns the parts that two versions share.
  static func common(_ one: JSONValue?, _ two: JSONValue?) -> JSONValue {
    switch (one, two) {
    case (let one?, let two?) where one == two: return one
    case (.object(let members)?, .object(let others)?):
      let keys = members.map(\.key) + others.map(\.key).filter { members[$0] == nil }
      return .object(keys.map { .init(key: $0, value: common(members[$0], others[$0])) })
    case (.list(let items)?, .list(let others)?) where isOfObjects(items, others):
      return .list(zip(items, others).map { common($0, $1) })
    default: return undecided
    }
  }

  private static func isOfObjects(_ items: [JSONValue], _ others: [JSONValue]) -> Bool {
    items.count == others.count
      && zip(items, others).allSatisfy { one, two in
        one.members != nil && one.members?["id"] == two.members?["id"]
      }
  }
}
