internal import PoseRig

/// Rotates a joint so that one of its descendants comes as near to a point as the limits allow.
enum Aim {
  /// Returns the joint to rotate when a joint's handle is dragged; nil for joints that goals move.
  static func turned(by joint: JointName) -> JointName? {
    switch joint.kind {
    case .lowerArm, .lowerLeg: joint.parent
    case .chest: .spine
    case .head: .neck
    default: nil
    }
  }

  /// Returns the angles of a joint, in degrees, that point `dragged` toward a point.
  static func angles(
    of joint: JointName, dragging dragged: JointName, to point: Vector3,
    _ character: PosedCharacter,
    _ pose: Pose
  ) -> [AngleName: Double] {
    let parent = joint.parent.map { character.posedRig.modelFromJoint[$0.index].rotation }
    let parentFromModel = (parent ?? .identity).inverse
    let toModel = character.worldFromModel.inverse
    let base = character.posedRig.position(of: joint)
    let now = parentFromModel.rotate(character.posedRig.position(of: dragged) - base)
    let wanted = parentFromModel.rotate(toModel.apply(point) - base)
    var rotation = pose[joint]
    if let from = now.normalized, let to = wanted.normalized {
      rotation = (Quaternion(from: from, to: to) * rotation).normalized
    }
    rotation = JointRange(joint, character.body.rig.limits).clamped(rotation)
    return Anatomy.of(joint).degrees(of: rotation, side: joint.side)
  }
}
