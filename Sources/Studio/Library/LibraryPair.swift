internal import PoseRig
internal import SceneFiles

/// Two figures that fit together, from a scene in `Examples/pairs`.
public struct LibraryPair: Sendable {
  /// The name.
  public let name: String
  /// The name to show.
  public let title: String
  /// The scene that shows the pair.
  let scene: Document

  /// The words by which it is found.
  public var tags: [String] { LibraryTags.of(pair: name) }

  /// All pairs, by name.
  public static let all: [LibraryPair] = EmbeddedFiles.files(in: folder).compactMap { file in
    let suffix = ".scene.json"
    guard file.path.hasSuffix(suffix), let scene = try? Document(file.bytes, file: file.path)
    else { return nil }
    let name = String(FilePath.lastName(of: file.path).dropLast(suffix.count))
    return LibraryPair(name: name, title: scene.root["name"]?.text ?? name, scene: scene)
  }

  private static let folder = "Examples/pairs"

  /// Returns the pair with a name; nil if there is no such pair.
  static func named(_ name: String) -> LibraryPair? { all.first { $0.name == name } }

  /// The two characters.
  var characters: [JSONValue] { (scene.root["characters"]?.items ?? []).map(JSONValue.init) }
}

extension SceneEditor {
  /// Returns the edits that pose characters as a pair, and add the missing ones.
  ///
  /// The first keeps its position and yaw; the other one comes to it.
  func pairing(_ name: String, _ ids: [String]) throws(SceneEditFault) -> [FileEdit] {
    guard let pair = LibraryPair.named(name) else {
      throw .wrongForm(
        unknown("pair", name, allowed: LibraryPair.all.map(\.name), context: "of the library"))
    }
    guard Set(ids).count == ids.count else { throw .wrongForm("a pair needs two characters") }
    for id in ids { _ = try character(id) }
    let parts = pair.characters
    var names: [String: String] = [:]
    for (index, part) in parts.enumerated() {
      guard let own = Self.id(in: part) else { continue }
      names[own] = ids.indices.contains(index) ? ids[index] : freeID(like: own, besides: names)
    }
    let move = try parts.first.map { part throws(SceneEditFault) in
      try self.move(bringing: part, to: ids.first)
    }
    let edits = parts.flatMap { part -> [SceneEdit] in
      guard let own = Self.id(in: part), let id = names[own], let move else { return [] }
      let placed = Self.placed(part, names, by: move)
      if !ids.contains(id) { return [.addCharacter(placed.with("id", .string(id)))] }
      let keys = id == ids.first ? ["pose"] : ["pose", "position", "yaw"]
      return keys.map { .character(id, key: $0, placed[$0]) }
    }
    return try changes(for: .several(edits, description: ""))
  }

  /// Returns the movement that brings a pair's first figure to a character; the identity without a
  /// character.
  private func move(bringing part: JSONValue, to id: String?) throws(SceneEditFault) -> FloorMove {
    guard let id else { return FloorMove() }
    let node = files.scene.node(at: try character(id))
    func degrees(_ value: JSONValue?) -> Double {
      if case .number(let number)? = value { number } else { 0 }
    }
    // A character that is placed or turned in words is where the words put it.
    let solved = solved?.character(id)?.described
    let isInWords = node?["position"]?.members.isEmpty == false
    let turnsByWords = isInWords || node?["yaw"]?.number == nil
    let position = GoalPoints.vector(node?["position"].map(JSONValue.init))
    let yaw = degrees(node?["yaw"].map(JSONValue.init))
    return FloorMove(
      turn: (turnsByWords ? solved?.yaw ?? yaw : yaw) - degrees(part["yaw"]),
      about: GoalPoints.vector(part["position"]),
      to: isInWords ? solved?.position ?? position : position)
  }

  /// Returns a character of a pair, moved, with its goals renamed for this scene.
  private static func placed(
    _ part: JSONValue, _ names: [String: String], by move: FloorMove
  ) -> JSONValue {
    var placed = part
    if let pose = part["pose"] {
      placed = placed.with("pose", move.pose(GoalPoints.renamed(pose, names)))
    }
    let position = move.point(GoalPoints.vector(part["position"]))
    placed = placed.with("position", .rounded([position.x, position.y, position.z], 3))
    guard case .number(let yaw) = part["yaw"] ?? .number(0) else { return placed }
    return placed.with("yaw", .number(move.yaw(yaw)))
  }

  /// Returns an id that is not used yet.
  private func freeID(like wanted: String, besides names: [String: String]) -> String {
    var taken = Set(
      ["characters", "props"].flatMap { files.scene.root[$0]?.items ?? [] }
        .compactMap { $0["id"]?.text?.lowercased() })
    taken.formUnion(names.values.map { $0.lowercased() })
    if !taken.contains(wanted) { return wanted }
    return (2...).lazy.map { "\(wanted)-\($0)" }.first { !taken.contains($0) } ?? wanted
  }
}
