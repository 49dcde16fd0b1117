internal import Glibc
internal import PoseRig
internal import SceneFiles

/// Edits of whole limbs, and of the direction that a character faces, which depend on the solved
/// scene.
extension SceneEditor {
  /// Returns the changes that give the opposite limb the angles of this one.
  func mirroring(of limb: Limb, of id: String) throws(SceneEditFault) -> [FileEdit] {
    _ = try character(id)
    guard let character = solved?.character(id) else { throw .notSolved }
    if limb.joints.first?.isOfFinger == true, let shape = try handShape(limb.side, of: id) {
      let other = limb.mirrored
      if try handShape(other.side, of: id) == shape { return [] }
      let freed = other.joints.map { (keys: ["joints", $0.rawValue], value: JSONValue?.none) }
      return try changes(
        of: id, [(["hands", other.side.rawValue], .string(shape))] + freed)
    }
    if let hand = limb.effector, let made = try gestureToMirror(from: hand, of: id) {
      return try changes(of: id, made)
    }
    let isFree = limb.mirrored.effector.map { character.described.pose.goals.reach[$0] == nil }
    let turned = limb.joints.compactMap { joint -> PoseValue? in
      let wanted = character.posed.rotation(of: joint).mirrored
      let now = character.posed.rotation(of: joint.mirrored)
      // A joint that already has the angle needs no entry, unless a goal moved its limb: without
      // the goal, it would fall back.
      if isFree != false, (now.inverse * wanted).angle < Self.leastTurn { return nil }
      return (["joints", joint.mirrored.rawValue], PoseWriter.value(of: wanted, joint.mirrored))
    }
    return try changes(of: id, try letGo(limb.mirrored, of: id) + turned)
  }

  /// Returns the changes that give a limb the angles copied from another of its kind.
  func pasting(
    _ joints: [JointName: [AngleName: Double]], onto limb: Limb, of id: String
  ) throws(SceneEditFault) -> [FileEdit] {
    let fitting = joints.keys.sorted { $0.index < $1.index }.compactMap { joint in
      [joint, joint.mirrored].first(where: limb.joints.contains).map { (own: $0, copied: joint) }
    }
    guard !fitting.isEmpty else {
      throw .wrongForm("nothing that you copied belongs to the \(limb.words)")
    }
    let turned = fitting.map { pair -> PoseValue in
      (["joints", pair.own.rawValue], Self.value(of: joints[pair.copied] ?? [:], pair.own))
    }
    return try changes(of: id, try letGo(limb, of: id) + turned)
  }

  /// Half a hundredth of a degree in radians: smaller rotations do not change files.
  private static let leastTurn = 0.005 * Double.pi / 180

  /// Returns the removal of a limb's own goals, which would override its angles.
  private func letGo(_ limb: Limb, of id: String) throws(SceneEditFault) -> [PoseValue] {
    let ends = limb == .whole ? PoseGoals.effectors : limb.effector.map { [$0] } ?? []
    return try gesturesLetGo(ends.filter { $0.kind == .hand }.map(\.side), of: id)
      + ends.map { (["reach", $0.rawValue], nil) }
  }

  /// Returns the library shape that alone determines a hand's fingers in a pose; nil if the pose
  /// says more, or nothing.
  private func handShape(_ side: Side, of id: String) throws(SceneEditFault) -> String? {
    guard case .object(let file, let path) = try home(of: id),
      let pose = files.documents[file]?.node(at: path),
      !pose.hasFingers(on: side)
    else { return nil }
    return (pose["hands"]?[side.rawValue] ?? pose["hands"]?["both"])?.text
  }

  // MARK: Facing

  /// Returns the yaw in degrees at which a character faces another, a prop or the camera.
  func yaw(of id: String, facing name: String) throws(SceneEditFault) -> Double {
    _ = try character(id)
    guard let solved, let own = solved.character(id) else { throw .notSolved }
    let goal = try position(of: name, besides: id, in: solved)
    let hips = own.posed.position(of: .hips)
    // A seated character turns about the seat, a standing one about its position in the scene.
    let isSeated = own.described.pose.goals.seat != nil
    let center = isSeated ? hips : own.described.position
    let toModel = own.posed.worldFromModel.rotation.inverse
    let aside = isSeated ? 0 : toModel.rotate(hips - center).x
    let way = SIMD2(goal.x - center.x, goal.z - center.z)
    let distance = (way * way).sum().squareRoot()
    guard distance > max(abs(aside), 1e-3) else {
      throw .wrongForm("\(id) is where \(name) is; move one of them first")
    }
    // The hips must face the target, not the center that they turn about.
    return (atan2(way.x, way.y) - asin(aside / distance)) * 180 / .pi
  }

  private func position(
    of name: String, besides id: String, in solved: SolvedScene
  ) throws(SceneEditFault) -> Vector3 {
    if name == "camera" { return solved.posed.camera.position }
    if name.hasPrefix("props.") {
      let prop = String(name.dropFirst("props.".count))
      guard let found = solved.described.props.first(where: { $0.id == prop }) else {
        throw .noProp(prop)
      }
      return found.position
    }
    guard let other = solved.character(name), name != id else {
      if name == id { throw .wrongForm("\(id) cannot face itself") }
      throw .noCharacter(name)
    }
    return other.posed.position(of: .hips)
  }
}

extension JSONNode {
  /// Returns whether a pose sets individual finger joints of a hand.
  func hasFingers(on side: Side) -> Bool {
    (self["joints"]?.members ?? []).contains { member in
      JointName(rawValue: member.key).map { $0.isOfFinger && $0.side == side } ?? false
    }
  }
}
