internal import SceneFiles

/// Finding the goals that name a character or prop.
extension SceneEditor {
  /// A text that names something, and where it stands.
  struct Reference {
    var file: String
    var path: DocumentPath
    var text: String
  }

  /// The keys of goals, and of the values in them that name points.
  private static let pointKeys: Set<String> = [
    "seat", "look", "at", "palm", "fingers", "leftHand", "rightHand", "leftFoot", "rightFoot",
  ]

  /// Returns the texts that name a character or something of it, in the order of the files.
  func references(to owner: String) -> [Reference] {
    poseRoots.flatMap { root in
      GoalKey.allCases.flatMap { key in
        texts(in: root.file, at: root.path.appending(.key(key.rawValue)), naming: owner)
      }
    }
  }

  /// Returns the goals that name one of some owners, the last of a file first, so that each can be
  /// taken away without moving the others.
  func goals(naming owners: [String]) -> [Reference] {
    let found = owners.flatMap(references).map { reference -> Reference in
      var goal = reference
      goal.path = goalPath(of: reference.path)
      return goal
    }
    var seen: Set<String> = []
    return found.filter { seen.insert("\($0.file) \($0.path)").inserted }.reversed()
  }

  private enum GoalKey: String, CaseIterable { case seat, reach, look }

  /// Returns the path of the whole goal that a value belongs to.
  private func goalPath(of path: DocumentPath) -> DocumentPath {
    guard
      let index = path.steps.firstIndex(where: {
        GoalKey.allCases.map { .key($0.rawValue) }.contains($0)
      })
    else { return path }
    let length = path.steps[index] == .key("reach") ? index + 2 : index + 1
    return DocumentPath(Array(path.steps.prefix(length)))
  }

  /// The objects of poses: inside the scene, and those of pose files.
  private var poseRoots: [(file: String, path: DocumentPath)] {
    let inline = (files.scene.root["characters"]?.items ?? []).indices.map {
      (files.scenePath, DocumentPath([.key("characters"), .index($0), .key("pose")]))
    }
    let own = files.documents.keys.filter { $0 != files.scenePath }.sorted()
    return inline + own.map { ($0, DocumentPath()) }
  }

  private func texts(
    in file: String, at path: DocumentPath, naming owner: String
  ) -> [Reference] {
    guard let node = files.documents[file]?.node(at: path) else { return [] }
    switch node.value {
    case .string(let text):
      guard case .key(let key)? = path.steps.last, Self.pointKeys.contains(key),
        text == owner || text.hasPrefix(owner + ".")
      else { return [] }
      return [Reference(file: file, path: path, text: text)]
    case .object(let members):
      return members.flatMap { texts(in: file, at: path.appending(.key($0.key)), naming: owner) }
    default: return []
    }
  }
}
