#if canImport(Glibc)
  internal import Glibc
#endif

/// The limits of one joint, looked up once for solvers that need them often.
package struct JointRange {
  let joint: JointName
  private let anatomy: JointAnatomy
  private let angles: AngleReader
  /// The limits in degrees, by degree of freedom; infinite if there is no limit.
  private let lowest: SIMD3<Double>
  private let highest: SIMD3<Double>

  /// An angle beyond its range, in degrees.
  package struct Excess {
    /// The degree of freedom.
    package var freedom: Int
    /// The angle.
    package var angle: Double
    /// The distance beyond the range.
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

  /// Returns the angles beyond their ranges, for the representation of the rotation that exceeds
  /// them least.
  package func excess(of rotation: Quaternion) -> [Excess] {
    let best = leastStraying(rotation)
    return (0..<3).compactMap { freedom in
      best.strays[freedom] > 0
        ? Excess(freedom: freedom, angle: best.degrees[freedom], excess: best.strays[freedom])
        : nil
    }
  }

  /// Returns how far each angle is beyond its range in degrees, 0 within it, like ``excess(of:)``.
  func strays(of rotation: Quaternion) -> SIMD3<Double> { leastStraying(rotation).strays }

  /// Returns the named angles of a rotation in degrees, for the representation that exceeds the
  /// ranges least; if several do, the first.
  package func degrees(of rotation: Quaternion) -> [AngleName: Double] {
    let readings = readings(of: rotation)
    var best = readings[0]
    for reading in readings.dropFirst() where excess(reading) < excess(best) - 1e-6 {
      best = reading
    }
    // Where the outer angles are indistinguishable, other values can represent the rotation too.
    if excess(best) > 1e-6 {
      let near = nearest(to: rotation)
      if near.away < 1e-6 { best = near.degrees }
    }
    return Dictionary(uniqueKeysWithValues: zip(anatomy.degreesOfFreedom.map(\.name), best))
  }

  /// Returns the rotation within the ranges that is nearest to another; a rotation within them is
  /// returned unchanged.
  ///
  /// Unlike ``excess(of:)``, it also limits the angles near the pole of the middle one.
  func settled(_ rotation: Quaternion) -> Quaternion {
    if readings(of: rotation).contains(where: { excess($0) == 0 }) { return rotation }
    return anatomy.rotation(degreesInOrder: nearest(to: rotation).degrees, side: joint.side)
  }

  /// Returns the angles within the ranges that give the rotation nearest to another, in degrees by
  /// degree of freedom, and the remaining distance in radians.
  ///
  /// Starting from each representation of the rotation, clamped to the ranges, each angle in turn
  /// takes as much of the remaining rotation as it can.
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
          // Use the equivalent angle that is in the range, or nearest to it.
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

  /// The number of rounds in which the angles of ``nearest(to:)`` converge.
  private static let rounds = 40

  /// Returns all representations of a rotation, in degrees by degree of freedom, the principal one
  /// first.
  private func readings(of rotation: Quaternion) -> [[Double]] {
    let first = anatomy.degreesInOrder(of: rotation, side: joint.side)
    guard first.count == 3 else { return [first] }
    func halfTurned(_ angle: Double) -> Double { angle > 0 ? angle - 180 : angle + 180 }
    return [first]
      + [180.0, -180].map { [halfTurned(first[0]), $0 - first[1], halfTurned(first[2])] }
  }

  /// Returns the total of the angles beyond their ranges, in degrees.
  private func excess(_ reading: [Double]) -> Double {
    reading.enumerated().reduce(0) { sum, angle in
      let past = max(lowest[angle.offset] - angle.element, angle.element - highest[angle.offset])
      return sum + max(0, past)
    }
  }

  /// Returns the rotation with angles beyond their range clamped to its end.
  package func clamped(_ rotation: Quaternion) -> Quaternion {
    let best = leastStraying(rotation)
    guard best.strays != .zero else { return rotation }
    var degrees: [Double] = []
    for freedom in anatomy.degreesOfFreedom.indices {
      let angle = best.degrees[freedom]
      // Angles that are indistinguishable are not clamped.
      if angle.isNaN { return rotation }
      degrees.append(min(max(angle, lowest[freedom]), highest[freedom]))
    }
    return anatomy.rotation(degreesInOrder: degrees, side: joint.side)
  }

  /// Returns the angles of the representation that exceeds the ranges least, in degrees, NaN if
  /// they are indistinguishable, and how far each is beyond its range.
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
