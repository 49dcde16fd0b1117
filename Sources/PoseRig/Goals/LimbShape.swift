/// The limbs, shoulders, neck and head of a figure as capsules, which the arms and heads of others
/// avoid.
struct LimbShape {
  /// A capsule between two points, in the frame of the joint that carries both.
  private struct Bar {
    var joint: JointName
    var start: Vector3
    var end: Vector3
    /// The radius in meters.
    var radius: Double
  }

  private let bars: [Bar]
  /// The capsule of the head, which is the last.
  private let head: Bar
  /// Half the thickness of an arm, in meters.
  private let arm: Double

  /// Measures the capsules of a rig, as thick as the limbs of an adult of its size.
  init(_ rig: Rig) {
    let size = rig.size
    func bar(_ joint: JointName, to end: JointName, _ radius: Double) -> Bar {
      Bar(joint: joint, start: .zero, end: rig[end] - rig[joint], radius: radius * size)
    }
    arm = 0.035 * size
    let crown = Vector3(0, 0.1 * size, 0.01 * size)
    head = Bar(joint: .head, start: .zero, end: crown, radius: 0.085 * size)
    bars =
      [
        bar(.leftUpperArm, to: .leftLowerArm, 0.042), bar(.leftLowerArm, to: .leftHand, 0.032),
        bar(.rightUpperArm, to: .rightLowerArm, 0.042), bar(.rightLowerArm, to: .rightHand, 0.032),
        bar(.leftUpperLeg, to: .leftLowerLeg, 0.065),
        bar(.rightUpperLeg, to: .rightLowerLeg, 0.065),
        bar(.leftShoulder, to: .leftUpperArm, 0.045),
        bar(.rightShoulder, to: .rightUpperArm, 0.045), bar(.neck, to: .head, 0.055),
      ] + [head]
  }

  /// A posed capsule, in the own space of this figure or of another.
  struct Line {
    var start: Vector3
    var end: Vector3
    /// The radius in meters.
    var radius: Double

    /// Returns the depth inside another capsule, in meters; 0 or less outside.
    func depth(in other: Line) -> Double {
      other.radius + radius - LimbShape.distance(start, end, other.start, other.end)
    }
  }

  /// Returns the capsules of a posed figure.
  func lines(_ posed: PosedRig) -> [Line] {
    bars.map { line($0, posed.modelFromJoint[$0.joint.index]) }
  }

  /// Returns the head of a posed figure, transformed to another one's space.
  func head(_ posed: PosedRig, _ motion: Transform) -> Line {
    line(head, motion * posed.modelFromJoint[head.joint.index])
  }

  private func line(_ bar: Bar, _ frame: Transform) -> Line {
    Line(start: frame.apply(bar.start), end: frame.apply(bar.end), radius: bar.radius)
  }

  /// Returns both bones of an arm that must avoid this figure, without the parts near its shoulder
  /// and hand, since people who touch are near each other.
  ///
  /// - Parameters:
  ///   - posed: the arm's own figure.
  ///   - motion: the transform from that figure's space to this one's.
  func lines(ofArm hand: JointName, _ posed: PosedRig, _ motion: Transform) -> [Line] {
    func point(_ joint: JointName?) -> Vector3 {
      motion.apply(joint.map(posed.position) ?? .zero)
    }
    let lower = hand.parent
    let (shoulder, elbow, wrist) = (point(lower?.parent), point(lower), point(hand))
    return [
      Line(start: shoulder + (elbow - shoulder) * 0.4, end: elbow, radius: arm),
      Line(start: elbow, end: elbow + (wrist - elbow) * 0.75, radius: arm),
    ]
  }

  /// Returns the distance between the nearest points of two line segments (Ericson, "Real-Time
  /// Collision Detection", 2005, 5.1.9).
  fileprivate static func distance(
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
