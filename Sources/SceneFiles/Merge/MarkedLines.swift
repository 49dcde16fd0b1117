/// The lines of one version of a merged file, each with the value that it belongs to.
///
/// Two versions share a line if it belongs to the same value and has the same text. Lines that only
/// look alike, such as the brackets of two characters, are never confused.
struct MarkedLines {
  struct Line: Equatable {
    var text: String
    /// The value that begins or ends in the line; unique within a version.
    var mark: String
  }

  private(set) var lines: [Line] = []
  private var marks: [String?]
  private let starts: [Int]
  private let side: MergeSide

  /// Takes the lines of a version in the canonical layout.
  init(_ tree: MergedNode, _ side: MergeSide) {
    self.side = side
    let bytes = Array(CanonicalLayout.text(of: tree.value(side) ?? .object([])).utf8)
    starts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    let texts = bytes.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    )
    .map { String(decoding: $0, as: UTF8.self) }
    marks = Array(repeating: nil, count: texts.count)
    if let root = try? JSONParser.parse(bytes) { mark(root, tree, "", root.location.line) }
    var next = "end"
    var marked: [Line] = []
    for (text, mark) in zip(texts, marks).reversed() {
      // A blank line before a conflict is not part of it.
      let own = mark ?? next.replacing("#\(side.rawValue)", with: "") + "^"
      marked.append(Line(text: text, mark: own))
      next = own
    }
    lines = marked.reversed()
  }

  private mutating func set(_ line: Int, _ mark: String) {
    if marks[line - 1] == nil { marks[line - 1] = mark }
  }

  /// Marks the lines of a value that begins, or has a key that begins, in a line.
  private mutating func mark(_ node: JSONNode, _ tree: MergedNode?, _ name: String, _ line: Int) {
    set(line, name)
    switch node.value {
    case .object(let members):
      for member in members {
        let child = Self.member(member.key, of: tree)
        mark(
          member.node, child, "\(name).\(member.key)\(ending(child))", member.keyLocation.line)
      }
    case .array(let items):
      let children = children(of: tree)
      for (index, item) in items.enumerated() {
        let child = children.indices.contains(index) ? children[index] : (index: index, node: nil)
        mark(item, child.node, "\(name)[\(child.index)]\(ending(child.node))", item.location.line)
      }
    default: return
    }
    set(self.line(at: node.range.upperBound - 1), name + "/")
  }

  /// Returns a suffix for lines in a conflict, which belong to one version even if they look alike.
  private func ending(_ node: MergedNode?) -> String {
    if case .conflict? = node { "#\(side.rawValue)" } else { "" }
  }

  private static func member(_ key: String, of tree: MergedNode?) -> MergedNode? {
    guard case .object(let members, _)? = tree else { return nil }
    return members.first { $0.key == key }?.node
  }

  /// Returns the tree's items that this version has, with their indices in the tree.
  private func children(of tree: MergedNode?) -> [(index: Int, node: MergedNode?)] {
    guard case .list(let items, _)? = tree else { return [] }
    return items.enumerated().filter { $0.element.value(side) != nil }
      .map { (index: $0.offset, node: $0.element) }
  }

  private func line(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}
