/// Calculates curves through points: centripetal Catmull–Rom curves, which neither loop nor
/// overshoot with uneven distances (Yuksel et al., *Parameterization and Applications of
/// Catmull-Rom Curves*, 2011).
public enum SmoothLine {
  /// The number of straight pieces between two points.
  private static let steps = 10

  /// Returns points along a curve; a point that is repeated is a corner.
  public static func through<Point: SIMD>(_ points: [Point], closed: Bool) -> [Point]
  where Point.Scalar == Double {
    var runs: [[Point]] = [[]]
    var line = points
    var isLoop = closed
    // A loop with a corner is an open line that begins and ends in it.
    if closed, let corner = line.indices.first(where: { line[$0] == line[($0 + 1) % line.count] }) {
      let start = (corner + 1) % line.count
      line = Array(line[start...] + line[..<start])
      isLoop = false
    }
    for (index, point) in line.enumerated() {
      if index > 0, point == line[index - 1], !runs[runs.count - 1].isEmpty {
        runs.append([])
      }
      runs[runs.count - 1].append(point)
    }
    if isLoop { return loop(line) }
    var found: [Point] = []
    for run in runs {
      let curve = open(run)
      found += found.last == curve.first ? curve.dropFirst() : curve[...]
    }
    if closed, found.count > 1, found.first == found.last { found.removeLast() }
    return found
  }

  private static func loop<Point: SIMD>(_ points: [Point]) -> [Point]
  where Point.Scalar == Double {
    let count = points.count
    return points.indices.flatMap { index in
      piece(
        points[(index + count - 1) % count], points[index], points[(index + 1) % count],
        points[(index + 2) % count])
    }
  }

  private static func open<Point: SIMD>(_ points: [Point]) -> [Point]
  where Point.Scalar == Double {
    guard points.count > 2, let last = points.last else { return points }
    // Beyond its ends, the line continues straight.
    let line = [points[0] * 2 - points[1]] + points + [last * 2 - points[points.count - 2]]
    let curve = (1..<points.count).flatMap {
      piece(line[$0 - 1], line[$0], line[$0 + 1], line[$0 + 2])
    }
    return curve + [last]
  }

  /// Returns the curve from `b` to `c`, without `c`.
  private static func piece<Point: SIMD>(
    _ a: Point, _ b: Point, _ c: Point, _ d: Point
  ) -> [Point] where Point.Scalar == Double {
    func knot(_ from: Point, _ to: Point) -> Double {
      max((((to - from) * (to - from)).sum()).squareRoot().squareRoot(), 1e-6)
    }
    let t1 = knot(a, b)
    let t2 = t1 + knot(b, c)
    let t3 = t2 + knot(c, d)
    func mix(_ from: Point, _ to: Point, _ start: Double, _ end: Double, _ t: Double) -> Point {
      from * ((end - t) / (end - start)) + to * ((t - start) / (end - start))
    }
    return (0..<steps).map { step in
      if step == 0 { return b }
      let t = t1 + (t2 - t1) * Double(step) / Double(steps)
      let (ab, bc, cd) = (mix(a, b, 0, t1, t), mix(b, c, t1, t2, t), mix(c, d, t2, t3, t))
      return mix(mix(ab, bc, 0, t2, t), mix(bc, cd, t1, t3, t), t1, t2, t)
    }
  }
}
