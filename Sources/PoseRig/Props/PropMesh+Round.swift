#if canImport(Glibc)
  internal import Glibc
#endif

/// The corners of circles.
enum Circle {
  /// The largest distance of a straight side from the circle, in meters, invisible even in a
  /// close-up.
  private static let tolerance = 0.000_05

  /// Returns the number of sides that a circle of a radius needs to look round.
  static func sides(radius: Double) -> Int {
    guard radius > tolerance else { return 16 }
    let needed = Double.pi / acos(1 - tolerance / radius)
    return min(max(Int((needed / 8).rounded(.up)) * 8, 16), 128)
  }

  /// Returns the directions of a horizontal circle's corners, counter-clockwise from above; the
  /// first is repeated at the end.
  static func directions(_ sides: Int) -> [Vector3] {
    (0...sides).map { side in
      let angle = 2 * Double.pi * Double(side % sides) / Double(sides)
      return Vector3(cos(angle), 0, -sin(angle))
    }
  }
}

extension PropMesh {
  /// Adds a profile rotated about the vertical.
  ///
  /// - Parameter flatness: the depth from front to back as a share of the width.
  mutating func addLathe(_ profile: Outline, flatness: Double = 1) {
    func corner(
      _ point: SIMD2<Double>, _ normal: SIMD2<Double>, _ direction: Vector3
    ) -> (Vector3, Vector3) {
      let (own, normal) = Self.corner(point, normal, direction)
      let turned = Vector3(normal.x, normal.y, normal.z / flatness)
      return (Vector3(own.x, own.y, own.z * flatness), turned.normalized ?? .unitY)
    }
    let (points, hard) = (profile.points, profile.isHard)
    let directions = Circle.directions(Circle.sides(radius: profile.high.x))
    let count = points.count
    func isOnAxis(_ index: Int) -> Bool {
      points[index].x == 0 && points[(index + 1) % count].x == 0
    }
    for index in 0..<count where !isOnAxis(index) {
      let next = (index + 1) % count
      let own = profile.normal(after: index)
      let before =
        hard[index] || isOnAxis((index + count - 1) % count)
        ? own : own + profile.normal(after: index + count - 1)
      let after = hard[next] || isOnAxis(next) ? own : own + profile.normal(after: next)
      addGrid([
        directions.map { corner(points[index], before, $0) },
        directions.map { corner(points[next], after, $0) },
      ])
    }
  }

  private static func corner(
    _ point: SIMD2<Double>, _ normal: SIMD2<Double>, _ direction: Vector3
  ) -> (Vector3, Vector3) {
    let way = point.x == 0 && normal.x.magnitude < 1e-9 ? Vector3.zero : direction * normal.x
    return (
      direction * point.x + Vector3(0, point.y, 0),
      (way + Vector3(0, normal.y, 0)).normalized ?? .unitY
    )
  }

  /// Adds a sphere with different sizes along the axes.
  mutating func addEllipsoid(_ size: Vector3) {
    let radii = size / 2
    let sides = Circle.sides(radius: max(radii.x, radii.y, radii.z))
    let rows = Outline.halfCircle(radius: 1, middle: 0, steps: sides / 2).map { point in
      Circle.directions(sides).map { direction in
        let way = direction * point.x + Vector3(0, point.y, 0)
        return (
          point: way * radii + Vector3(0, radii.y, 0), normal: (way / radii).normalized ?? .unitY
        )
      }
    }
    addGrid(rows)
  }

  mutating func addCapsule(radius: Double, height: Double) {
    let steps = Circle.sides(radius: radius) / 4
    let below = Outline.halfCircle(radius: radius, middle: radius, steps: steps, from: -90, to: 0)
    let above = Outline.halfCircle(
      radius: radius, middle: height - radius, steps: steps, from: 0, to: 90)
    addLathe(Outline(below + (height > radius * 2 + 1e-9 ? above[...] : above.dropFirst())))
  }

  mutating func addTorus(radius: Double, thickness: Double) {
    let tube = thickness / 2
    let sides = Circle.sides(radius: tube)
    let ring = (0..<sides).map { side in
      let angle = 2 * Double.pi * Double(side) / Double(sides)
      return SIMD2(
        max(radius - tube + cos(angle) * tube, 0), tube + sin(angle) * tube)
    }
    addLathe(Outline(ring))
  }

  /// Adds a box with rounded edges: the eight octants of a sphere, moved apart.
  mutating func addRoundedBox(_ size: Vector3, rounding: Double) {
    let steps = max(Circle.sides(radius: rounding) / 4, 4)
    let inner = Vector3(size.x / 2 - rounding, size.y / 2 - rounding, size.z / 2 - rounding)
    let middle = Vector3(0, size.y / 2, 0)
    // Each quarter and each half has both of its ends: between them are the flat faces.
    let quarters = [(1.0, -1.0), (-1, -1), (-1, 1), (1, 1)]
    let heights = [(-1.0, -90.0, 0.0), (1, 0, 90)]
    let rows = heights.flatMap { side, from, to in
      Outline.halfCircle(radius: 1, middle: 0, steps: steps, from: from, to: to).map { point in
        let row = quarters.enumerated().flatMap { quarter, signs in
          (0...steps).map { step in
            let angle = (Double(quarter) + Double(step) / Double(steps)) * .pi / 2
            let way = Vector3(cos(angle) * point.x, point.y, -sin(angle) * point.x)
            let corner = Vector3(signs.0, side, signs.1) * inner
            return (point: middle + corner + way * rounding, normal: way.normalized ?? .unitY)
          }
        }
        return row + [row[0]]
      }
    }
    addGrid(rows)
    // The exact positions of the octants' poles.
    let poles = (0..<4).map { $0 * (steps + 1) }
    addFace(poles.map { rows[rows.count - 1][$0].point })
    addFace(poles.reversed().map { rows[0][$0].point })
  }
}
