/// The limits of one joint, looked up once for solvers that ask often.
package struct JointRange {
  let joint: JointName
  private let anatomy: JointAnatomy
  private let angles: AngleReader
  /// Degrees, by degree of freedom; infinite where there is no limit.
  private let lowest: SIMD3<Double>
  private let highest: SIMD3<Double>

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
    angles = anatomy.angles(joint.side)
    var (lowest, highest) = (
      SIMD3<Double>(repeating: -.infinity), SIMD3<Double>(repeating: .infinity)
    )
    for (freedom, description) in anatomy.degreesOfFreedom.enumerated() {
      guard let range = limits.range(of: description.name, at: joint) else { continue }
      (lowest[freedom], highest[freedom]) = (range.lowerBound, range.upperBound)
    }
    self.lowest = lowest
    self.highest = highest
  }

  package func name(of freedom: Int) -> AngleName { anatomy.degreesOfFreedom[freedom].name }

  /// Returns the angles past their range: of all ways to write the rotation, in the one that strays
  /// least.
  package func excess(of rotation: Quaternion) -> [Excess] {
    let best = leastStraying(rotation)
    return (0..<3).compactMap { freedom in
      best.strays[freedom] > 0
        ? Excess(freedom: freedom, angle: best.degrees[freedom], excess: best.strays[freedom])
        : nil
    }
  }

  /// Returns how far each angle is past its range in degrees, 0 within it, as ``excess(of:)`` has
  /// it.
  func strays(of rotation: Quaternion) -> SIMD3<Double> { leastStraying(rotation).strays }

  /// Returns the named angles of a rotation in degrees: of all ways to write it, the one that strays
  /// least from the ranges, and of equal ones the first.
  package func degrees(of rotation: Quaternion) -> [AngleName: Double] {
    let first = anatomy.degreesInOrder(of: rotation, side: joint.side)
    var readings = [first]
    if first.count == 3 {
      func halfTurned(_ angle: Double) -> Double { angle > 0 ? angle - 180 : angle + 180 }
      for straight in [180.0, -180] {
        readings.append([halfTurned(first[0]), straight - first[1], halfTurned(first[2])])
      }
    }
    func excess(_ reading: [Double]) -> Double {
      reading.enumerated().reduce(0) { sum, angle in
        let past = max(lowest[angle.offset] - angle.element, angle.element - highest[angle.offset])
        return sum + max(0, past)
      }
    }
    var best = first
    for reading in readings.dropFirst() where excess(reading) < excess(best) - 1e-6 {
      best = reading
    }
    return Dictionary(uniqueKeysWithValues: zip(anatomy.degreesOfFreedom.map(\.name), best))
  }

  /// Returns the rotation with angles that are past their range brought back to its end.
  package func clamped(_ rotation: Quaternion) -> Quaternion {
    let best = leastStraying(rotation)
    guard best.strays != .zero else { return rotation }
    var degrees: [Double] = []
    for freedom in anatomy.degreesOfFreedom.indices {
      let angle = best.degrees[freedom]
      // Of angles that cannot be told apart none is brought back.
      if angle.isNaN { return rotation }
      degrees.append(min(max(angle, lowest[freedom]), highest[freedom]))
    }
    return anatomy.rotation(degreesInOrder: degrees, side: joint.side)
  }

  /// Returns the angles of the way to write a rotation that strays least, in degrees, NaN where
  /// they cannot be told, and how far each is past its range.
  @inline(__always)
  private func leastStraying(
    _ rotation: Quaternion
  ) -> (degrees: SIMD3<Double>, strays: SIMD3<Double>) {
    var best = (degrees: SIMD3<Double>.zero, strays: SIMD3<Double>.zero)
    var least = Double.infinity
    angles.readings(of: rotation) { radians in
      var degrees = SIMD3<Double>.zero
      var strays = SIMD3<Double>.zero
      var sum = 0.0
      for freedom in 0..<3 {
        let angle = radians[freedom].radiansToDegrees
        degrees[freedom] = angle
        let stray = max(lowest[freedom] - angle, angle - highest[freedom])
        if stray > 0 {
          strays[freedom] = stray
          sum += stray
        }
      }
      if sum < least { (best, least) = ((degrees, strays), sum) }
      return sum == 0
    }
    return best
  }
}
