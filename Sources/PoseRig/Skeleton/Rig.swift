/// A skeleton at rest: the joints of a body in its T-pose.
///
/// Rest rotations are the identity (VRM 1.0's normalized T-pose), so a joint's local axes are the
/// model's: +X the character's left, +Y up, +Z forward.
public struct Rig: Equatable, Sendable {
  /// The rest positions in meters, in `JointName.allCases` order.
  public var restPositions: [Vector3]
  /// The ranges of the joints.
  public var limits: JointLimits

  /// Creates a rig from the rest position of every joint, in `JointName.allCases` order.
  public init(restPositions: [Vector3], limits: JointLimits) {
    precondition(restPositions.count == JointName.allCases.count, "Rig: one position a joint")
    self.restPositions = restPositions
    self.limits = limits
  }

  /// The rest position of one joint, in meters.
  public subscript(joint: JointName) -> Vector3 {
    get { restPositions[joint.index] }
    set { restPositions[joint.index] = newValue }
  }

  /// The length of a leg from hip to knee to ankle, in meters: the mean of both legs.
  public var legLength: Double {
    func length(_ joints: [JointName]) -> Double {
      zip(joints, joints.dropFirst()).reduce(0) { $0 + (self[$1.0] - self[$1.1]).length }
    }
    return
      (length([.leftUpperLeg, .leftLowerLeg, .leftFoot])
      + length([.rightUpperLeg, .rightLowerLeg, .rightFoot])) / 2
  }

  /// The index of each joint's parent, −1 for the hips; parents come first.
  public static let parentIndices: [Int] = JointName.allCases.map { $0.parent?.index ?? -1 }
}
