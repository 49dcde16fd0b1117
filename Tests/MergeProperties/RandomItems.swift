import SceneFiles

/// Additions, changes and removals of goals, characters, props, frames and texts.
extension RandomEdits {
  // MARK: Goals

  mutating func goal() -> RandomEdit? {
    guard document.kind != .clip, let (pose, owner) = poses.randomElement(using: &numbers),
      node(pose)?["file"] == nil
    else { return nil }
    let point: JSONValue = .numbers([number(-1...1), number(0...2), number(-1...1)])
    var needs = owner.map { Set([$0]) } ?? []
    var target = point
    if Bool.random(using: &numbers), let other = ids.randomElement(using: &numbers), other != owner,
      document.root["characters"]?.items?.contains(where: { $0["id"]?.text == other }) == true
    {
      target = .string("\(other).head")
      needs.insert(other)
    }
    if Bool.random(using: &numbers) {
      let way = pose.key("look")
      return RandomEdit(
        change: .set(way, target), way: way, needs: needs, kind: "gaze set")
    }
    let limbs = ["leftHand", "rightHand", "leftFoot", "rightFoot"]
    guard let limb = limbs.randomElement(using: &numbers) else { return nil }
    let way = pose.key("reach").key(limb)
    let value: JSONValue =
      Bool.random(using: &numbers) ? .members(["at": target, "pole": point]) : target
    return RandomEdit(
      change: .set(way, value), way: way, needs: needs, kind: "goal set")
  }

  // MARK: Removals

  /// Removes a joint, a goal, a character, a prop or a key.
  mutating func removal() -> RandomEdit? {
    let free: Set<String> = [
      "yaw", "roll", "proportions", "ground", "hands", "face", "name", "description", "prompt",
      "negative", "seed", "look",
    ]
    let candidates = (containers + values).filter { entry in
      switch (entry.way.steps.last, entry.way.steps.dropLast().last) {
      case (.item, .key("characters")), (.item, .key("props")), (.item, .key("prompt")),
        (.item, .key("frames")):
        siblings(entry.way) > 2
      case (.key, .key("joints")), (.key, .key("reach")), (.key, .key("maps")): true
      case (.key(let key), _): free.contains(key)
      default: false
      }
    }
    guard let (way, _) = candidates.randomElement(using: &numbers) else { return nil }
    let needs = owner(of: way).map { Set([$0]) } ?? []
    guard case .item(let id)? = way.steps.last, ids.contains(id) else {
      return RandomEdit(change: .remove(way), way: way, needs: needs, kind: "removal")
    }
    // Items that others refer to have to stay.
    let isNeeded =
      document.text.contains("\"\(id).") || document.text.contains(".\(id).")
      || document.text.components(of: "\"\(id)\"") > 1
    return isNeeded
      ? nil
      : RandomEdit(change: .remove(way), way: way, removes: id, kind: "item removed")
  }

  func siblings(_ way: Way) -> Int {
    node(Way(steps: way.steps.dropLast()))?.items?.count ?? 0
  }

  // MARK: Items

  mutating func character() -> RandomEdit? {
    let list = Way().key("characters")
    guard let items = node(list)?.items, let model = items.randomElement(using: &numbers),
      case .object(var members) = JSONValue(model)
    else { return nil }
    let id = unused("guest")
    members.removeAll { ["id", "pose", "position"].contains($0.key) }
    members.insert(.init(key: "id", value: .string(id)), at: 0)
    members.append(
      .init(key: "position", value: .numbers([number(-2...2), 0, number(-2...2)])))
    members.append(.init(key: "pose", value: .members(["joints": .object([])])))
    return insertion(of: .object(members), into: list, named: id, "character added")
  }

  mutating func prop() -> RandomEdit? {
    guard document.kind == .scene else { return nil }
    let id = unused("crate")
    let box: JSONValue = .members([
      "id": .string(id), "shape": .string("box"),
      "size": .numbers([number(0.1...1), number(0.1...1), number(0.1...1)]),
    ])
    return insertion(of: box, into: Way().key("props"), named: id, "prop added")
  }

  mutating func insertion(
    of value: JSONValue, into list: Way, named name: String, _ kind: String
  ) -> RandomEdit {
    let items = node(list)?.items ?? []
    let next = Int.random(in: 0...items.count, using: &numbers)
    let before = items.indices.contains(next) ? Way.name(of: items[next]) : nil
    return RandomEdit(
      change: .insert(list, value, before: before), way: list.item(name),
      needs: before.map { ids.contains($0) ? [$0] : [] } ?? [], kind: kind)
  }

  mutating func frame() -> RandomEdit? {
    guard document.kind == .clip, let items = node(Way().key("frames"))?.items,
      let model = items.randomElement(using: &numbers), case .object(var members) = JSONValue(model)
    else { return nil }
    let name = unused("frame")
    members.removeAll { $0.key == "name" }
    members.insert(.init(key: "name", value: .string(name)), at: 0)
    var edit = insertion(
      of: .object(members), into: Way().key("frames"), named: name, "frame added")
    // Two frames cannot both be the next one.
    edit.way = Way().key("frames").item("gap")
    return edit
  }

  mutating func text() -> RandomEdit? {
    guard document.kind == .scene else { return nil }
    let key = Bool.random(using: &numbers) ? "prompt" : "negative"
    let way = Way().key(key)
    guard case .array? = node(way)?.value else {
      guard node(way) == nil else { return nil }
      return RandomEdit(
        change: .set(way, .list([.string(unused("light"))])), way: way, kind: "prompt set")
    }
    let text = unused("light")
    return insertion(of: .string(text), into: way, named: text, "prompt extended")
  }

  mutating func setting() -> RandomEdit? {
    guard document.kind == .scene else { return nil }
    let settings: [(Way, JSONValue)] = [
      (Way().key("seed"), .int(Int.random(in: 1...9999, using: &numbers))),
      (Way().key("camera").key("roll"), .number(number(-20...20))),
      (
        Way().key("canvas"),
        .numbers([Double(64 * Int.random(in: 4...16, using: &numbers)), 1024])
      ),
      (Way().key("description"), .string(unused("A scene"))),
    ]
    guard let (way, value) = settings.randomElement(using: &numbers) else { return nil }
    if way.steps.first == .key("camera"), node(Way().key("camera")) == nil { return nil }
    return RandomEdit(change: .set(way, value), way: way, kind: "setting")
  }

  mutating func rename() -> RandomEdit? {
    // Search and replace would also change a body or a pose file with that name.
    let people = (document.root["characters"]?.items ?? []).compactMap { person in
      let others = [person["body"]?.text, person["pose"]?.text].compactMap(\.self)
      return person["id"]?.text.flatMap { id in
        others.contains { $0 == id || $0.hasPrefix(id + ".") } ? nil : id
      }
    }
    guard let id = people.randomElement(using: &numbers) else { return nil }
    return RandomEdit(
      change: .rename(id, to: unused("star")), way: Way().key("characters").item(id).key("id"),
      kind: "character renamed")
  }

  func node(_ way: Way) -> JSONNode? {
    way.path(in: document).flatMap { document.node(at: $0) }
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
