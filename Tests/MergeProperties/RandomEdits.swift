import PoseRig
import SceneFiles

/// All kinds of changes to a document, chosen at random.
struct RandomEdits<Numbers: RandomNumberGenerator> {
  let document: Document
  var numbers: Numbers
  var count = 0
  /// Objects and lists by location, and the single values.
  var containers: [(way: Way, node: JSONNode)] = []
  var values: [(way: Way, node: JSONNode)] = []
  var ids: [String] = []
  var poses: [(way: Way, owner: String?)] = []

  init(of document: Document, _ numbers: Numbers) {
    self.document = document
    self.numbers = numbers
    walk(document.root, Way())
    for list in ["characters", "props"] {
      ids += (document.root[list]?.items ?? []).compactMap { $0["id"]?.text }
    }
  }

  mutating func walk(_ node: JSONNode, _ way: Way) {
    switch node.value {
    case .object(let members):
      containers.append((way, node))
      if isPose(way) { poses.append((way, owner(of: way))) }
      for member in members where member.key != "$schema" {
        walk(member.node, way.key(member.key))
      }
    case .array(let items):
      if !isDirection(way), items.allSatisfy({ Way.name(of: $0) != nil }) {
        containers.append((way, node))
        for item in items { walk(item, way.item(Way.name(of: item) ?? "")) }
      } else {
        values.append((way, node))
      }
    default: values.append((way, node))
    }
  }

  /// Returns whether a list of words is one direction, which changes as a whole.
  func isDirection(_ way: Way) -> Bool {
    ["toward", "palm", "fingers"].contains { way.steps.last == .key($0) }
  }

  func isPose(_ way: Way) -> Bool {
    switch document.kind {
    case .pose: way.steps.isEmpty
    case .clip: way.steps.count == 2
    default: way.steps.last == .key("pose")
    }
  }

  func owner(of way: Way) -> String? {
    guard case .key("characters")? = way.steps.first, way.steps.count > 1,
      case .item(let id) = way.steps[1]
    else { return nil }
    return id
  }

  // MARK: Choosing

  /// Returns changes for one person: at most one of them adds an item to a list, since the order of
  /// two people's additions in one position is undefined.
  mutating func some() -> [RandomEdit] {
    var edits: [RandomEdit] = []
    let wanted = Int.random(in: 1...4, using: &numbers)
    for _ in 0..<wanted * 4 where edits.count < wanted {
      guard let edit = one(), edits.allSatisfy({ $0.isApart(from: edit) }),
        !edit.isInsertion || !edits.contains(where: \.isInsertion)
      else { continue }
      if edit.isRename { return [edit] }
      edits.append(edit)
    }
    return edits
  }

  mutating func one() -> RandomEdit? {
    switch Int.random(in: 0..<20, using: &numbers) {
    case 0..<8: value()
    case 8..<11: joint()
    case 11: angle()
    case 12: goal()
    case 13: removal()
    case 14: character()
    case 15: prop()
    case 16: setting()
    case 17: text()
    case 18: frame()
    default: rename()
    }
  }

  mutating func number(_ range: ClosedRange<Double>, _ steps: Double = 100) -> Double {
    (Double.random(in: range, using: &numbers) * steps).rounded() / steps
  }

  mutating func unused(_ word: String) -> String {
    count += 1
    return "\(word)-\(UInt32.random(in: .min ... .max, using: &numbers))-\(count)"
  }

  // MARK: Values

  /// Returns another value for an existing one.
  mutating func value() -> RandomEdit? {
    guard let (way, node) = values.randomElement(using: &numbers) else { return nil }
    guard case .key(let key)? = way.steps.last else {
      return RandomEdit(
        change: .set(way, .string(unused("light"))), way: way, kind: "text changed")
    }
    let new: JSONValue
    switch node.value {
    case .number where way.steps.dropLast().last == .key("face"): new = .number(number(0...1))
    case .number(let old): new = .number(nearby(old, key))
    case .array where isDirection(way) && node.items?.first?.text != nil:
      new = .string(["forward", "back", "up", "out"].randomElement(using: &numbers) ?? "up")
    case .array(let items):
      guard key != "canvas", !items.isEmpty, items.allSatisfy({ $0.number != nil }) else {
        return nil
      }
      new =
        key == "quaternion"
        ? quaternion()
        : .numbers(items.map { nearby($0.number ?? 0, key) })
    case .boolean(let flag): new = .boolean(!flag)
    // A frame's name is the path by which other changes have to find it.
    case .string where key == "description" || (key == "name" && way.steps.count == 1):
      new = .string(unused("A title"))
    case .string where key == "look" && way.steps.count > 1: new = .string("camera")
    default: return nil
    }
    let needs = owner(of: way).map { Set([$0]) } ?? []
    return JSONValue(node) == new
      ? nil
      : RandomEdit(
        change: .set(way, new), way: atom(way), needs: needs, kind: "value changed")
  }

  /// Returns a number that is allowed instead of another.
  mutating func nearby(_ old: Double, _ key: String) -> Double {
    let isWhole = old == old.rounded() && ["seed", "time", "frameRate"].contains(key)
    if isWhole { return old + Double(Int.random(in: 1...5, using: &numbers)) }
    let scale = max(abs(old), 0.01)
    let new = (old + number(-0.05...0.05, 1000) * scale).rounded(to: 3)
    return new == old ? old + 0.001 : new
  }

  mutating func quaternion() -> JSONValue {
    let turn = Quaternion(
      intrinsicXYZ: Vector3(number(-1...1), number(-1...1), number(-1...1)))
    let c = turn.components * (turn.w < 0 ? -1 : 1)
    return .rounded([c.x, c.y, c.z, c.w], 6)
  }

  /// Returns the location that changes as a unit: a joint written as a quaternion is one value.
  func atom(_ way: Way) -> Way {
    way.steps.last == .key("quaternion") ? Way(steps: way.steps.dropLast()) : way
  }

  // MARK: Joints

  /// Returns a joint that is new or turned differently.
  mutating func joint() -> RandomEdit? {
    guard let (pose, owner) = poses.randomElement(using: &numbers),
      let joint = JointName.allCases.randomElement(using: &numbers),
      node(pose)?["file"] == nil
    else { return nil }
    let way = pose.key("joints").key(joint.rawValue)
    let angles = Anatomy.of(joint).degreesOfFreedom.map(\.name.rawValue).shuffled(using: &numbers)
    let value: JSONValue =
      Bool.random(using: &numbers) && !angles.isEmpty
      ? .object(
        angles.prefix(Int.random(in: 1...angles.count, using: &numbers)).map {
          .init(key: $0, value: .number(number(-90...90)))
        })
      : .members(["quaternion": quaternion()])
    let isNew = node(way) == nil
    return RandomEdit(
      change: .set(way, value), way: way, needs: owner.map { [$0] } ?? [],
      kind: isNew ? "joint added" : "joint replaced")
  }

  /// Returns a new angle, or removes one of several.
  mutating func angle() -> RandomEdit? {
    let joints = containers.filter { entry in
      entry.way.steps.dropLast().last == .key("joints") && entry.node["quaternion"] == nil
    }
    guard let (way, node) = joints.randomElement(using: &numbers),
      case .key(let name)? = way.steps.last, let joint = JointName(rawValue: name)
    else { return nil }
    let all = Anatomy.of(joint).degreesOfFreedom.map(\.name.rawValue)
    let needs = owner(of: way).map { Set([$0]) } ?? []
    if let free = all.filter({ node[$0] == nil }).randomElement(using: &numbers) {
      return RandomEdit(
        change: .set(way.key(free), .number(number(-60...60))), way: way.key(free),
        needs: needs, kind: "angle added")
    }
    guard node.members.count > 1, let gone = node.members.randomElement(using: &numbers)?.key else {
      return nil
    }
    return RandomEdit(
      change: .remove(way.key(gone)), way: way.key(gone), needs: needs, kind: "angle removed")
  }
}

extension Double {
  fileprivate func rounded(to decimals: Int) -> Double {
    let factor = (0..<decimals).reduce(1.0) { factor, _ in factor * 10 }
    return (self * factor).rounded() / factor
  }
}
