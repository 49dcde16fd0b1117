/// The costs of moving, and of angles beyond the joints' ranges.
extension ReachResiduals {
  /// The weight, in millimeters per meter, of the hips' movement: arms stretch before the body
  /// moves.
  private static let hipsWeight = 80.0
  /// The factor of the stiffness of a trunk that only points can bend: enough that a palm that is
  /// off by a radian rotates it by no more than a fifth of that.
  private static let upright = 7.0
  /// The factor of the stiffness of the arm that another one comes to: the posed arm leads, and the
  /// other one follows.
  private static let lead = 4.0

  func cost(of joint: JointName, in pose: Pose) -> Vector3 {
    let turn = (start[joint].inverse * pose[joint]).logarithm
    let isLeading = problem.carriers.contains { PosedRig.hangs($0, on: joint) }
    let stiffness = Self.stiffness(of: joint) * (isLeading ? Self.lead : 1)
    return turn * (stiffness * bodyEmphasis(TrunkShape.spine.contains(joint) || joint == .hips))
  }

  func costOfHips(in pose: Pose) -> Vector3 {
    (pose.translation - start.translation) * (Self.hipsWeight * bodyEmphasis(true))
  }

  /// Returns the factor of a part's stiffness. For parts of the body that must stay upright, it
  /// does not decrease in soft passes.
  private func bodyEmphasis(_ isOfBody: Bool) -> Double {
    isOfBody && emphasis.isUpright ? Self.upright : emphasis.stiffness
  }

  func strays(_ index: Int, in pose: Pose) -> Vector3 {
    let strays = ranges[index].strays(of: pose[ranges[index].joint])
    var excess = Vector3.zero
    for freedom in 0..<3 where strays[freedom] > 0 {
      excess[freedom] =
        Self.eased(max(0, strays[freedom] - slack[index]), over: 0.2) * Self.limitWeight
        * emphasis.points
    }
    return excess
  }

  /// Returns the weight of a joint's rotation, in millimeters per radian: an arm moves first, the
  /// collarbone next, the trunk only for points out of an arm's reach.
  private static func stiffness(of joint: JointName) -> Double {
    switch joint.kind {
    case .upperArm, .lowerArm, .upperLeg, .lowerLeg: 3
    case .hand, .foot: 5
    case .shoulder: 15
    default: 45
    }
  }
}
