/// The center of mass of a posed body.
///
/// The shares and centers of the segments are from Winter, *Biomechanics and Motor Control of Human
/// Movement*, table 4.1.
public enum CenterOfMass {
  /// A segment between two points of the rig.
  private struct Segment {
    let from: JointName
    let to: JointName
    /// The position of its center, as a share of the way along the segment.
    let along: Double
    /// The segment's share of the body's mass.
    let mass: Double
  }

  private static let segments: [Segment] = {
    var list = [
      Segment(from: .hips, to: .upperChest, along: 0.66, mass: 0.497),
      Segment(from: .neck, to: .head, along: 1, mass: 0.081),
    ]
    for side in Side.both {
      func joint(_ kind: JointKind) -> JointName { JointName(kind, side) }
      list += [
        Segment(from: joint(.upperArm), to: joint(.lowerArm), along: 0.436, mass: 0.028),
        Segment(from: joint(.lowerArm), to: joint(.hand), along: 0.430, mass: 0.016),
        Segment(from: joint(.hand), to: joint(.middleProximal), along: 0.506, mass: 0.006),
        Segment(from: joint(.upperLeg), to: joint(.lowerLeg), along: 0.433, mass: 0.100),
        Segment(from: joint(.lowerLeg), to: joint(.foot), along: 0.433, mass: 0.0465),
        Segment(from: joint(.foot), to: joint(.toes), along: 0.5, mass: 0.0145),
      ]
    }
    return list
  }()

  /// Returns the center of mass in the character's own space, in meters.
  public static func of(_ posed: PosedRig) -> Vector3 {
    var sum = Vector3.zero
    var mass = 0.0
    for segment in segments {
      let (start, end) = (posed.position(of: segment.from), posed.position(of: segment.to))
      sum += (start + (end - start) * segment.along) * segment.mass
      mass += segment.mass
    }
    return sum / mass
  }
}
