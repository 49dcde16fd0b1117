internal import PoseRig

/// Finds characters and props that one side removed and the other now refers to. The removal and
/// the reference are a conflict, even though they are in different parts of the file.
enum MergeNeeds {
  /// Returns a merged scene with such removals as conflicts.
  static func kept(in scene: MergedNode) -> MergedNode {
    let versions = [MergeSide.ours, .theirs].compactMap { scene.value($0) }
    let needs = versions.flatMap(SceneReferences.all)
    if needs.isEmpty { return scene }
    return scene.restoring { leaf in
      guard case .item(let id)? = leaf.path.steps.last,
        let list = leaf.path.steps.dropLast().last
      else { return nil }
      let use = needs.first { use in
        switch use.to {
        case .character(let name):
          list == .key("characters") && name.lowercased() == id.lowercased()
        case .prop(let name): list == .key("props") && name == id
        }
      }
      return use.map { sentence($0, id) }
    }
  }

  private static func sentence(_ use: SceneReferences.Use, _ id: String) -> String {
    guard let owner = use.owner else {
      if use.goal == "arrange" { return "\(id) is arranged with others" }
      if use.goal == "lights" { return "a light depends on \(id)" }
      return use.goal == "frame" ? "the camera frames \(id)" : "a prop goes with \(id)"
    }
    switch use.goal {
    case "seat": return "\(owner) sits on \(id)"
    case "look": return "\(owner) looks at \(id)"
    case "position": return "\(owner) stands by \(id)"
    case "yaw": return "\(owner) faces \(id)"
    default:
      let limb = JointName(rawValue: use.goal)?.partWords ?? use.goal
      return "\(owner)'s \(limb) reaches for \(id)"
    }
  }
}
