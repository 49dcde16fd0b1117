/// A version of a file that is merged.
public enum MergeSide: String, Hashable, Sendable, CaseIterable {
  /// The version that both others come from.
  case base
  /// The version that is merged into; git's `%A`.
  case ours
  /// The version that is merged; git's `%B`.
  case theirs
}

/// A value of which both sides made something else.
struct ConflictLeaf {
  var path: MergePath
  /// The three versions; nil for those that do not have the value.
  var base: JSONValue?
  var ours: JSONValue?
  var theirs: JSONValue?
  /// The path that makes several leaves one conflict, decided as a whole; nil for one by itself.
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

/// The result of merging a value: as a tree, in which conflicts are leaves.
indirect enum MergedNode {
  /// A value that all agree on, or one side alone changed.
  case value(JSONValue)
  /// An object, member by member.
  case object([Member], vanishes: Bool)
  /// A list, item by item.
  case list([MergedNode], vanishes: Bool)
  /// Both sides have changed it.
  case conflict(ConflictLeaf)
  /// An item that one side alone removed, while the other left it as it was.
  case removed(ConflictLeaf)

  struct Member {
    var key: String
    var node: MergedNode
  }

  /// Returns the value with a version for each conflict; nil where that version has none.
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

  /// The conflicts in it, in order.
  var leaves: [ConflictLeaf] {
    switch self {
    case .value, .removed: []
    case .conflict(let leaf): [leaf]
    case .object(let members, _): members.flatMap(\.node.leaves)
    case .list(let items, _): items.flatMap(\.leaves)
    }
  }

  /// Returns the tree with removed items that `need` gives a reason for as conflicts.
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
