/// The characters and props that a side has renamed. They keep their identity: the other side's
/// changes to them are applied under the new name.
struct ItemNames {
  /// The renames of one type of item by each side, as new ids by old ones.
  private struct Renames {
    var ours: [String: String] = [:]
    var theirs: [String: String] = [:]

    subscript(side: MergeSide) -> [String: String] {
      switch side {
      case .base: [:]
      case .ours: ours
      case .theirs: theirs
      }
    }
  }

  private var characters = Renames()
  private var props = Renames()

  /// Creates a value without renames.
  init() {}

  /// Finds the renamed items in a scene.
  init(_ base: JSONValue, _ ours: JSONValue, _ theirs: JSONValue) {
    func renames(_ key: String, _ shape: MergeShape) -> Renames {
      func items(_ scene: JSONValue) -> [(name: String, value: JSONValue)] {
        (scene.members?[key]?.items ?? []).compactMap { item in
          shape.name(of: item).map { ($0, item) }
        }
      }
      let (old, one, two) = (items(base), items(ours), items(theirs))
      var renames = Renames(
        ours: Self.renames(from: old, to: one, beside: two),
        theirs: Self.renames(from: old, to: two, beside: one))
      // A rename that one side reveals holds for the other side too, however much it changed the
      // item.
      let (ours, theirs) = (renames.ours, renames.theirs)
      renames.ours.merge(Self.shared(theirs, old, one)) { own, _ in own }
      renames.theirs.merge(Self.shared(ours, old, two)) { own, _ in own }
      return renames
    }
    characters = renames("characters", .characters)
    props = renames("props", .props)
  }

  /// Returns the name that an item of a side had in the base.
  func original(_ name: String, in side: MergeSide, of shape: MergeShape) -> String {
    guard let renames = renames(of: shape)?[side] else { return name }
    return renames.first { $0.value == name }?.key ?? name
  }

  private func renames(of shape: MergeShape) -> Renames? {
    switch shape {
    case .characters: characters
    case .props: props
    default: nil
    }
  }

  /// Returns a version of a scene with references to renamed items updated.
  ///
  /// Items that both sides renamed differently are left alone, since they are a conflict.
  func updated(_ scene: JSONValue, _ side: MergeSide) -> JSONValue {
    let (people, things) = (news(of: characters, for: side), news(of: props, for: side))
    if people.isEmpty && things.isEmpty { return scene }
    return SceneReferences.mapped(scene) { reference in
      switch reference {
      case .character(let id): people[id.lowercased()]
      case .prop(let id): things[id]
      }
    }
  }

  private func news(of renames: Renames, for side: MergeSide) -> [String: String] {
    func without(_ own: [String: String], _ others: [String: String]) -> [String: String] {
      own.filter { others[$0.key] == nil }
    }
    switch side {
    case .ours: return without(renames.theirs, renames.ours)
    case .theirs: return without(renames.ours, renames.theirs)
    case .base:
      return renames.ours.merging(renames.theirs) { $1 }
        .filter { (renames.theirs[$0.key] ?? $0.value) == (renames.ours[$0.key] ?? $0.value) }
    }
  }

  // MARK: Finding

  /// The smallest share of an item that must be unchanged for another id to be its new name.
  private static let likeness = 0.6

  /// Returns those renames of one side that another side's items permit too.
  private static func shared(
    _ renames: [String: String], _ old: [(name: String, value: JSONValue)],
    _ new: [(name: String, value: JSONValue)]
  ) -> [String: String] {
    let (before, after) = (Set(old.map(\.name)), Set(new.map(\.name)))
    return renames.filter { after.contains($0.value) && !after.contains($0.key) }
      .filter { !before.contains($0.value) }
  }

  /// Returns the new names of items by their old ones.
  ///
  /// - Parameter other: the other side's items. In a repeated merge, an item might have been
  ///   changed as well as renamed, and be similar only to the other side's version of it.
  private static func renames(
    from old: [(name: String, value: JSONValue)], to new: [(name: String, value: JSONValue)],
    beside other: [(name: String, value: JSONValue)]
  ) -> [String: String] {
    let (before, after) = (Set(old.map(\.name)), Set(new.map(\.name)))
    let gone = old.filter { !after.contains($0.name) }
    let came = new.filter { !before.contains($0.name) }
    // Limit the comparisons, to keep the time acceptable to a person.
    guard gone.count * came.count <= 10_000 else { return [:] }
    let others = Set(other.map(\.name))
    var pairs = gone.flatMap { one in
      let versions = [one.value] + other.filter { $0.name == one.name }.map(\.value)
      return came.map { item in
        let score = versions.map { ValueLikeness.share($0, item.value) }.max() ?? 0
        // A name that is new on both sides is more likely than one that is new on only one side.
        return (
          old: one.name, new: item.name, score: score + (others.contains(item.name) ? 1 : 0)
        )
      }
    }.filter { pair in
      // If the other side has both names, the new item was added.
      pair.score >= likeness && !(others.contains(pair.new) && others.contains(pair.old))
    }
    var renames: [String: String] = [:]
    while let best = pairs.map(\.score).max() {
      let first = pairs.filter { $0.score == best }
      // If two candidates are equally similar, the rename is ambiguous.
      let sure = first.filter { pair in
        first.count { $0.old == pair.old } == 1 && first.count { $0.new == pair.new } == 1
      }
      for pair in sure { renames[pair.old] = pair.new }
      pairs.removeAll { pair in
        first.contains { $0.old == pair.old || $0.new == pair.new }
      }
    }
    return renames
  }
}
