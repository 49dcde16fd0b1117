extension PosedCharacter {
  /// Returns a joint's solved rotation from the T-pose in its parent's frame.
  package func rotation(of joint: JointName) -> Quaternion {
    let own = posedRig.modelFromJoint[joint.index].rotation
    guard let parent = joint.parent else { return own }
    return (posedRig.modelFromJoint[parent.index].rotation.inverse * own).normalized
  }

  /// Returns the solved angles of the character, as a pose without goals.
  ///
  /// - Parameter described: the character as the scene has it.
  package func solvedPose(of described: Character) -> Pose {
    var pose = Pose.rest
    for joint in JointName.allCases { pose[joint] = rotation(of: joint) }
    let hips = posedRig.position(of: .hips) - body.rig[.hips]
    if hips.length > 1e-4 {
      pose.translation = hips
      pose.legLength = body.rig.legLength
    }
    pose.face = described.pose.face
    return pose
  }
}
