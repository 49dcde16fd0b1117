/// Merges the values of three versions, from the whole file down to indivisible values.
struct ValueMerge {
  /// The three versions of a value; nil for those without the value.
  struct Versions {
    var base: JSONValue?
    var ours: JSONValue?
    var theirs: JSONValue?

    /// Returns the versions of a part of it.
    func map(_ transform: (JSONValue) -> JSONValue?) -> Versions {
      Versions(
        base: base.flatMap(transform), ours: ours.flatMap(transform),
        theirs: theirs.flatMap(transform))
    }

    /// The versions that exist.
    var present: [JSONValue] { [base, ours, theirs].compactMap(\.self) }
  }

  /// The names of list items in each version, for items that one side renamed.
  let names: ItemNames

  /// Returns the merged value; nil if it was removed.
  func merge(_ versions: Versions, at path: MergePath, as shape: MergeShape) -> MergedNode? {
    let (base, ours, theirs) = (versions.base, versions.ours, versions.theirs)
    if ours == theirs { return ours.map(MergedNode.value) }
    if !shape.isPointedTo {
      if theirs == base { return ours.map(MergedNode.value) }
      if ours == base { return theirs.map(MergedNode.value) }
    }
    let full = inFull(versions, shape)
    if full.present.allSatisfy(shape.isDivisible), isKept(full) || shape.isLoose {
      let vanishes = ours == nil || theirs == nil
      if let objects = Parts(full, of: \.members) {
        return merged(objects, vanishes, at: path, as: shape)
      }
      if let lists = Parts(full, of: \.items) {
        return merged(lists, vanishes, at: path, as: shape)
      }
    }
    if theirs == base { return ours.map(MergedNode.value) }
    if ours == base { return theirs.map(MergedNode.value) }
    return .conflict(ConflictLeaf(path: path, base: base, ours: ours, theirs: theirs))
  }

  private func isKept(_ versions: Versions) -> Bool {
    versions.ours != nil && versions.theirs != nil
  }

  /// Returns versions in the long form if only some of them are in a short form.
  private func inFull(_ versions: Versions, _ shape: MergeShape) -> Versions {
    let full = versions.map { shape.inFull($0) ?? $0 }
    let isMixed =
      versions.present.contains { shape.inFull($0) != nil }
      && versions.present.contains { shape.inFull($0) == nil && shape.isDivisible($0) }
    return isMixed ? full : versions
  }

  /// The members or items of all versions; empty for a version without the value.
  private struct Parts<Part> {
    var base: [Part]
    var ours: [Part]
    var theirs: [Part]

    /// Splits the versions into parts; nil if a version has another type.
    init?(_ versions: Versions, of parts: (JSONValue) -> [Part]?) {
      let all = [versions.base, versions.ours, versions.theirs].map { value in
        value.map(parts) ?? []
      }
      guard let base = all[0], let ours = all[1], let theirs = all[2] else { return nil }
      (self.base, self.ours, self.theirs) = (base, ours, theirs)
    }
  }

  // MARK: Objects

  private func merged(
    _ parts: Parts<JSONValue.Member>, _ vanishes: Bool, at path: MergePath, as shape: MergeShape
  ) -> MergedNode? {
    let keys = MergeOrder.merge(
      base: parts.base.map(\.key), ours: parts.ours.map(\.key), theirs: parts.theirs.map(\.key))
    let (base, ours, theirs) = (
      parts.base.byKey, parts.ours.byKey, parts.theirs.byKey
    )
    var members = keys.compactMap { key in
      merge(
        Versions(base: base[key], ours: ours[key], theirs: theirs[key]), at: path.key(key),
        as: shape.member(key)
      ).map { MergedNode.Member(key: key, node: $0) }
    }
    let conflictingKeys = MergeCoherence(shape).conflictingKeys(
      in: [.ours, .theirs].map { side in
        members.compactMap { member in
          member.node.value(side).map { JSONValue.Member(key: member.key, value: $0) }
        }
      }, of: [parts.ours, parts.theirs])
    if !conflictingKeys.isEmpty {
      members = keys.compactMap { key in
        guard conflictingKeys.contains(key), parts.ours[key] != parts.theirs[key] else {
          return members.first { $0.key == key }
        }
        return MergedNode.Member(
          key: key,
          node: .conflict(
            ConflictLeaf(
              path: path.key(key), base: parts.base[key], ours: parts.ours[key],
              theirs: parts.theirs[key], group: path)))
      }
    }
    return members.isEmpty && vanishes ? nil : .object(members, vanishes: vanishes)
  }

  // MARK: Lists

  private func merged(
    _ parts: Parts<JSONValue>, _ vanishes: Bool, at path: MergePath, as shape: MergeShape
  ) -> MergedNode? {
    let nodes = named(parts, at: path, as: shape) ?? aligned(parts, at: path, as: shape)
    return nodes.isEmpty && vanishes ? nil : .list(nodes, vanishes: vanishes)
  }

  /// Merges items that have names; nil if any have no name or share one.
  private func named(
    _ parts: Parts<JSONValue>, at path: MergePath, as shape: MergeShape
  ) -> [MergedNode]? {
    func byName(_ items: [JSONValue], _ side: MergeSide) -> (names: [String], [String: JSONValue])?
    {
      let names = items.compactMap { item in
        shape.name(of: item).map { self.names.original($0, in: side, of: shape) }
      }
      guard names.count == items.count, Set(names).count == names.count else { return nil }
      return (names, Dictionary(uniqueKeysWithValues: zip(names, items)))
    }
    guard let (oldNames, old) = byName(parts.base, .base),
      let (ourNames, ours) = byName(parts.ours, .ours),
      let (theirNames, theirs) = byName(parts.theirs, .theirs)
    else { return nil }
    return MergeOrder.merge(base: oldNames, ours: ourNames, theirs: theirNames).compactMap { name in
      let versions = Versions(base: old[name], ours: ours[name], theirs: theirs[name])
      let here = path.item(Self.identifier(versions) ?? name)
      if let merged = merge(versions, at: here, as: shape.item) { return merged }
      return isRemovedByOne(versions)
        ? .removed(
          ConflictLeaf(
            path: here, base: versions.base, ours: versions.ours, theirs: versions.theirs))
        : nil
    }
  }

  /// Returns the id of an item as a version spells it.
  private static func identifier(_ versions: Versions) -> String? {
    guard case .string(let id)? = versions.present.first?.members?["id"] else { return nil }
    return id
  }

  private func isRemovedByOne(_ versions: Versions) -> Bool {
    versions.base != nil && (versions.ours == nil) != (versions.theirs == nil)
  }

  /// Merges items without names by their content and position.
  private func aligned(
    _ parts: Parts<JSONValue>, at path: MergePath, as shape: MergeShape
  ) -> [MergedNode] {
    let ours = ItemAlignment(base: parts.base, side: parts.ours)
    let theirs = ItemAlignment(base: parts.base, side: parts.theirs)
    var nodes: [MergedNode] = []
    for index in 0...parts.base.count {
      nodes += added(
        ours.added[index].map { parts.ours[$0] }, theirs.added[index].map { parts.theirs[$0] },
        at: path.item(index < parts.base.count ? "before \(index + 1)" : "at the end"), as: shape)
      guard index < parts.base.count else { break }
      let versions = Versions(
        base: parts.base[index], ours: ours.indices[index].map { parts.ours[$0] },
        theirs: theirs.indices[index].map { parts.theirs[$0] })
      if let merged = merge(versions, at: path.index(index), as: shape.item) {
        nodes.append(merged)
      }
    }
    return nodes
  }

  /// Returns the items that both sides added to one gap: texts are all kept, but frames are
  /// moments, and only one of them can be the next.
  private func added(
    _ ours: [JSONValue], _ theirs: [JSONValue], at path: MergePath, as shape: MergeShape
  ) -> [MergedNode] {
    if ours == theirs || theirs.isEmpty { return ours.map(MergedNode.value) }
    if ours.isEmpty { return theirs.map(MergedNode.value) }
    if let one = Self.texts(ours), let two = Self.texts(theirs) {
      return MergeOrder.interleaved(one, two).map { .value(.string($0)) }
    }
    return ours.map {
      .conflict(ConflictLeaf(path: path, base: nil, ours: $0, theirs: nil, group: path))
    }
      + theirs.map {
        .conflict(ConflictLeaf(path: path, base: nil, ours: nil, theirs: $0, group: path))
      }
  }

  private static func texts(_ items: [JSONValue]) -> [String]? {
    let texts = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return texts.count == items.count ? texts : nil
  }
}

extension JSONValue {
  /// The members of an object; nil for another value.
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  /// The items of a list; nil for another value.
  var items: [JSONValue]? { if case .list(let items) = self { items } else { nil } }
}
