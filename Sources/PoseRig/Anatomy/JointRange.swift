#if canImport(Glibc)
  internal import Glibc
#endif

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
    let readings = readings(of: rotation)
    var best = readings[0]
    for reading in readings.dropFirst() where excess(reading) < excess(best) - 1e-6 {
      best = reading
    }
    // Where the outer angles cannot be told apart, others may say the same.
    if excess(best) > 1e-6 {
      let near = nearest(to: rotation)
      if near.away < 1e-6 { best = near.degrees }
    }
    return Dictionary(uniqueKeysWithValues: zip(anatomy.degreesOfFreedom.map(\.name), best))
  }

  /// Returns the rotation within the ranges that is nearest to another; the same if it is within
  /// them.
  ///
  /// Unlike ``excess(of:)`` it lets no angle off near the pole of the middle one.
  func settled(_ rotation: Quaternion) -> Quaternion {
    if readings(of: rotation).contains(where: { excess($0) == 0 }) { return rotation }
    return anatomy.rotation(degreesInOrder: nearest(to: rotation).degrees, side: joint.side)
  }

  /// Returns the angles within the ranges whose rotation is nearest to another, in degrees by degree
  /// of freedom, and how far it still is, in radians.
  ///
  /// From each way to write the rotation, brought into the ranges, one angle after the other takes up
  /// what it can of what is left.
  private func nearest(to rotation: Quaternion) -> (degrees: [Double], away: Double) {
    let turns = anatomy.degreesOfFreedom
    let wanted = joint.side == .right ? rotation.mirrored : rotation
    func product(_ degrees: [Double], _ indices: Range<Int>) -> Quaternion {
      indices.reduce(.identity) {
        $0 * Quaternion(angle: degrees[$1].degreesToRadians, axis: turns[$1].axis)
      }
    }
    var best: (degrees: [Double], away: Double) = ([], .infinity)
    for reading in readings(of: rotation) {
      var degrees = reading.indices.map { min(max(reading[$0], lowest[$0]), highest[$0]) }
      for _ in 0..<Self.rounds {
        for index in degrees.indices {
          let before = product(degrees, 0..<index)
          let after = product(degrees, (index + 1)..<degrees.count) * anatomy.neutral
          let left = before.inverse * wanted * after.inverse
          let along = Vector3(left.components.x, left.components.y, left.components.z)
            .dot(turns[index].axis)
          let turn = 2 * atan2(along, left.w).radiansToDegrees
          // The same turn by the way round that is in the range, or next to it.
          let middle = (lowest[index] + highest[index]) / 2
          let round = middle.isFinite ? turn - 360 * ((turn - middle) / 360).rounded() : turn
          degrees[index] = min(max(round, lowest[index]), highest[index])
        }
      }
      let own = product(degrees, degrees.indices) * anatomy.neutral
      let away = (own.inverse * wanted).angle
      if away < best.away - 1e-9 { best = (degrees, away) }
    }
    return best
  }

  /// The rounds in which the angles of ``nearest(to:)`` settle.
  private static let rounds = 40

  /// Returns all ways to write a rotation, in degrees by degree of freedom, the plain one first.
  private func readings(of rotation: Quaternion) -> [[Double]] {
    let first = anatomy.degreesInOrder(of: rotation, side: joint.side)
    guard first.count == 3 else { return [first] }
    func halfTurned(_ angle: Double) -> Double { angle > 0 ? angle - 180 : angle + 180 }
    return [first]
      + [180.0, -180].map { [halfTurned(first[0]), $0 - first[1], halfTurned(first[2])] }
  }

  /// Returns how far angles are past their ranges together, in degrees.
  private func excess(_ reading: [Double]) -> Double {
    reading.enumerated().reduce(0) { sum, angle in
      let past = max(lowest[angle.offset] - angle.element, angle.element - highest[angle.offset])
      return sum + max(0, past)
    }
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
