internal import PoseRig
internal import SceneFiles

/// The goals, the places in words, and the camera, that name a character or prop.
extension SceneEditor {
  /// A text that names something, and the file that it is in.
  private typealias Reference = (file: String, use: SceneReferences.Use)

  /// Returns the texts that name something, in the order of the files.
  private func references(to item: SceneReferences.Reference) -> [Reference] {
    let poses = files.documents.filter { $0.key != files.scenePath }.sorted { $0.key < $1.key }
    let all =
      SceneReferences.all(in: JSONValue(files.scene.root)).map { (files.scenePath, $0) }
      + poses.flatMap { file, pose in
        SceneReferences.ofPose(JSONValue(pose.root)).map { (file, $0) }
      }
    return all.filter { $0.1.to == item }
  }

  /// Returns the changes that let all that names something name it by another id.
  func renaming(_ item: SceneReferences.Reference, to id: String) -> [FileEdit] {
    references(to: item).map { file, use in
      FileEdit(file: file, edit: .set(use.path, .string(use.text(naming: id))))
    }
  }

  /// Returns the changes that take away the goals that name something. A camera that frames it
  /// frames everybody; a character placed or turned by it stays where it is.
  func removingGoals(naming item: SceneReferences.Reference) -> [FileEdit] {
    var seen: Set<String> = []
    let goals = references(to: item).filter { file, use in
      seen.insert("\(file) \(use.goalPath)").inserted
    }
    // The last of a file first, so that each can be taken away without moving the others.
    return goals.reversed().flatMap { file, use in
      let edits =
        use.isPlacing
        ? use.owner.flatMap(inNumbers)?[use.goal] ?? [.remove(use.goalPath)]
        : [.remove(use.goalPath)]
      return edits.map { FileEdit(file: file, edit: $0) }
    }
  }

  /// Returns whose goals and places name something, in words: `position of ana and look of eva`;
  /// nil if nothing names it.
  private func names(of item: SceneReferences.Reference) -> String? {
    var owners: [String] = []
    for (file, use) in references(to: item) {
      let owner =
        use.owner ?? (file == files.scenePath ? nil : FilePath.lastName(of: file))
      let words = owner.map { "\(use.goal) of \($0)" } ?? use.goal
      if !owners.contains(words) { owners.append(words) }
    }
    return owners.isEmpty ? nil : MeasureWords.list(owners)
  }

  /// Returns an edit in an artist's words, and for one that takes something away what named it.
  func words(for edit: SceneEdit) -> String {
    let removed: SceneReferences.Reference? =
      switch edit {
      case .removeCharacter(let id): .character(id)
      case .removeProp(let id): .prop(id)
      default: nil
      }
    guard let names = removed.flatMap(names) else { return edit.description }
    return "\(edit); it was named by \(names)"
  }

  // MARK: Places in words

  /// Returns the edits that write a character's place and direction in numbers, as they are solved,
  /// by the key whose words they stand for; nil while they are not solved.
  private func inNumbers(_ id: String) -> [String: [DocumentEdit]]? {
    guard let path = try? character(id), let own = solved?.character(id)?.described else {
      return nil
    }
    let place = own.position
    let position = JSONValue.rounded([place.x, place.y, place.z], 3)
    return [
      "position": [.set(path.appending(.key("position")), position)] + impliedYaw(of: id, at: path),
      "yaw": [.set(path.appending(.key("yaw")), .rounded(own.yaw, 1))],
    ]
  }

  /// Returns the edit that writes down how a character is turned that turns by the words of its
  /// place, which go; none for another.
  func impliedYaw(of id: String, at path: DocumentPath) -> [DocumentEdit] {
    guard let node = files.scene.node(at: path), node["yaw"] == nil,
      case .object? = node["position"]?.value,
      let yaw = solved?.character(id)?.described.yaw, yaw != 0
    else { return [] }
    return [.set(path.appending(.key("yaw")), .rounded(yaw, 1))]
  }
}

extension SceneReferences.Use {
  /// Whether it says where a character stands or which way it faces.
  fileprivate var isPlacing: Bool { ["position", "yaw"].contains(goal) }
}
