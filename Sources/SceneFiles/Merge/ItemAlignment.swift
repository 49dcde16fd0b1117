/// An alignment of a list without ids in one side with the list in the base: frames of a clip,
/// texts of a prompt.
struct ItemAlignment {
  /// For each item of the base, its index in the side; nil if it was removed.
  var indices: [Int?]
  /// For each gap between the base's items (0 is before the first), the indices of added items.
  var added: [[Int]]

  /// Aligns a side with its base.
  ///
  /// Lists of equal length are aligned by index unless another alignment leaves fewer items
  /// changed: an edited frame is still the frame of its time, whatever it looks like.
  init(base baseItems: [JSONValue], side sideItems: [JSONValue]) {
    let base = baseItems.map { CanonicalLayout.inline($0) }
    let side = sideItems.map { CanonicalLayout.inline($0) }
    indices = Array(repeating: nil, count: base.count)
    added = Array(repeating: [], count: base.count + 1)
    let prefix = zip(base, side).prefix { $0 == $1 }.count
    let limit = min(base.count, side.count) - prefix
    let suffix = zip(base.reversed(), side.reversed()).prefix { $0 == $1 }.prefix(limit).count
    let (old, new) = (prefix..<(base.count - suffix), prefix..<(side.count - suffix))
    for index in 0..<prefix { indices[index] = index }
    for index in 0..<suffix { indices[base.count - 1 - index] = side.count - 1 - index }
    var matches = Self.matches(base, old, side, new)
    let changed = zip(old, new).count { base[$0] != side[$1] }
    if old.count == new.count, changed <= old.count - matches.count {
      matches = Array(zip(old, new))
    }
    var (from, to) = (prefix, prefix)
    for (index, other) in matches + [(old.upperBound, new.upperBound)] {
      pair(from..<index, to..<other) { Self.likeness(baseItems[$0], sideItems[$1]) }
      if index < old.upperBound { indices[index] = other }
      (from, to) = (index + 1, other + 1)
    }
  }

  /// Returns the share of two items that is equal, plus 1 for frames with equal names, since a copy
  /// of a frame can be more like the original than the edited frame itself.
  private static func likeness(_ one: JSONValue, _ other: JSONValue) -> Double {
    let share = ValueLikeness.share(one, other)
    guard case .object(let members) = one, case .object(let others) = other,
      let name = members.first(where: { $0.key == "name" })
    else { return share }
    return others.contains(name) ? 1 + share : share
  }

  /// Pairs removed and added items of a gap as changed ones: in order if the numbers are equal,
  /// otherwise the most similar ones.
  private mutating func pair(
    _ old: Range<Int>, _ new: Range<Int>, _ likeness: (Int, Int) -> Double
  ) {
    let pairs = old.count == new.count ? Array(zip(old, new)) : Self.alike(old, new, likeness)
    var (from, to) = (old.lowerBound, new.lowerBound)
    for (index, other) in pairs + [(old.upperBound, new.upperBound)] {
      added[from] += Array(to..<other)
      if index < old.upperBound { indices[index] = other }
      (from, to) = (index + 1, other + 1)
    }
  }

  /// The smallest share that must be equal for two items to count as one changed item.
  private static let leastLikeness = 0.25
  private static let mostLikenesses = 2500

  /// Returns the pairs, in order, with the largest total similarity.
  private static func alike(
    _ old: Range<Int>, _ new: Range<Int>, _ likeness: (Int, Int) -> Double
  ) -> [(Int, Int)] {
    guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostLikenesses else { return [] }
    let width = new.count + 1
    var scores = [Double](repeating: 0, count: (old.count + 1) * width)
    var isPair = [Bool](repeating: false, count: scores.count)
    for row in (0..<old.count).reversed() {
      for column in (0..<new.count).reversed() {
        let cell = row * width + column
        let share = likeness(old.lowerBound + row, new.lowerBound + column)
        let skipped = max(scores[cell + width], scores[cell + 1])
        let paired = share >= leastLikeness ? scores[cell + width + 1] + share : -1
        isPair[cell] = paired > skipped
        scores[cell] = max(paired, skipped)
      }
    }
    var pairs: [(Int, Int)] = []
    var (row, column) = (0, 0)
    while row < old.count, column < new.count {
      let cell = row * width + column
      if isPair[cell] {
        pairs.append((old.lowerBound + row, new.lowerBound + column))
        (row, column) = (row + 1, column + 1)
      } else if scores[cell + width] >= scores[cell + 1] {
        row += 1
      } else {
        column += 1
      }
    }
    return pairs
  }

  /// The maximum number of comparisons, which keeps the time acceptable to a person.
  private static let maximumWork = 4_000_000

  /// Returns the pairs of equal items of a longest common subsequence; empty for lists that are too
  /// long to compare.
  private static func matches(
    _ base: [String], _ old: Range<Int>, _ side: [String], _ new: Range<Int>
  ) -> [(Int, Int)] {
    guard !old.isEmpty, !new.isEmpty, old.count * new.count <= maximumWork else { return [] }
    var numbers: [String: Int] = [:]
    func number(_ text: String) -> Int {
      if let known = numbers[text] { return known }
      numbers[text] = numbers.count
      return numbers.count - 1
    }
    let (one, two) = (old.map { number(base[$0]) }, new.map { number(side[$0]) })
    let width = two.count + 1
    var lengths = [Int32](repeating: 0, count: (one.count + 1) * width)
    for row in one.indices.reversed() {
      for column in two.indices.reversed() {
        lengths[row * width + column] =
          one[row] == two[column]
          ? lengths[(row + 1) * width + column + 1] + 1
          : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var (row, column) = (0, 0)
    while row < one.count, column < two.count {
      if one[row] == two[column] {
        pairs.append((old.lowerBound + row, new.lowerBound + column))
        (row, column) = (row + 1, column + 1)
      } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        row += 1
      } else {
        column += 1
      }
    }
    return pairs
  }
}
