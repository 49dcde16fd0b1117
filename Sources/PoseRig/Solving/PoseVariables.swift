/// The variables of a pose in a solver: joints rotate about their axes, in radians, and the hips
/// can be moved, in meters.
///
/// A joint with three degrees of freedom rotates about its own axes, so that no angle is lost to
/// gimbal lock; others rotate about the axes of their angles: the first fixed in the parent, the
/// last in the bone.
struct PoseVariables {
  private enum Variable {
    case about(JointName, axis: Vector3)
    case aboutFixed(JointName, axis: Vector3)
    case along(Vector3)
  }

  private var variables: [Variable] = []
  /// The joints that rotate, in the order given.
  let joints: [JointName]

  /// Creates the variables of joints.
  ///
  /// - Parameter movesHips: whether the whole body can be moved too.
  init(_ joints: [JointName], movesHips: Bool = false) {
    self.joints = joints
    for joint in joints {
      let axes = Anatomy.of(joint).degreesOfFreedom.map {
        joint.side == .right ? Vector3($0.axis.x, -$0.axis.y, -$0.axis.z) : $0.axis
      }
      if axes.count == 2 {
        variables.append(.aboutFixed(joint, axis: axes[0]))
        variables.append(.about(joint, axis: axes[1]))
      } else {
        variables += axes.map { .about(joint, axis: $0) }
      }
    }
    if movesHips { variables += [Vector3.unitX, .unitY, .unitZ].map { .along($0) } }
  }

  var count: Int { variables.count }

  /// Returns the joint that a variable rotates; nil for one that moves the hips.
  func joint(of variable: Int) -> JointName? {
    switch variables[variable] {
    case .about(let joint, _), .aboutFixed(let joint, _): joint
    case .along: nil
    }
  }

  /// Returns the pose after a step.
  func moved(_ pose: Pose, by step: [Double]) -> Pose {
    var moved = pose
    // A joint's own axes rotate at once, so that the order of its variables does not matter.
    var turns = [Vector3?](repeating: nil, count: JointName.allCases.count)
    for (variable, amount) in zip(variables, step) where amount != 0 {
      apply(variable, amount, to: &moved, &turns)
    }
    for joint in joints { turn(joint, turns[joint.index], &moved) }
    return moved
  }

  /// Changes a pose by a step of one variable, which affects one joint or the translation.
  func move(_ pose: inout Pose, _ variable: Int, by amount: Double) {
    switch variables[variable] {
    case .about(let joint, let axis): turn(joint, Vector3.zero + axis * amount, &pose)
    case .aboutFixed(let joint, let axis):
      pose[joint] = Quaternion(angle: amount, axis: axis) * pose[joint]
    case .along(let axis): pose.translation += axis * amount
    }
  }

  private func apply(
    _ variable: Variable, _ amount: Double, to pose: inout Pose, _ turns: inout [Vector3?]
  ) {
    switch variable {
    case .about(let joint, let axis):
      turns[joint.index] = (turns[joint.index] ?? .zero) + axis * amount
    case .aboutFixed(let joint, let axis):
      pose[joint] = Quaternion(angle: amount, axis: axis) * pose[joint]
    case .along(let axis): pose.translation += axis * amount
    }
  }

  private func turn(_ joint: JointName, _ turn: Vector3?, _ pose: inout Pose) {
    guard let turn else { return }
    pose[joint] = (pose[joint] * Quaternion(rotationVector: turn)).normalized
  }
}
