/// The ways in which a solver may change a pose: joints turn about the axes they have, in radians,
/// and the hips may be moved, in meters.
///
/// A joint of three degrees of freedom turns about its own axes, so that there is no angle at which
/// one of them is lost; others about the axes of their angles: the first fixed in the parent, the
/// last in the bone.
struct PoseVariables {
  private enum Variable {
    case about(JointName, axis: Vector3)
    case aboutFixed(JointName, axis: Vector3)
    case along(Vector3)
  }

  private var variables: [Variable] = []
  /// The joints that turn, in the order given.
  let joints: [JointName]

  /// - Parameter movesHips: whether the whole body may be moved too.
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

  /// Returns the pose after a step.
  func moved(_ pose: Pose, by step: [Double]) -> Pose {
    var moved = pose
    // A joint's own axes turn at once, lest the order of its variables mattered.
    var turns: [JointName: Vector3] = [:]
    for (variable, amount) in zip(variables, step) where amount != 0 {
      switch variable {
      case .about(let joint, let axis): turns[joint, default: .zero] += axis * amount
      case .aboutFixed(let joint, let axis):
        moved[joint] = Quaternion(angle: amount, axis: axis) * moved[joint]
      case .along(let axis): moved.translation += axis * amount
      }
    }
    for (joint, turn) in turns {
      moved[joint] = (moved[joint] * Quaternion(rotationVector: turn)).normalized
    }
    return moved
  }
}
