#if canImport(Glibc)
  internal import Glibc
#endif

/// The three angles about mutually perpendicular axes that make up a rotation, outermost first.
struct CardanAngles {
  /// Radians; the middle one within ±π/2. At the pole (middle = ±π/2) the last is 0.
  let radians: [Double]

  init(of rotation: Quaternion, axes: [Vector3]) {
    // A left-handed triple is a right-handed one with all axes, and so all angles, negated.
    let handedness: Double = axes[0].cross(axes[1]).dot(axes[2]) < 0 ? -1 : 1
    let e = axes.map { $0 * handedness }
    func element(_ row: Int, _ column: Int) -> Double {
      e[row].dot(rotation.rotate(e[column]))
    }
    let sine = max(-1, min(1, element(0, 2)))
    let angles: [Double]
    if abs(sine) < 0.999_999 {
      angles = [
        atan2(-element(1, 2), element(2, 2)),
        asin(sine),
        atan2(-element(0, 1), element(0, 0)),
      ]
    } else {
      angles = [atan2(element(2, 1), element(1, 1)), asin(sine), 0]
    }
    radians = angles.map { $0 * handedness }
  }
}
