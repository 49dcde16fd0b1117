internal import SceneFiles

/// The goals, and the camera, that name a character or prop.
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

  /// Returns the changes that take away the goals that name something; a camera that frames it
  /// frames everybody.
  func removingGoals(naming item: SceneReferences.Reference) -> [FileEdit] {
    var seen: Set<String> = []
    let goals = references(to: item).filter { file, use in
      seen.insert("\(file) \(use.goalPath)").inserted
    }
    // The last of a file first, so that each can be taken away without moving the others.
    return goals.reversed().map { FileEdit(file: $0.file, edit: .remove($0.use.goalPath)) }
  }
}
