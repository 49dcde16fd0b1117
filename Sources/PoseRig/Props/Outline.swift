#if canImport(Glibc)
  internal import Glibc
#endif

/// A closed polygon from which a solid is made, counter-clockwise.
public struct Outline: Equatable, Sendable {
  /// The corners, in meters.
  public let points: [SIMD2<Double>]

  /// The largest turn at a corner, in degrees, that still looks round.
  private static let roundest = 30.0

  /// Creates an outline through corners in either direction.
  ///
  /// - Precondition: there are at least three.
  public init(_ corners: [SIMD2<Double>]) {
    precondition(corners.count >= 3, "Outline: a line needs three corners to be closed")
    points = Self.area(corners) < 0 ? corners.reversed() : corners
  }

  /// The minimum coordinates.
  var low: SIMD2<Double> { points.reduce(points[0]) { pointwiseMin($0, $1) } }
  /// The maximum coordinates.
  package var high: SIMD2<Double> { points.reduce(points[0]) { pointwiseMax($0, $1) } }

  /// Returns the scaled outline.
  func scaled(by factor: Double) -> Outline { Outline(points.map { $0 * factor }) }

  /// Whether two of its sides cross or touch, except for neighbors at their common corner.
  public var crossesItself: Bool {
    let count = points.count
    for first in 0..<count {
      for second in (first + 1)..<count {
        let areNeighbors = second == first + 1 || (first == 0 && second == count - 1)
        if !areNeighbors, sidesMeet(first, second) { return true }
      }
    }
    return false
  }

  /// Whether each corner is a visible edge.
  var isHard: [Bool] {
    points.indices.map { index in
      let (before, after) = (side(before: index), side(after: index))
      let turn = abs(atan2(cross(before, after), (before * after).sum()))
      return turn > Self.roundest * .pi / 180
    }
  }

  /// Returns the distance of a point from the line; negative inside.
  ///
  /// - Parameter axis: whether sides on x = 0 are not a surface, as in a profile.
  func distance(to point: SIMD2<Double>, axis: Bool = false) -> Double {
    var nearest = Double.infinity
    var isInside = false
    var from = points[points.count - 1]
    for to in points {
      defer { from = to }
      if (from.y > point.y) != (to.y > point.y) {
        let x = from.x + (to.x - from.x) * (point.y - from.y) / (to.y - from.y)
        if point.x < x { isInside.toggle() }
      }
      if axis, from.x == 0, to.x == 0 { continue }
      let (side, way) = (to - from, point - from)
      let share = min(max((way * side).sum() / max((side * side).sum(), 1e-18), 0), 1)
      let rest = way - side * share
      nearest = min(nearest, (rest * rest).sum())
    }
    return isInside ? -nearest.squareRoot() : nearest.squareRoot()
  }

  /// The triangles that fill the outline, by the indices of their corners, counter-clockwise.
  var triangles: [(Int, Int, Int)] {
    var rest = Array(points.indices)
    var found: [(Int, Int, Int)] = []
    while rest.count > 3 {
      guard let ear = rest.indices.first(where: { isEar($0, of: rest) }) else { break }
      found.append(corners(at: ear, of: rest))
      rest.remove(at: ear)
    }
    // The rest is a triangle, or convex, if it encloses anything.
    return found + (1..<rest.count - 1).map { (rest[0], rest[$0], rest[$0 + 1]) }
  }

  // MARK: Sides

  /// Returns the outward unit normal of the side after a corner; indices wrap around.
  func normal(after index: Int) -> SIMD2<Double> {
    let side = side(after: index % points.count)
    return SIMD2(side.y, -side.x) / (side * side).sum().squareRoot()
  }

  private func side(after index: Int) -> SIMD2<Double> {
    points[(index + 1) % points.count] - points[index]
  }

  private func side(before index: Int) -> SIMD2<Double> {
    points[index] - points[(index + points.count - 1) % points.count]
  }

  private func sidesMeet(_ first: Int, _ second: Int) -> Bool {
    let (a, b) = (points[first], points[first] + side(after: first))
    let (c, d) = (points[second], points[second] + side(after: second))
    let (toC, toD) = (cross(b - a, c - a), cross(b - a, d - a))
    let (toA, toB) = (cross(d - c, a - c), cross(d - c, b - c))
    return toC * toD <= 0 && toA * toB <= 0
      && pointwiseMin(a, b).x <= max(c.x, d.x) && min(c.x, d.x) <= pointwiseMax(a, b).x
      && pointwiseMin(a, b).y <= max(c.y, d.y) && min(c.y, d.y) <= pointwiseMax(a, b).y
  }

  // MARK: Ears

  private func corners(at index: Int, of rest: [Int]) -> (Int, Int, Int) {
    (rest[(index + rest.count - 1) % rest.count], rest[index], rest[(index + 1) % rest.count])
  }

  private func isEar(_ ear: Int, of rest: [Int]) -> Bool {
    let (before, here, after) = corners(at: ear, of: rest)
    let (a, b, c) = (points[before], points[here], points[after])
    guard cross(b - a, c - b) > 0 else { return false }
    return rest.allSatisfy { index in
      if index == before || index == here || index == after { return true }
      let p = points[index]
      return cross(b - a, p - a) < 0 || cross(c - b, p - b) < 0 || cross(a - c, p - c) < 0
    }
  }

  private static func area(_ corners: [SIMD2<Double>]) -> Double {
    var sum = 0.0
    for (index, corner) in corners.enumerated() {
      sum += planeCross(corner, corners[(index + 1) % corners.count])
    }
    return sum / 2
  }

  private func cross(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { planeCross(a, b) }
}

/// Returns the sine of the left turn from one vector to another, times both lengths.
private func planeCross(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { a.x * b.y - a.y * b.x }

// MARK: Forms

extension Outline {
  /// Returns the profile of a cone: from the axis below to the axis above.
  static func cone(radius: Double, topRadius: Double, height: Double) -> Outline {
    let slope = [SIMD2(radius, 0), SIMD2(topRadius, height)].filter { $0.x > 0 }
    return Outline([SIMD2(0, 0)] + slope + [SIMD2(0, height)])
  }

  /// Returns the outline of a ramp seen from the left, where x is the ramp's z.
  static func wedge(_ size: Vector3) -> Outline {
    Outline([SIMD2(-size.z / 2, 0), SIMD2(size.z / 2, 0), SIMD2(-size.z / 2, size.y)])
  }

  /// Returns the outline of an arch seen from the front.
  static func arch(width: Double, height: Double, thickness: Double) -> Outline {
    let (outer, inner, leg) = (width / 2, width / 2 - thickness, height - width / 2)
    func half(_ radius: Double) -> [SIMD2<Double>] {
      (0...48).map { step in
        let angle = Double(step) / 48 * .pi
        return SIMD2(step == 24 ? 0 : cos(angle) * radius, leg + sin(angle) * radius)
      }
    }
    // Without legs, the half rings themselves end on the ground.
    let feet = leg > 1e-9
    return Outline(
      (feet ? [SIMD2(outer, 0)] : []) + half(outer)
        + (feet ? [SIMD2(-outer, 0), SIMD2(-inner, 0)] : []) + half(inner).reversed()
        + (feet ? [SIMD2(inner, 0)] : []))
  }

  /// Returns a half circle to the right of the axis, from bottom to top, at a height on the axis.
  static func halfCircle(
    radius: Double, middle: Double, steps: Int, from start: Double = -90,
    to end: Double = 90
  ) -> [SIMD2<Double>] {
    (0...steps).map { step in
      let angle = (start + (end - start) * Double(step) / Double(steps)) * .pi / 180
      // Exactly on the axis, so that the surface closes there.
      let x = abs(abs(angle) - .pi / 2) < 1e-9 ? 0 : cos(angle) * radius
      return SIMD2(x, middle + sin(angle) * radius)
    }
  }
}
