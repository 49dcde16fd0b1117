internal import PoseRig
internal import SceneFiles

/// The references to a character or prop in goals, in positions in words, and in the camera.
extension SceneEditor {
  /// A text that names something, and the file that contains it.
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

  /// Returns the changes that rename something in all references to it.
  func renaming(_ item: SceneReferences.Reference, to id: String) -> [FileEdit] {
    references(to: item).map { file, use in
      FileEdit(file: file, edit: .set(use.path, .string(use.text(naming: id))))
    }
  }

  /// Returns the changes that remove the goals that name something. A camera that frames it frames
  /// everyone instead; a character that is placed or turned relative to it stays where it is.
  func removingGoals(naming item: SceneReferences.Reference) -> [FileEdit] {
    var seen: Set<String> = []
    let goals = references(to: item).filter { file, use in
      seen.insert("\(file) \(use.goalPath)").inserted
    }
    // Remove a file's last reference first, so that the others keep their paths.
    return goals.reversed().flatMap { file, use in
      let edits =
        use.isPlacing
        ? use.owner.flatMap(inNumbers)?[use.goal] ?? [.remove(use.goalPath)]
        : [.remove(use.goalPath)]
      return edits.map { FileEdit(file: file, edit: $0) }
    }
  }

  /// Returns the references to something in words, such as `position of ana and look of eva`; nil
  /// if nothing names it.
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

  /// Returns an edit in an artist's words; for a removal, with the references to the removed thing.
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

  // MARK: Positions in words

  /// Returns the edits that replace a character's position and yaw in words with the solved
  /// numbers, by key; nil while the scene is not solved.
  private func inNumbers(_ id: String) -> [String: [DocumentEdit]]? {
    guard let path = try? character(id), let own = solved?.character(id)?.described else {
      return nil
    }
    let point = own.position
    let position = JSONValue.rounded([point.x, point.y, point.z], 3)
    return [
      "position": [.set(path.appending(.key("position")), position)] + impliedYaw(of: id, at: path),
      "yaw": [.set(path.appending(.key("yaw")), .rounded(own.yaw, 1))],
    ]
  }

  /// Returns the edit that writes down the yaw implied by a position in words, before the words are
  /// removed; empty for other positions.
  func impliedYaw(of id: String, at path: DocumentPath) -> [DocumentEdit] {
    guard let node = files.scene.node(at: path), node["yaw"] == nil,
      case .object? = node["position"]?.value,
      let yaw = solved?.character(id)?.described.yaw, yaw != 0
    else { return [] }
    return [.set(path.appending(.key("yaw")), .rounded(yaw, 1))]
  }
}

extension SceneReferences.Use {
  /// Whether the reference determines where a character stands or which way it faces.
  fileprivate var isPlacing: Bool { ["position", "yaw"].contains(goal) }
}
