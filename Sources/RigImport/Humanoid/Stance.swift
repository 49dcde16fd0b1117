internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// Measures how much a pose of joints looks like a rest: a person standing upright, legs down, arms
/// raised sideways or hanging, square to an axis, symmetrical.
struct Stance {
  /// Whether a person could stand like this.
  let isStanding: Bool
  /// The deviation from a rest, in degrees: the largest of the difference between left and right,
  /// the trunk's lean, and the pelvis' angle to the nearest axis.
  let oddness: Double

  /// Judges joints at positions in any axes.
  init(_ position: (JointName) -> Vector3?) {
    func way(_ from: JointName, _ to: JointName) -> Vector3? {
      guard let one = position(from), let other = position(to) else { return nil }
      return (other - one).normalized
    }
    let top = position(.neck) != nil ? JointName.neck : .head
    guard let trunk = way(.hips, top), let pelvis = way(.rightUpperLeg, .leftUpperLeg),
      let shoulders = way(.rightUpperArm, .leftUpperArm)
    else {
      (isStanding, oddness) = (false, 180)
      return
    }
    let up = Self.nearestAxis(trunk)
    let legs = Side.both.compactMap { side in
      way(JointName(.upperLeg, side), JointName(.foot, side))
    }
    let arms = Side.both.compactMap { side in
      way(JointName(.upperArm, side), JointName(.lowerArm, side))
    }
    func isStraight(_ kinds: [JointKind], _ side: Side, _ share: Double) -> Bool {
      let points = kinds.compactMap { position(JointName($0, side)) }
      guard points.count == 3 else { return true }
      let whole = (points[1] - points[0]).length + (points[2] - points[1]).length
      return (points[2] - points[0]).length > share * whole
    }
    let areStraight = Side.both.allSatisfy {
      isStraight([.upperLeg, .lowerLeg, .foot], $0, 0.88)
        && isStraight([.upperArm, .lowerArm, .hand], $0, 0.7)
    }
    func level(_ v: Vector3) -> Vector3 { (v - up * v.dot(up)).normalized ?? v }
    let (flat, breadth) = (level(pelvis), level(shoulders))
    isStanding =
      legs.count == 2 && arms.count == 2 && areStraight && trunk.dot(up) > 0.85
      && legs.allSatisfy { $0.dot(up) < -0.85 } && abs(pelvis.dot(up)) < 0.5
      && abs(shoulders.dot(up)) < 0.25 && flat.dot(breadth) > 0.94
      && arms[0].dot(flat) > -0.2 && arms[1].dot(flat) < 0.2
      && arms.allSatisfy { $0.dot(up) < 0.5 }
    // Compares the mirror image of the right side with the left.
    func mirrored(_ v: Vector3) -> Vector3 { v - flat * (2 * v.dot(flat)) }
    let bones: [(JointKind, JointKind)] = [
      (.upperArm, .lowerArm), (.lowerArm, .hand), (.upperLeg, .lowerLeg), (.lowerLeg, .foot),
    ]
    let differences = bones.compactMap { start, end -> Double? in
      guard let left = way(JointName(start, .left), JointName(end, .left)),
        let right = way(JointName(start, .right), JointName(end, .right))
      else { return nil }
      return Self.degrees(left, mirrored(right))
    }
    oddness =
      (differences + [Self.degrees(trunk, up), Self.degrees(flat, Self.nearestAxis(flat))]).max()
      ?? 180
  }

  private static func degrees(_ one: Vector3, _ other: Vector3) -> Double {
    acos(min(max(one.dot(other), -1), 1)) * 180 / .pi
  }

  /// Returns the axis, forward or backward, that is nearest to a direction.
  static func nearestAxis(_ v: Vector3) -> Vector3 {
    let axes = [Vector3.unitX, .unitY, .unitZ]
    let best = axes.max { abs($0.dot(v)) < abs($1.dot(v)) } ?? .unitY
    return best.dot(v) < 0 ? -best : best
  }
}
