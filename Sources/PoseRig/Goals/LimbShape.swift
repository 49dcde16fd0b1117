/// The limbs, shoulders, neck and head of a figure as round bars, for the arms and heads of others to
/// stay out of.
struct LimbShape {
  /// A bar from one point to another, in the frame of the joint that carries both.
  private struct Bar {
    var joint: JointName
    var start: Vector3
    var end: Vector3
    /// In meters.
    var radius: Double
  }

  private let bars: [Bar]
  /// Half an arm's thickness, in meters.
  private let arm: Double

  /// How many bars there are.
  var count: Int { bars.count }

  /// The bars of a rig, as thick as the limbs of an adult of its size.
  init(_ rig: Rig) {
    let size = rig.size
    func bar(_ joint: JointName, to end: JointName, _ radius: Double) -> Bar {
      Bar(joint: joint, start: .zero, end: rig[end] - rig[joint], radius: radius * size)
    }
    arm = 0.035 * size
    let crown = Vector3(0, 0.1 * size, 0.01 * size)
    bars =
      [
        bar(.leftUpperArm, to: .leftLowerArm, 0.042), bar(.leftLowerArm, to: .leftHand, 0.032),
        bar(.rightUpperArm, to: .rightLowerArm, 0.042), bar(.rightLowerArm, to: .rightHand, 0.032),
        bar(.leftUpperLeg, to: .leftLowerLeg, 0.065),
        bar(.rightUpperLeg, to: .rightLowerLeg, 0.065),
        bar(.leftShoulder, to: .leftUpperArm, 0.045),
        bar(.rightShoulder, to: .rightUpperArm, 0.045), bar(.neck, to: .head, 0.055),
      ] + [Bar(joint: .head, start: .zero, end: crown, radius: 0.085 * size)]
  }

  /// Returns how deep an arm, from its shoulder to its wrist in the space of this figure, is in a
  /// bar, in meters; 0 or less outside.
  func depth(
    of arm: (shoulder: Vector3, elbow: Vector3, wrist: Vector3), in index: Int, _ posed: PosedRig
  ) -> Double {
    let bar = bars[index]
    let frame = posed.modelFromJoint[bar.joint.index]
    let (start, end) = (frame.apply(bar.start), frame.apply(bar.end))
    // Shoulders and hands of people who touch are near each other.
    let upper = Self.distance(
      arm.shoulder + (arm.elbow - arm.shoulder) * 0.4, arm.elbow, start, end)
    let lower = Self.distance(
      arm.elbow, arm.elbow + (arm.wrist - arm.elbow) * 0.75, start, end)
    return bar.radius + self.arm - min(upper, lower)
  }

  /// Returns how deep the head of another figure, in the space of this one, is in a bar, in meters;
  /// 0 or less outside.
  func depth(of head: Head, in index: Int, _ posed: PosedRig) -> Double {
    let bar = bars[index]
    let frame = posed.modelFromJoint[bar.joint.index]
    let distance = Self.distance(
      head.start, head.end, frame.apply(bar.start), frame.apply(bar.end))
    return bar.radius + head.radius - distance
  }

  /// A head as a bar: from the neck to below the crown, in meters.
  struct Head {
    var start: Vector3
    var end: Vector3
    var radius: Double
  }

  /// Returns the head of a posed figure, moved to another one's space.
  func head(_ posed: PosedRig, _ motion: Transform) -> Head? {
    bars.last.map { bar in
      let frame = motion * posed.modelFromJoint[bar.joint.index]
      return Head(start: frame.apply(bar.start), end: frame.apply(bar.end), radius: bar.radius)
    }
  }

  /// Returns the distance of two lines' nearest points, both from end to end (Ericson, "Real-Time
  /// Collision Detection", 2005, 5.1.9).
  private static func distance(
    _ a: Vector3, _ b: Vector3, _ c: Vector3, _ d: Vector3
  ) -> Double {
    let (first, second, between) = (b - a, d - c, a - c)
    let (e, f) = (max(first.dot(first), 1e-12), max(second.dot(second), 1e-12))
    let (g, h, k) = (first.dot(second), first.dot(between), second.dot(between))
    let area = e * f - g * g
    var s = area > 1e-12 ? min(max((g * k - h * f) / area, 0), 1) : 0
    var t = (g * s + k) / f
    if t < 0 {
      (s, t) = (min(max(-h / e, 0), 1), 0)
    } else if t > 1 {
      (s, t) = (min(max((g - h) / e, 0), 1), 1)
    }
    return (a + first * s - c - second * t).length
  }
}
