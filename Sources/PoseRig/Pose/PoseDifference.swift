/// The changes between two poses.
public struct PoseDifference: Sendable {
  /// A joint with a changed rotation.
  public struct Turn: Sendable {
    /// The joint.
    public var joint: JointName
    /// The angle in degrees.
    public var degrees: Double
    /// The named angles that changed, before and after, in degrees; empty for a joint without
    /// angles.
    public var angles: [(name: AngleName, before: Double, after: Double)]
  }

  /// A joint with a changed position.
  public struct Move: Sendable {
    /// The joint.
    public var joint: JointName
    /// The distance in meters.
    public var distance: Double
  }

  /// The joints that rotated by a hundredth of a degree or more, in skeleton order.
  public var turns: [Turn]
  /// The joints that moved by a millimeter or more, on the rig, in skeleton order.
  public var moves: [Move]

  /// Compares two poses on a rig.
  public init(from before: Pose, to after: Pose, on rig: Rig) {
    turns = JointName.allCases.compactMap { joint in
      let degrees = (before[joint].inverse * after[joint]).angle.radiansToDegrees
      guard degrees >= 0.01 else { return nil }
      let anatomy = Anatomy.of(joint)
      let old = anatomy.degrees(of: before[joint], side: joint.side)
      let new = anatomy.degrees(of: after[joint], side: joint.side)
      let angles = anatomy.degreesOfFreedom.compactMap { freedom -> (AngleName, Double, Double)? in
        let (a, b) = (old[freedom.name] ?? 0, new[freedom.name] ?? 0)
        return abs(a - b) >= 0.01 ? (freedom.name, a, b) : nil
      }
      return Turn(joint: joint, degrees: degrees, angles: angles)
    }
    let (start, end) = (PosedRig(rig: rig, pose: before), PosedRig(rig: rig, pose: after))
    moves = JointName.allCases.compactMap { joint in
      let distance = (end.position(of: joint) - start.position(of: joint)).length
      return distance >= 0.001 ? Move(joint: joint, distance: distance) : nil
    }
  }
}
