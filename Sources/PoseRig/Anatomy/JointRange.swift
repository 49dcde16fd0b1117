/// The limits of one joint, looked up once for solvers that ask often.
package struct JointRange {
  let joint: JointName
  private let anatomy: JointAnatomy
  /// Degrees, by degree of freedom; nil where there is no limit.
  private let ranges: [ClosedRange<Double>?]
  private let side: Side

  /// An angle past its range, in degrees.
  package struct Excess {
    /// Which degree of freedom.
    package var freedom: Int
    /// The angle.
    package var angle: Double
    /// How far it is past the range.
    package var excess: Double
  }

  package init(_ joint: JointName, _ limits: JointLimits) {
    self.joint = joint
    anatomy = Anatomy.of(joint)
    side = joint.side
    ranges = anatomy.degreesOfFreedom.map { limits.range(of: $0.name, at: joint) }
  }

  package func name(of freedom: Int) -> AngleName { anatomy.degreesOfFreedom[freedom].name }

  /// Returns the angles past their range: of all ways to write the rotation, in the one that strays
  /// least.
  package func excess(of rotation: Quaternion) -> [Excess] {
    var best: [Excess]?
    var least = Double.infinity
    for reading in anatomy.equivalentAngles(of: rotation, side: side) {
      var found: [Excess] = []
      for (freedom, angle) in reading.enumerated() {
        guard let angle = angle?.radiansToDegrees, let range = ranges[freedom] else { continue }
        let excess = max(range.lowerBound - angle, angle - range.upperBound)
        if excess > 0 { found.append(Excess(freedom: freedom, angle: angle, excess: excess)) }
      }
      let sum = found.reduce(0) { $0 + $1.excess }
      if sum < least { (best, least) = (found, sum) }
      if found.isEmpty { break }
    }
    return best ?? []
  }

  /// Returns the rotation with angles that are past their range brought back to its end.
  package func clamped(_ rotation: Quaternion) -> Quaternion {
    let strays = excess(of: rotation)
    guard !strays.isEmpty else { return rotation }
    for reading in anatomy.equivalentAngles(of: rotation, side: side)
    where strays.allSatisfy({ reading[$0.freedom]?.radiansToDegrees == $0.angle }) {
      var degrees: [Double] = []
      for (freedom, angle) in zip(anatomy.degreesOfFreedom.indices, reading) {
        guard let angle = angle?.radiansToDegrees else { return rotation }
        let range = ranges[freedom] ?? angle...angle
        degrees.append(min(max(angle, range.lowerBound), range.upperBound))
      }
      return anatomy.rotation(degreesInOrder: degrees, side: side)
    }
    return rotation
  }
}
