/// One of the versions in a merge.
public enum MergeSide: String, Hashable, Sendable, CaseIterable {
  /// The common ancestor.
  case base
  /// The version to merge into; git's `%A`.
  case ours
  /// The version to merge; git's `%B`.
  case theirs
}

/// A value that the two sides changed differently.
struct ConflictLeaf {
  var path: MergePath
  /// The three versions; nil for those without the value.
  var base: JSONValue?
  var ours: JSONValue?
  var theirs: JSONValue?
  /// The path that combines several leaves into one conflict, decided as a whole; nil for a single
  /// leaf.
  var group: MergePath?
  /// The reason in words why a removed item is needed.
  var need: String?

  func value(_ side: MergeSide) -> JSONValue? {
    switch side {
    case .base: base
    case .ours: ours
    case .theirs: theirs
    }
  }
}

/// The result of merging a value, as a tree with conflicts as leaves.
indirect enum MergedNode {
  /// A value on which all agree, or that only one side changed.
  case value(JSONValue)
  /// An object, member by member.
  case object([Member], vanishes: Bool)
  /// A list, item by item.
  case list([MergedNode], vanishes: Bool)
  /// A value that both sides have changed.
  case conflict(ConflictLeaf)
  /// An item that one side removed and the other left unchanged.
  case removed(ConflictLeaf)

  struct Member {
    var key: String
    var node: MergedNode
  }

  /// Returns the value with a version chosen for each conflict; nil if that version has no value.
  ///
  /// An empty list or object stays only if both sides have it (`vanishes`).
  func value(_ choose: (ConflictLeaf) -> JSONValue?) -> JSONValue? {
    switch self {
    case .value(let value): return value
    case .conflict(let leaf): return choose(leaf)
    case .removed: return nil
    case .object(let members, let vanishes):
      let values = members.compactMap { member in
        member.node.value(choose).map { JSONValue.Member(key: member.key, value: $0) }
      }
      return values.isEmpty && vanishes ? nil : .object(values)
    case .list(let items, let vanishes):
      let values = items.compactMap { $0.value(choose) }
      return values.isEmpty && vanishes ? nil : .list(values)
    }
  }

  func value(_ side: MergeSide) -> JSONValue? { value { $0.value(side) } }

  /// The conflicts in the tree, in order.
  var leaves: [ConflictLeaf] {
    switch self {
    case .value, .removed: []
    case .conflict(let leaf): [leaf]
    case .object(let members, _): members.flatMap(\.node.leaves)
    case .list(let items, _): items.flatMap(\.leaves)
    }
  }

  /// Returns the tree with those removed items as conflicts for which `need` returns a reason.
  func restoring(_ need: (ConflictLeaf) -> String?) -> MergedNode {
    switch self {
    case .value, .conflict: return self
    case .removed(var leaf):
      leaf.need = need(leaf)
      return leaf.need == nil ? self : .conflict(leaf)
    case .object(let members, let vanishes):
      return .object(
        members.map { Member(key: $0.key, node: $0.node.restoring(need)) }, vanishes: vanishes)
    case .list(let items, let vanishes):
      return .list(items.map { $0.restoring(need) }, vanishes: vanishes)
    }
  }
}
