#if canImport(Glibc)
  internal import Glibc
#endif

/// Three mutually perpendicular axes, outermost first, about which a rotation is decomposed.
struct CardanAxes {
  private let first: Vector3
  private let second: Vector3
  private let third: Vector3
  private let handedness: Double

  init(_ first: Vector3, _ second: Vector3, _ third: Vector3) {
    // A left-handed triple is equivalent to a right-handed one with all axes, and so all angles,
    // negated.
    handedness = first.cross(second).dot(third) < 0 ? -1 : 1
    self.first = first * handedness
    self.second = second * handedness
    self.third = third * handedness
  }

  /// Returns the angles of a rotation in radians, the middle one within ±π/2. At the poles (middle
  /// = ±π/2) the last angle is 0.
  func radians(of rotation: Quaternion) -> SIMD3<Double> {
    let turnedThird = rotation.rotate(third)
    let sine = max(-1, min(1, first.dot(turnedThird)))
    let angles: SIMD3<Double>
    if abs(sine) < 0.999_999 {
      angles = SIMD3(
        atan2(-second.dot(turnedThird), third.dot(turnedThird)),
        asin(sine),
        atan2(-first.dot(rotation.rotate(second)), first.dot(rotation.rotate(first))))
    } else {
      let turnedSecond = rotation.rotate(second)
      angles = SIMD3(atan2(third.dot(turnedSecond), second.dot(turnedSecond)), asin(sine), 0)
    }
    return angles * handedness
  }
}
