internal import Glibc
internal import PoseRig
internal import SceneFiles

/// Copies of characters.
extension SceneEditor {
  /// The distance of a copy to the right of its original, in meters.
  private static let step = 0.7

  /// Returns a copy of a character, beside it, with goals that refer to the copy itself.
  func copy(of id: String, as new: String) throws(SceneEditFault) -> JSONValue {
    let path = try character(id)
    guard let node = files.scene.node(at: path), case .object(var members) = JSONValue(node) else {
      throw .noCharacter(id)
    }
    let degrees = node["yaw"]?.number ?? solved?.character(id)?.described.yaw ?? 0
    let yaw = degrees * .pi / 180
    let right = Vector3(-cos(yaw), 0, sin(yaw)) * Self.step
    members.set("id", .string(new))
    members.set("position", Self.position(node["position"].map(JSONValue.init), movedBy: right))
    if let pose = pose(ofCopy: node["pose"]) {
      members.set("pose", Self.goals(of: pose, from: id, to: new, by: right))
    }
    return .object(members)
  }

  /// Returns a position moved by a step; one in words keeps its words and gets an offset.
  private static func position(_ position: JSONValue?, movedBy step: Vector3) -> JSONValue {
    guard case .object(var members)? = position else { return GoalPoints.moved(position, by: step) }
    let offset = members.first { $0.key == "offset" }?.value
    members.set("offset", GoalPoints.moved(offset, by: step))
    return .object(members)
  }

  /// Returns the pose of a copy. A pose file of the session becomes its base, so that moving the
  /// copy does not move the original; goals are written out, since the ids in them can change.
  private func pose(ofCopy node: JSONNode?) -> JSONValue? {
    guard let node else { return nil }
    guard let name = node.text,
      let own = files.documents[FilePath.resolve(name, besides: files.scenePath)],
      own.kind == .pose
    else { return JSONValue(node) }
    let goals = GoalPoints.keys.compactMap { key in
      own.root[key].map { JSONValue.Member(key: key, value: JSONValue($0)) }
    }
    return .object([.init(key: "base", value: .string(name))] + goals)
  }

  private static func goals(
    of pose: JSONValue, from id: String, to new: String, by step: Vector3
  ) -> JSONValue {
    guard case .object(let members) = pose else { return pose }
    return .object(
      members.map { member in
        guard GoalPoints.keys.contains(member.key) else { return member }
        let renamed = GoalPoints.renamed(member.value, [id: new])
        let value: JSONValue =
          switch (member.key, renamed) {
          // Two characters cannot share a seat, so it moves along, and so do points in the air that
          // hands and feet hold.
          case ("seat", let seat): GoalPoints.moved(seat, by: step)
          case ("reach", .object(let limbs)):
            .object(
              limbs.map { .init(key: $0.key, value: GoalPoints.moved($0.value, by: step, .fixed)) })
          default: renamed
          }
        return .init(key: member.key, value: value)
      })
  }
}
