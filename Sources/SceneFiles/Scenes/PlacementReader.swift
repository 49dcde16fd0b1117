internal import PoseRig

/// Reads `"position"` and `"yaw"` of a character, in numbers or in words.
struct PlacementReader {
  static let anchorKeys = ["beside", "before", "behind", "on"]
  /// The keys that only positions in words have.
  static let ownKeys = anchorKeys + ["side", "gap"]
  static let keys = ownKeys + ["offset"]
  static let facingKeys = ["facing", "turn"]

  let file: String
  /// The ids of the scene's characters, except for invalid ones.
  let ids: Set<String>
  let log: DiagnosticLog

  /// The position of a character and the direction that it faces.
  struct Placing {
    var position = Vector3.zero
    var yaw = 0.0
    var placement: Placement?
    var facing: Facing?
    /// The location of the position in words, if there is one.
    var origin: FileOrigin?
    /// The location of the yaw in words, if there is one.
    var facingOrigin: FileOrigin?
  }

  func placing(_ reader: ObjectReader) -> Placing {
    var placing = Placing()
    if let node = reader.node("position") {
      if case .object = node.value {
        placing.placement = placement(node)
        placing.placement?.turns = !reader.has("yaw")
        placing.origin = FileOrigin(file: file, location: node.location)
      } else {
        placing.position = reader.vector("position") ?? .zero
      }
    }
    if let node = reader.node("yaw") {
      switch node.value {
      // A number in quotes is a mistake, unless a character has that name.
      case .string(let name) where Double(name)?.isFinite == true && !ids.contains(name):
        fallthrough
      case .number, .array, .boolean, .null:
        placing.yaw = reader.number("yaw", in: -360...360, "degrees") ?? 0
      case .string, .object:
        placing.facing = facing(node)
        placing.facingOrigin = FileOrigin(file: file, location: node.location)
      }
    }
    return placing
  }

  // MARK: Positions

  private func placement(_ node: JSONNode) -> Placement? {
    guard
      let reader = ObjectReader(
        node, "a position in words", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let anchors = Self.anchorKeys.filter(reader.has)
    guard let key = anchors.first else {
      log.error(
        .missingKey, file, node.location,
        "a position in words needs one of \(Self.anchorKeys.map { "\"\($0)\"" }.joined(separator: ", "))"
          + "; or give [x, y, z] in meters")
      return nil
    }
    if anchors.count > 1 {
      reader.error(
        .conflict, anchors[1],
        "a character stands in one place: remove \"\(anchors[1])\" or \"\(key)\"")
      return nil
    }
    if reader.has("side"), key != "beside" {
      reader.error(.misplacedKey, "side", "\"side\" is for \"beside\"; \"\(key)\" has none")
    }
    if reader.has("gap"), key == "on" {
      reader.error(.misplacedKey, "gap", "\"gap\" is for places by a character; \"on\" has none")
    }
    let side = side(reader)
    let gap = reader.number("gap", in: Placement.gaps, "meters") ?? 0.3
    let offset = reader.vector("offset", in: -100...100) ?? .zero
    guard let name = reader.string(key), let anchor = anchor(key, name, side, reader) else {
      return nil
    }
    return Placement(anchor, gap: gap, offset: offset)
  }

  private func side(_ reader: ObjectReader) -> Side {
    guard let name = reader.string("side") else { return .left }
    let sides = Side.both.map(\.rawValue)
    guard sides.contains(name), let side = Side(rawValue: name) else {
      reader.error(
        .unknownName, "side", unknown("side", name, allowed: sides, context: "for \"side\""))
      return .left
    }
    return side
  }

  private func anchor(
    _ key: String, _ name: String, _ side: Side, _ reader: ObjectReader
  ) -> Placement.Anchor? {
    switch key {
    case "beside": return .beside(name, side)
    case "before": return .before(name)
    case "behind": return .behind(name)
    default:
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[0] == "props" else {
        reader.error(
          .wrongType, key, "\"on\" takes a prop's place, such as \"props.table.top\"")
        return nil
      }
      return .on(prop: parts[1], point: parts[2])
    }
  }

  // MARK: Facing

  private func facing(_ node: JSONNode) -> Facing? {
    if case .string(let name) = node.value { return Facing(target(name)) }
    guard
      let reader = ObjectReader(
        node, "a yaw in words", allowed: Self.facingKeys, file: file, log: log)
    else { return nil }
    let turn = reader.number("turn", in: -360...360, "degrees") ?? 0
    guard let at = reader.node("facing") else {
      log.error(
        .missingKey, file, node.location,
        "a yaw in words needs \"facing\": a character's id, \"camera\" or [x, y, z]")
      return nil
    }
    if case .string(let name) = at.value { return Facing(target(name), turn: turn) }
    return reader.vector("facing").map { Facing(.point($0), turn: turn) }
  }

  private func target(_ name: String) -> Facing.Target {
    name == "camera" ? .camera : .character(name)
  }
}
