/// The order of keys and items in a merge, which does not depend on which side is ours.
enum MergeOrder {
  /// Returns all names of three versions in one order.
  ///
  /// Names that one side has swapped stay swapped; names that a side adds stay after the name that
  /// they were added after.
  static func merge(base: [String], ours: [String], theirs: [String]) -> [String] {
    if base == ours, base == theirs { return base }
    let known = Set(base)
    let frame = reordered(
      base, [ours.filter(known.contains), theirs.filter(known.contains)])
    let positions = Dictionary(uniqueKeysWithValues: frame.enumerated().map { ($1, $0 + 1) })
    var (one, two) = (gaps(ours, positions), gaps(theirs, positions))
    // A name that both sides add at different positions goes to the earlier one.
    for name in one.positions.keys.sorted() {
      guard let gap = one.positions[name], let other = two.positions[name], other != gap else {
        continue
      }
      if gap < other { two.move(name, to: gap) } else { one.move(name, to: other) }
    }
    var merged = interleaved(one.names[0] ?? [], two.names[0] ?? [])
    for (index, name) in frame.enumerated() {
      merged.append(name)
      merged += interleaved(one.names[index + 1] ?? [], two.names[index + 1] ?? [])
    }
    return merged
  }

  /// Returns the names that two sides added in one position: shared ones once, and of the others
  /// first those whose first name comes first in the alphabet.
  static func interleaved(_ ours: [String], _ theirs: [String]) -> [String] {
    if ours.isEmpty || ours == theirs { return theirs }
    if theirs.isEmpty { return ours }
    let shared = Set(ours).intersection(theirs)
    guard ours.filter(shared.contains) == theirs.filter(shared.contains) else {
      return Set(ours + theirs).sorted()
    }
    func blocks(_ names: [String]) -> [[String]] {
      names.reduce(into: [[]]) { blocks, name in
        if shared.contains(name) {
          blocks.append([])
        } else {
          blocks[blocks.count - 1].append(name)
        }
      }
    }
    let bounds = ours.filter(shared.contains)
    var merged: [String] = []
    for (index, (one, two)) in zip(blocks(ours), blocks(theirs)).enumerated() {
      let isFirst = two.isEmpty || !one.isEmpty && one[0] <= two[0]
      merged += isFirst ? one + two : two + one
      if index < bounds.count { merged.append(bounds[index]) }
    }
    return merged
  }

  /// The names that a side adds, by gap: 0 is before the first name of the frame.
  private struct Gaps {
    var names: [Int: [String]] = [:]
    var positions: [String: Int] = [:]

    mutating func move(_ name: String, to gap: Int) {
      guard let old = positions[name] else { return }
      names[old]?.removeAll { $0 == name }
      names[gap, default: []].append(name)
      positions[name] = gap
    }
  }

  private static func gaps(_ names: [String], _ positions: [String: Int]) -> Gaps {
    var gaps = Gaps()
    var gap = 0
    for name in names {
      if let position = positions[name] {
        gap = position
      } else {
        gaps.names[gap, default: []].append(name)
        gaps.positions[name] = gap
      }
    }
    return gaps
  }

  /// The maximum number of names, which keeps the time acceptable to a person.
  private static let most = 300

  /// Returns a side's names, with missing names inserted after those that they follow in the base.
  private static func inserted(_ base: [String], into side: [String]) -> [String] {
    let present = Set(side)
    var missing: [String: [String]] = [:]
    var first: [String] = []
    var last: String?
    for name in base {
      if present.contains(name) {
        last = name
      } else if let last {
        missing[last, default: []].append(name)
      } else {
        first.append(name)
      }
    }
    return first + side.flatMap { [$0] + (missing[$0] ?? []) }
  }

  /// Returns the base's names with all swaps that a side has made; in the base's order if these
  /// contradict each other.
  private static func reordered(_ base: [String], _ sides: [[String]]) -> [String] {
    let changed = sides.filter { side in
      let present = Set(side)
      return side != base.filter(present.contains)
    }
    if changed.isEmpty { return base }
    if changed.count == 1 { return inserted(base, into: changed[0]) }
    guard base.count <= most else { return base }
    let ranks = changed.map { side in
      Dictionary(uniqueKeysWithValues: side.enumerated().map { ($1, $0) })
    }
    func isExchanged(_ first: String, _ second: String) -> Bool {
      ranks.contains { ranks in
        guard let one = ranks[first], let two = ranks[second] else { return false }
        return one > two
      }
    }
    var rest = base
    var ordered: [String] = []
    while !rest.isEmpty {
      let next = rest.indices.first { index in
        !rest.indices.contains { other in
          other < index
            ? !isExchanged(rest[other], rest[index])
            : other > index && isExchanged(rest[index], rest[other])
        }
      }
      guard let next else { return base }
      ordered.append(rest.remove(at: next))
    }
    return ordered
  }
}
