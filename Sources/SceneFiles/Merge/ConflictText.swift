/// The text of a merged file with git's conflict markers around exactly the lines that differ.
struct ConflictText {
  private let tree: MergedNode
  private let markers: ConflictMarkers
  private(set) var lines: [String] = []
  /// The line numbers, from 1, where conflicts begin.
  private(set) var conflictLines: [Int] = []

  init(_ tree: MergedNode, _ markers: ConflictMarkers) {
    self.tree = tree
    self.markers = markers
    let ours = MarkedLines(tree, .ours).lines
    let theirs = MarkedLines(tree, .theirs).lines
    // The base matters only if it is shown.
    let base = markers.style == .merge ? nil : MarkedLines(tree, .base).lines
    write(ours, theirs, base)
  }

  private typealias Lines = ArraySlice<MarkedLines.Line>

  private mutating func write(
    _ ours: [MarkedLines.Line], _ theirs: [MarkedLines.Line], _ base: [MarkedLines.Line]?
  ) {
    let indices = Self.indices(theirs)
    let baseIndices = base.map(Self.indices)
    var (i, j, k) = (0, 0, 0)
    for (index, line) in ours.enumerated() where index >= i {
      guard let other = indices[line.mark], other >= j, theirs[other] == line else { continue }
      var third = k
      if let base, let baseIndices {
        guard let found = baseIndices[line.mark], found >= k, base[found] == line else { continue }
        third = found
      }
      writeConflict(ours[i..<index], theirs[j..<other], base?[k..<third])
      lines.append(line.text)
      (i, j, k) = (index + 1, other + 1, third + 1)
    }
    writeConflict(ours[i...], theirs[j...], base?[k...])
  }

  private static func indices(_ lines: [MarkedLines.Line]) -> [String: Int] {
    Dictionary(lines.enumerated().map { ($1.mark, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func writeConflict(_ ours: Lines, _ theirs: Lines, _ base: Lines?) {
    var (one, two) = (ours.map(\.text), theirs.map(\.text))
    if one == two {
      lines += one
      return
    }
    var after: [String] = []
    if markers.style == .zdiff3 {
      let before = zip(one, two).prefix { $0 == $1 }.count
      lines += one.prefix(before)
      (one, two) = (Array(one.dropFirst(before)), Array(two.dropFirst(before)))
      let count = zip(one.reversed(), two.reversed()).prefix { $0 == $1 }.count
      after = Array(one.suffix(count))
      (one, two) = (one.dropLast(count), two.dropLast(count))
    }
    conflictLines.append(lines.count + 1)
    lines.append(markers.line("<", markers.ours))
    lines += one
    if let base {
      lines.append(markers.line("|", markers.base))
      lines += base.map(\.text)
    }
    lines.append(markers.line("="))
    lines += two
    lines.append(markers.line(">", markers.theirs))
    lines += after
  }
}
