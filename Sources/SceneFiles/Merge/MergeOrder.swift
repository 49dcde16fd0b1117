/// The order of keys and items in a merge, whichever side is ours.
enum MergeOrder {
  /// Returns all names of three versions in one order.
  ///
  /// Two names that one side has exchanged stay exchanged; names that a side adds stay behind the
  /// one that they were put behind.
  static func merge(base: [String], ours: [String], theirs: [String]) -> [String] {
    if base == ours, base == theirs { return base }
    let known = Set(base)
    let frame = reordered(
      base, [ours.filter(known.contains), theirs.filter(known.contains)])
    let places = Dictionary(uniqueKeysWithValues: frame.enumerated().map { ($1, $0 + 1) })
    var (one, two) = (gaps(ours, places), gaps(theirs, places))
    // What both add at two different places stands at the earlier one.
    for name in one.places.keys.sorted() {
      guard let gap = one.places[name], let other = two.places[name], other != gap else { continue }
      if gap < other { two.move(name, to: gap) } else { one.move(name, to: other) }
    }
    var merged = interleaved(one.names[0] ?? [], two.names[0] ?? [])
    for (index, name) in frame.enumerated() {
      merged.append(name)
      merged += interleaved(one.names[index + 1] ?? [], two.names[index + 1] ?? [])
    }
    return merged
  }

  /// Returns what two sides added at one place: what they share once, and of the rest that first
  /// whose first name is first in the alphabet.
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

  /// The names that a side adds, by the gap they stand in: 0 is before the first of the frame.
  private struct Gaps {
    var names: [Int: [String]] = [:]
    var places: [String: Int] = [:]

    mutating func move(_ name: String, to gap: Int) {
      guard let old = places[name] else { return }
      names[old]?.removeAll { $0 == name }
      names[gap, default: []].append(name)
      places[name] = gap
    }
  }

  private static func gaps(_ names: [String], _ places: [String: Int]) -> Gaps {
    var gaps = Gaps()
    var gap = 0
    for name in names {
      if let place = places[name] {
        gap = place
      } else {
        gaps.names[gap, default: []].append(name)
        gaps.places[name] = gap
      }
    }
    return gaps
  }

  /// More names than this would take longer than a person waits.
  private static let most = 300

  /// Returns a side's names, with those that it lacks behind the ones that they stand behind.
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

  /// Returns the base's names with each two exchanged that a side has exchanged; as they are in the
  /// base where that contradicts itself.
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
