/// Differences between texts line by line, as `git diff` shows them.
enum UnifiedDiff {
  /// The number of unchanged lines to show around a change.
  private static let context = 3

  /// The number of changed lines above which the texts have too little in common for a readable
  /// comparison.
  private static let mostChanges = 600

  /// The number of lines above which a text is not compared line by line.
  private static let mostLines = 100_000

  /// A line of both texts, or of one of them.
  private enum Line {
    case both(Substring)
    case removed(Substring)
    case added(Substring)
  }

  /// Returns the difference between two states of a file; empty if they are equal.
  static func text(from before: String?, to after: String?, name: String) -> String {
    if before == after { return "" }
    let title =
      "--- \(before == nil ? "/dev/null" : "a/\(name)")\n"
      + "+++ \(after == nil ? "/dev/null" : "b/\(name)")\n"
    let count = max(lineCount(before ?? ""), lineCount(after ?? ""))
    guard count <= mostLines else { return title + "\\ \(count) lines are too many to show\n" }
    let all = script(lines(before ?? ""), lines(after ?? ""))
    return title + hunks(all).map { text(of: $0, in: all) }.joined()
  }

  private static func lineCount(_ text: String) -> Int {
    text.utf8.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: Finding

  /// Returns the shortest edit script from one list of lines to the other (Myers, *An O(ND)
  /// Difference Algorithm and Its Variations*, 1986).
  private static func script(_ old: [Substring], _ new: [Substring]) -> [Line] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let one = Array(old[start..<(old.count - end)])
    let other = Array(new[start..<(new.count - end)])
    return old[..<start].map(Line.both) + middle(one, other)
      + old[(old.count - end)...].map(Line.both)
  }

  private static func middle(_ old: [Substring], _ new: [Substring]) -> [Line] {
    let reach = min(old.count + new.count, mostChanges)
    var ends = [Int](repeating: 0, count: 2 * reach + 2)
    // Keep only the diagonals of each step: keeping all would take gigabytes for long texts.
    var trail: [[Int]] = []
    for step in 0...reach {
      trail.append(Array(ends[reach - step...reach + step]))
      for diagonal in stride(from: -step, through: step, by: 2) {
        let goesDown =
          diagonal == -step
          || (diagonal != step && ends[reach + diagonal - 1] < ends[reach + diagonal + 1])
        var x = goesDown ? ends[reach + diagonal + 1] : ends[reach + diagonal - 1] + 1
        while x < old.count, x - diagonal < new.count, old[x] == new[x - diagonal] { x += 1 }
        ends[reach + diagonal] = x
        if x >= old.count, x - diagonal >= new.count {
          return walk(back: trail, old, new)
        }
      }
    }
    return old.map(Line.removed) + new.map(Line.added)
  }

  private static func walk(
    back trail: [[Int]], _ old: [Substring], _ new: [Substring]
  ) -> [Line] {
    var lines: [Line] = []
    var (x, y) = (old.count, new.count)
    for (step, ends) in trail.enumerated().reversed() {
      let diagonal = x - y
      let goesDown =
        diagonal == -step
        || (diagonal != step && ends[step + diagonal - 1] < ends[step + diagonal + 1])
      let before = goesDown ? diagonal + 1 : diagonal - 1
      let startX = step == 0 ? 0 : ends[step + before]
      let startY = step == 0 ? 0 : startX - before
      while x > startX, y > startY {
        (x, y) = (x - 1, y - 1)
        lines.append(.both(old[x]))
      }
      if step == 0 { break }
      if goesDown {
        y -= 1
        lines.append(.added(new[y]))
      } else {
        x -= 1
        lines.append(.removed(old[x]))
      }
    }
    return lines.reversed()
  }

  // MARK: Showing

  /// Returns the ranges of lines that are shown together.
  private static func hunks(_ lines: [Line]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      if case .both = line { continue }
      let range = max(index - context, 0)..<min(index + context + 1, lines.count)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func text(of hunk: Range<Int>, in lines: [Line]) -> String {
    func counts(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
      lines.reduce((0, 0)) { sum, line in
        switch line {
        case .both: (sum.0 + 1, sum.1 + 1)
        case .removed: (sum.0 + 1, sum.1)
        case .added: (sum.0, sum.1 + 1)
        }
      }
    }
    func range(_ before: Int, _ count: Int) -> String {
      let first = count == 0 ? before : before + 1
      return count == 1 ? "\(first)" : "\(first),\(count)"
    }
    let (before, own) = (counts(lines[..<hunk.lowerBound]), counts(lines[hunk]))
    var text = "@@ -\(range(before.old, own.old)) +\(range(before.new, own.new)) @@\n"
    for line in lines[hunk] {
      switch line {
      case .both(let content): text += " \(content)\n"
      case .removed(let content): text += "-\(content)\n"
      case .added(let content): text += "+\(content)\n"
      }
    }
    return text
  }
}
