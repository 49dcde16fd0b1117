internal import PoseRig
internal import SceneFiles

/// Reads the file of a naming scheme, and reports every unusable entry.
struct BoneSchemeReader {
  /// The keys of a scheme's file.
  static let keys = ["$schema", "name", "description", "order", "sides", "prefixes", "bones"]
  /// The range of `"order"`.
  static let orders = 0...9999

  private let whole: ObjectReader
  private let file: String
  private let log: DiagnosticLog

  /// Reads a scheme from a file's bytes; nil, with the reasons in `log`, if it is invalid.
  static func read(_ bytes: [UInt8], file: String, log: DiagnosticLog) -> BoneScheme? {
    let own = DiagnosticLog()
    defer { for diagnostic in own.diagnostics { log.add(diagnostic) } }
    guard
      let whole = ObjectReader(
        parsing: bytes, "a bone scheme", allowed: keys, file: file, log: own)
    else { return nil }
    let scheme = BoneSchemeReader(whole: whole, file: file, log: own).scheme()
    return own.hasErrors ? nil : scheme
  }

  private func scheme() -> BoneScheme {
    let name = whole.string("name") ?? ""
    if name.isEmpty {
      whole.error(.missingKey, "name", "\"name\" must say what the scheme is called")
    }
    if !whole.has("order") {
      whole.error(
        .missingKey, "order", "\"order\" is missing: schemes of a lower order win where several fit"
      )
    }
    let sides = self.sides()
    return BoneScheme(
      name: name, order: whole.whole("order", in: Self.orders) ?? 0,
      prefixes: whole.words("prefixes"), bones: bones(sides))
  }

  // MARK: Sides

  /// A pair of texts that converts the name of a left bone to the right bone's.
  private struct SideMark {
    var left: String
    var right: String
    var location: TextLocation
  }

  private func sides() -> [SideMark] {
    guard let node = whole.node("sides") else { return [] }
    let form = "\"sides\" must be a list of pairs: [[\"Left\", \"Right\"]]"
    guard let items = node.items else {
      whole.error(.wrongType, "sides", "\(form), not \(node.kind)")
      return []
    }
    return items.compactMap { item in
      let pair = (item.items ?? []).compactMap(\.text)
      guard pair.count == 2, item.items?.count == 2, pair[0] != pair[1], !pair.contains("") else {
        log.error(.wrongType, file, item.location, form)
        return nil
      }
      return SideMark(left: pair[0], right: pair[1], location: item.location)
    }
  }

  // MARK: Bones

  private func bones(_ sides: [SideMark]) -> [BoneScheme.Entry] {
    guard let node = whole.node("bones") else {
      whole.error(
        .missingKey, "bones", "\"bones\" is missing: {\"bones\": {\"hips\": \"Hips\", …}}")
      return []
    }
    guard
      let reader = ObjectReader(
        node, "\"bones\"", keyKind: "joint", allowed: JointName.allCases.map(\.rawValue),
        allowedText: JointName.allNamesInShort, file: file, log: log)
    else { return [] }
    if node.members.isEmpty {
      whole.error(.missingKey, "bones", "\"bones\" is empty; name at least one joint")
    }
    var names: [JointName: [String]] = [:]
    var used: Set<String> = []
    for joint in JointName.allCases {
      let own = self.names(of: joint, reader)
      guard !own.isEmpty else { continue }
      names[joint] = own
      guard joint.side == .left else { continue }
      names[joint.mirrored] = opposites(of: own, joint, sides, reader, &used)
    }
    for mark in sides where !used.contains(mark.left) && !names.isEmpty {
      log.error(
        .noEffect, file, mark.location, "no left bone's name has \"\(mark.left)\" as its first mark"
      )
    }
    let bones = JointName.allCases.compactMap { joint in
      names[joint].map { BoneScheme.Entry(joint: joint, names: $0) }
    }
    reportDoubled(bones, reader)
    return bones
  }

  /// Returns the names of the right joint that correspond to those of a left one; nil if those have
  /// no side mark and the right joint has names of its own.
  private func opposites(
    of names: [String], _ joint: JointName, _ sides: [SideMark], _ reader: ObjectReader,
    _ used: inout Set<String>
  ) -> [String]? {
    let opposite = joint.mirrored
    var others: [String] = []
    for name in names {
      if let mark = sides.first(where: { name.contains($0.left) }) {
        used.insert(mark.left)
        others.append(name.replacingFirst(mark.left, with: mark.right))
      } else if !reader.has(opposite.rawValue) {
        reader.error(
          .missingKey, joint.rawValue,
          "\"\(name)\" has none of the marks in \"sides\"; add one, or name \(opposite.rawValue) too"
        )
      }
    }
    guard !others.isEmpty else { return nil }
    if reader.has(opposite.rawValue) {
      reader.error(
        .duplicate, opposite.rawValue,
        "\(opposite.rawValue) is given twice: it follows from \(joint.rawValue) and \"sides\"")
    }
    return others
  }

  /// Returns the names of a joint's bone: one, or a list of them.
  private func names(of joint: JointName, _ reader: ObjectReader) -> [String] {
    let key = joint.rawValue
    var names: [String] = []
    if let items = reader.node(key)?.items {
      names = items.compactMap(\.text)
      if names.count < items.count || names.isEmpty {
        reader.error(.wrongType, key, "\"\(key)\" must be a name, or a list of names")
        return []
      }
    } else {
      guard let name = reader.string(key) else { return [] }
      names = [name]
    }
    for name in names where BoneKey.letters(name).isEmpty {
      reader.error(.invalidValue, key, "\(key) must be a name with letters or digits")
      return []
    }
    return names
  }

  /// Reports joints with bone names that matching cannot distinguish. A left and a right bone can
  /// share a name, since the bones that carry them differ.
  private func reportDoubled(_ bones: [BoneScheme.Entry], _ reader: ObjectReader) {
    var joints: [String: JointName] = [:]
    for entry in bones {
      for name in entry.names {
        let key = BoneKey(name, prefixes: []).readings[0]
        guard let other = joints[key] else {
          joints[key] = entry.joint
          continue
        }
        if other == entry.joint.mirrored, other != entry.joint { continue }
        let written = reader.has(entry.joint.rawValue) ? entry.joint : entry.joint.mirrored
        reader.error(
          .duplicate, written.rawValue,
          other == entry.joint
            ? "\(other.rawValue) is called \"\(name)\" twice"
            : "\(other.rawValue) and \(entry.joint.rawValue) are both called \"\(name)\"")
      }
    }
  }
}

extension ObjectReader {
  /// Returns a list of words in lower-case letters and digits; empty without the key.
  func words(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    return words(node, "\"\(key)\"")
  }

  /// Returns the words of a value that messages call `name`.
  func words(_ node: JSONNode, _ name: String) -> [String] {
    guard let items = node.items else {
      log.error(
        .wrongType, file, node.location, "\(name) must be a list of words, not \(node.kind)")
      return []
    }
    var words: [String] = []
    for item in items {
      if let word = item.text, !word.isEmpty, word == BoneKey.letters(word) {
        if words.contains(word) {
          log.error(.duplicate, file, item.location, "\"\(word)\" is twice in \(name)")
        } else {
          words.append(word)
        }
      } else {
        log.error(
          .invalidValue, file, item.location,
          "\(name) must hold words in lowercase letters and digits only")
      }
    }
    return words
  }
}

extension String {
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
