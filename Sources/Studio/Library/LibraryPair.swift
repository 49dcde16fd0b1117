internal import PoseRig
internal import SceneFiles

/// Two figures that fit together, from a scene in `Examples/pairs`.
public struct LibraryPair: Sendable {
  /// The name.
  public let name: String
  /// The name for a person.
  public let title: String
  /// The scene that shows them.
  let scene: Document

  /// The words that it is found by.
  public var tags: [String] { LibraryTags.of(name, "pairs") }

  /// All of them, by their names.
  public static let all: [LibraryPair] = EmbeddedFiles.files(in: folder).compactMap { file in
    let suffix = ".scene.json"
    guard file.path.hasSuffix(suffix), let scene = try? Document(file.bytes, file: file.path)
    else { return nil }
    let name = String(FilePath.lastName(of: file.path).dropLast(suffix.count))
    return LibraryPair(name: name, title: scene.root["name"]?.text ?? name, scene: scene)
  }

  private static let folder = "Examples/pairs"

  /// Returns the pair of a name; nil for a name that no pair has.
  static func named(_ name: String) -> LibraryPair? { all.first { $0.name == name } }

  /// The two characters.
  var characters: [JSONValue] { (scene.root["characters"]?.items ?? []).map(JSONValue.init) }
}

extension SceneEditor {
  /// Returns the edits that pose characters as a pair, and add whoever is missing.
  ///
  /// The first stays where it is; the other comes to it.
  func pairing(_ name: String, _ ids: [String]) throws(SceneEditFault) -> [FileEdit] {
    guard let pair = LibraryPair.named(name) else {
      throw .wrongForm(
        unknown("pair", name, allowed: LibraryPair.all.map(\.name), within: "of the library"))
    }
    guard Set(ids).count == ids.count else { throw .wrongForm("a pair is of two characters") }
    for id in ids { _ = try character(id) }
    let parts = pair.characters
    var names: [String: String] = [:]
    for (index, part) in parts.enumerated() {
      guard let own = Self.id(in: part) else { continue }
      names[own] = ids.indices.contains(index) ? ids[index] : freeID(like: own, besides: names)
    }
    let first = parts.first.map { GoalPoints.vector($0["position"]) } ?? .zero
    let step = try ids.first.map { id throws(SceneEditFault) in
      try position(of: id) - first
    }
    let edits = parts.flatMap { part -> [SceneEdit] in
      guard let own = Self.id(in: part), let id = names[own] else { return [] }
      return self.edits(placing: part, as: id, names, by: step ?? .zero, isNew: !ids.contains(id))
    }
    return try changes(for: .several(edits, description: ""))
  }

  private func edits(
    placing part: JSONValue, as id: String, _ names: [String: String], by step: Vector3,
    isNew: Bool
  ) -> [SceneEdit] {
    var members: [JSONValue.Member] = []
    if case .object(let all) = part { members = all }
    if let pose = part["pose"] {
      members.set("pose", GoalPoints.moved(pose: GoalPoints.renamed(pose, names), by: step))
    }
    let position = GoalPoints.vector(part["position"]) + step
    members.set("position", .rounded([position.x, position.y, position.z], 3))
    if isNew {
      members.set("id", .string(id))
      return [.addCharacter(.object(members))]
    }
    let placed = JSONValue.object(members)
    return ["pose", "position", "yaw"].map { .character(id, key: $0, placed[$0]) }
  }

  private func position(of id: String) throws(SceneEditFault) -> Vector3 {
    let path = try character(id).appending(.key("position"))
    return GoalPoints.vector(files.scene.node(at: path).map(JSONValue.init))
  }

  /// Returns an id that nobody has yet.
  private func freeID(like wanted: String, besides names: [String: String]) -> String {
    var taken = Set(
      ["characters", "props"].flatMap { files.scene.root[$0]?.items ?? [] }
        .compactMap { $0["id"]?.text?.lowercased() })
    taken.formUnion(names.values.map { $0.lowercased() })
    if !taken.contains(wanted) { return wanted }
    return (2...).lazy.map { "\(wanted)-\($0)" }.first { !taken.contains($0) } ?? wanted
  }
}

extension JSONValue {
  /// A member of an object; nil for other kinds of value.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
