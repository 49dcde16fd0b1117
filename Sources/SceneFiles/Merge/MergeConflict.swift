/// A value that both sides changed differently, or that one side removed and the other one needs.
public struct MergeConflict: Sendable {
  /// The path of the value, with ids instead of indices: `characters[ana].pose.look`.
  public let path: String
  /// The conflict in one sentence, without a period: `ana: left elbow flexion 40 (ours) or 55
  /// (theirs), was 30`.
  public let sentence: String
  /// The range of numbers to choose from, from the smallest version to the largest; nil unless the
  /// value is a single number in every version.
  public let numbers: ClosedRange<Double>?

  let id: MergePath
}

/// A decision about a conflict.
public enum MergeChoice: Equatable, Sendable {
  /// One of the versions.
  case side(MergeSide)
  /// A number between those of the versions.
  case number(Double)
}

extension ConflictLeaf {
  /// The path that identifies the conflict; leaves that are decided together share it.
  var id: MergePath { group ?? path }

  /// Returns the value for a choice.
  func value(_ choice: MergeChoice) -> JSONValue? {
    switch choice {
    case .side(let side): value(side)
    case .number(let number): .number(number)
    }
  }
}

extension MergeConflict {
  /// Returns the conflicts of leaves, in order.
  static func all(of leaves: [ConflictLeaf]) -> [MergeConflict] {
    var ids: [MergePath] = []
    var groups: [MergePath: [ConflictLeaf]] = [:]
    for leaf in leaves {
      if groups[leaf.id] == nil { ids.append(leaf.id) }
      groups[leaf.id, default: []].append(leaf)
    }
    return ids.map { id in
      let own = groups[id] ?? []
      return MergeConflict(
        path: id.description, sentence: ConflictWords.sentence(own), numbers: numbers(own), id: id)
    }
  }

  private static func numbers(_ leaves: [ConflictLeaf]) -> ClosedRange<Double>? {
    guard leaves.count == 1, let leaf = leaves.first, case .number(let ours)? = leaf.ours,
      case .number(let theirs)? = leaf.theirs
    else { return nil }
    var all = [ours, theirs]
    if case .number(let base)? = leaf.base { all.append(base) }
    return (all.min() ?? ours)...(all.max() ?? ours)
  }
}
