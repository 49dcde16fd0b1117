/// A three-way merge of pose, clip or scene files by their meaning.
///
/// ```swift
/// let base = Array(#"{"joints": {"leftLowerArm": {"flexion": 20}}}"#.utf8)
/// let ours = Array(#"{"joints": {"leftLowerArm": {"flexion": 30}}}"#.utf8)
/// let theirs = Array(#"{"joints": {"leftLowerArm": {"flexion": 40}}}"#.utf8)
/// let merge = try DocumentMerge(base: base, ours: ours, theirs: theirs, file: "wave.pose.json")
/// for conflict in merge.conflicts { print(conflict.sentence) }
/// let bytes = merge.bytes(ConflictMarkers())
/// ```
///
/// The result depends only on the three versions. A value that only one side changed, added or
/// removed is taken from that side; keys and items keep their order; the layout is canonical.
public struct DocumentMerge {
  /// The reason why versions cannot be merged by value.
  public struct Refusal: Error, Sendable {
    /// The version that cannot be read.
    public var side: MergeSide
    /// The error in it.
    public var diagnostic: Diagnostic
  }

  /// The values in conflict, from the top down.
  public let conflicts: [MergeConflict]
  /// Errors in the merged file that neither side has on its own: the values can be merged but are
  /// invalid together.
  public let faults: [Diagnostic]
  /// Whether the merge succeeded without conflicts and errors.
  public var isClean: Bool { conflicts.isEmpty && faults.isEmpty }

  private let tree: MergedNode
  private let form: TextForm
  /// The bytes of a side that is the complete result.
  private let whole: [UInt8]?

  /// Merges three versions of a file.
  ///
  /// - Parameters:
  ///   - base: the common ancestor; empty for a file that both sides added.
  ///   - file: the file's path, for messages.
  /// - Throws: ``Refusal`` for a version that is not JSON or not an object.
  public init(base: [UInt8], ours: [UInt8], theirs: [UInt8], file: String) throws(Refusal) {
    let hasBase = base.contains { !" \t\r\n".utf8.contains($0) }
    let old = hasBase ? try Self.read(base: base, file) : nil
    let (one, two) = (
      try Self.read(ours, .ours, file), try Self.read(theirs, .theirs, file)
    )
    form = TextForm(
      base: old == nil ? nil : TextForm(base), ours: TextForm(ours), theirs: TextForm(theirs))
    whole =
      ours == theirs || hasBase && theirs == base ? ours : hasBase && ours == base ? theirs : nil
    let kinds = [old, one, two].map { version in
      version.flatMap { FileKind(withKeys: Set(($0.members ?? []).map(\.key))) }
    }
    // Files of other programs must keep their layout.
    guard whole != nil || kinds.contains(where: { $0 != nil }) else {
      throw Refusal(
        side: .ours,
        diagnostic: Diagnostic(
          .error, .wrongKind, file: file, at: nil, "it is not a pose, clip, scene or bones file"))
    }
    tree = Self.tree(base: old ?? .object([]), ours: one, theirs: two, kinds.compactMap(\.self))
    conflicts = MergeConflict.all(of: tree.leaves)
    if conflicts.isEmpty, whole == nil {
      faults = MergeFaults.new(
        in: Array(CanonicalLayout.text(of: tree.value(.ours) ?? .object([])).utf8),
        beside: [ours, theirs], file: file)
    } else {
      faults = []
    }
  }

  /// Returns the file with markers around its conflicts.
  public func bytes(_ markers: ConflictMarkers) -> [UInt8] {
    if let whole { return whole }
    if conflicts.isEmpty { return form.bytes(text { $0.ours }) }
    return form.bytes(ConflictText(tree, markers).lines)
  }

  /// Returns the file with a decision for each conflict, in order.
  ///
  /// - Precondition: there are as many choices as conflicts.
  public func bytes(choosing choices: [MergeChoice]) -> [UInt8] {
    precondition(choices.count == conflicts.count, "DocumentMerge: a choice for each conflict")
    let chosen = Dictionary(uniqueKeysWithValues: zip(conflicts.map(\.id), choices))
    return form.bytes(text { leaf in leaf.value(chosen[leaf.id] ?? .side(.ours)) })
  }

  /// Returns the file with one side's version of every conflict.
  public func bytes(preferring side: MergeSide) -> [UInt8] {
    bytes(choosing: conflicts.map { _ in .side(side) })
  }

  private func text(_ choose: (ConflictLeaf) -> JSONValue?) -> String {
    CanonicalLayout.text(of: tree.value(choose) ?? .object([]))
  }

  // MARK: Making

  /// Returns the base; if it is itself a merge with conflicts, only its undisputed values.
  private static func read(base: [UInt8], _ file: String) throws(Refusal) -> JSONValue {
    if let (one, two) = UndecidedBase.sides(of: base),
      let ours = try? read(one, .base, file), let theirs = try? read(two, .base, file)
    {
      return UndecidedBase.common(ours, theirs)
    }
    return try read(base, .base, file)
  }

  /// Returns a version in the canonical form: numbers rounded, keys in order.
  private static func read(
    _ bytes: [UInt8], _ side: MergeSide, _ file: String
  ) throws(Refusal) -> JSONValue {
    do throws(Diagnostic) {
      let document = try Document(bytes, file: file)
      guard case .object = document.root.value else {
        throw Diagnostic(
          .error, .wrongType, file: file, at: document.root.location,
          "the file must be an object in { }, not \(document.root.kind)")
      }
      let value = JSONValue(document.root)
      let text = Array(CanonicalLayout.text(of: value).utf8)
      return text == bytes ? value : JSONValue(try Document(text, file: file).root)
    } catch {
      throw Refusal(side: side, diagnostic: error)
    }
  }

  private static func tree(
    base: JSONValue, ours: JSONValue, theirs: JSONValue, _ kinds: [FileKind]
  ) -> MergedNode {
    // A version that is empty, or has only a name, has no type.
    let kind = kinds.allSatisfy { $0 == kinds[0] } ? kinds.first : nil
    let names = kind == .scene ? ItemNames(base, ours, theirs) : ItemNames()
    let versions = ValueMerge.Versions(
      base: names.updated(base, .base), ours: names.updated(ours, .ours),
      theirs: names.updated(theirs, .theirs))
    let merged =
      ValueMerge(names: names).merge(versions, at: MergePath(), as: MergeShape(kind))
      ?? .object([], vanishes: false)
    return kind == .scene ? MergeNeeds.kept(in: merged) : merged
  }
}
