internal import PoseRig

/// Describes conflicts in an artist's words.
enum ConflictWords {
  /// Returns a sentence about a conflict's leaves; several leaves are keys of one object.
  static func sentence(_ leaves: [ConflictLeaf]) -> String {
    guard let first = leaves.first else { return "" }
    let path = PathWords(leaves.count == 1 ? first.path : first.id)
    let base = words(leaves, .base)
    let ours = words(leaves, .ours) ?? missing(base)
    let theirs = words(leaves, .theirs) ?? missing(base)
    let subject = path.subject.map { "\($0): " } ?? ""
    let thing = path.thing.isEmpty ? "" : "\(path.thing) "
    var sentence = "\(subject)\(thing)"
    if isWhole(first) {
      sentence += "\(changed(first, .ours)) (ours) or \(changed(first, .theirs)) (theirs)"
    } else {
      sentence += "\(ours) (ours) or \(theirs) (theirs)" + (base.map { ", was \($0)" } ?? "")
    }
    return sentence + (first.need.map { "; \($0)" } ?? "")
  }

  private static func missing(_ base: String?) -> String { base == nil ? "none" : "removed" }

  /// Returns whether a conflict is about a character, a prop or a frame that one side removed.
  private static func isWhole(_ leaf: ConflictLeaf) -> Bool {
    guard let step = leaf.path.steps.last, leaf.group == nil, leaf.base != nil else { return false }
    if case .key = step { return false }
    return leaf.ours == nil || leaf.theirs == nil
  }

  private static func changed(_ leaf: ConflictLeaf, _ side: MergeSide) -> String {
    guard let value = leaf.value(side) else { return "removed" }
    guard let base = leaf.base, value != base else { return "kept" }
    let keys = changes(from: base, to: value, leaf.path).prefix(4)
    return keys.isEmpty ? "changed" : "changed in \(keys.joined(separator: ", "))"
  }

  /// Describes the parts of a value that a side changed.
  private static func changes(
    from base: JSONValue, to value: JSONValue, _ path: MergePath
  ) -> [String] {
    guard case .object(let old) = base, case .object(let new) = value else {
      let thing = PathWords(path).thing
      return thing.isEmpty ? [] : [thing]
    }
    let keys = new.map(\.key) + old.map(\.key).filter { new[$0] == nil }
    return keys.filter { old[$0] != new[$0] }.flatMap { key in
      changes(from: old[key] ?? .null, to: new[key] ?? .null, path.key(key))
    }
  }

  // MARK: Values

  /// Describes a version of a conflict; nil if that version has no value.
  private static func words(_ leaves: [ConflictLeaf], _ side: MergeSide) -> String? {
    // For things that both sides added in one position, the number says more than the text.
    if leaves.allSatisfy({ $0.path == $0.group }) {
      let count = leaves.count { $0.value(side) != nil }
      return count == 0 ? nil : "\(count) added"
    }
    if leaves.count == 1 { return leaves[0].value(side).map(words) }
    let parts = leaves.compactMap { leaf -> String? in
      guard let value = leaf.value(side) else { return nil }
      guard case .key(let key)? = leaf.path.steps.last else { return words(value) }
      return "\(key) \(words(value))"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static let longest = 60

  private static func words(_ value: JSONValue) -> String {
    let line: String
    switch value {
    case .number(let number): line = DecimalText.exact(number)
    case .object(let members)
    where !members.isEmpty && members.allSatisfy { AngleName(rawValue: $0.key) != nil }:
      line = members.map { "\($0.key) \(words($0.value))" }.joined(separator: ", ")
    case .object(let members) where members["quaternion"] != nil:
      line = "quaternion " + CanonicalLayout.inline(members["quaternion"] ?? .null)
    default: line = CanonicalLayout.inline(value)
    }
    return line.count <= longest ? line : line.prefix(longest) + "…"
  }
}

/// The path of a value in a scene, a pose or a clip, in an artist's words.
struct PathWords {
  /// The character, prop, frame or part of a scene; nil for a pose on its own.
  private(set) var subject: String?
  /// The single value: `left elbow flexion`.
  private(set) var thing = ""

  init(_ path: MergePath) {
    var steps = path.steps[...]
    switch (steps.first, steps.dropFirst().first) {
    case (.key("characters"), .item(let id)), (.key("props"), .item(let id)): subject = id
    case (.key("characters"), .index(let index)): subject = "character \(index + 1)"
    case (.key("props"), .index(let index)): subject = "prop \(index + 1)"
    case (.key("frames"), .index(let index)): subject = "frame \(index + 1)"
    case (.key("frames"), .item(let gap)): subject = "frames \(gap)"
    case (.key("camera"), _): subject = "camera"
    case (.key("cameras"), .key(let name)): subject = "camera \"\(name)\""
    case (.key("maps"), _): subject = "maps"
    default: break
    }
    if let subject { steps = steps.dropFirst(["camera", "maps"].contains(subject) ? 1 : 2) }
    if steps.first == .key("pose"), steps.count > 1 { steps = steps.dropFirst() }
    thing = Self.words(Array(steps))
  }

  private static func words(_ steps: [MergePath.Step]) -> String {
    switch (steps.first, steps.dropFirst().first) {
    case (.key("joints"), .key(let name)):
      let joint = JointName(rawValue: name)?.jointWords ?? name
      return ([joint] + steps.dropFirst(2).map(text)).joined(separator: " ")
    case (.key("reach"), .key(let name)):
      let limb = JointName(rawValue: name)?.partWords ?? name
      let rest = steps.dropFirst(2).map(text).filter { $0 != "at" }
      return (["\(limb)'s", rest.isEmpty ? "goal" : nil].compactMap(\.self) + rest)
        .joined(separator: " ")
    default:
      return steps.map(text).filter { $0 != "at" }.joined(separator: " ")
    }
  }

  private static func text(_ step: MergePath.Step) -> String {
    switch step {
    case .key(let key): key
    case .item(let name): name
    case .index(let index): "\(index + 1)"
    }
  }
}
