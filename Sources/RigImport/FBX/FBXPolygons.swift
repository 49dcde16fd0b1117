internal import PoseRig

/// The polygons of a mesh, divided into triangles.
struct FBXPolygons {
  /// The point of each corner, polygon by polygon.
  private(set) var corners: [Int32] = []
  /// The indices into ``corners`` of the corners of triangles, and the polygon of each.
  private(set) var triangles: [(corners: SIMD3<Int32>, polygon: Int32)] = []
  /// The number of polygons with corners that do not exist or are not points.
  private(set) var broken = 0

  /// The largest number of corners for which a polygon is divided by ear clipping; larger ones
  /// become fans.
  private static let maximumEars = 1000

  /// The largest number of times that all corners of a polygon are examined again.
  private static let maximumRounds = 4

  /// Divides polygons, where each ends with the complement of its last corner's point.
  init(_ indices: [Int], points: [SIMD3<Double>]) {
    corners.reserveCapacity(indices.count)
    triangles.reserveCapacity(indices.count)
    var first = 0
    var polygon: Int32 = 0
    for index in indices {
      let point = index < 0 ? ~index : index
      corners.append(Int32(exactly: point) ?? -1)
      guard index < 0 else { continue }
      cut(first..<corners.count, polygon, points)
      first = corners.count
      polygon += 1
    }
    // A file can omit the mark of its last polygon.
    if first < corners.count { cut(first..<corners.count, polygon, points) }
  }

  private mutating func cut(_ range: Range<Int>, _ polygon: Int32, _ points: [SIMD3<Double>]) {
    guard range.count >= 3 else { return }
    let isWhole = corners[range].allSatisfy { corner in
      // NaN compares as false.
      corner >= 0 && corner < points.count && abs(points[Int(corner)]).sum() < 1e9
    }
    guard isWhole else {
      broken += 1
      return
    }
    func add(_ a: Int, _ b: Int, _ c: Int) {
      triangles.append((SIMD3(Int32(a), Int32(b), Int32(c)), polygon))
    }
    let start = range.lowerBound
    switch range.count {
    case 3: add(start, start + 1, start + 2)
    case 4:
      // The diagonal inside the polygon; if both are, the shorter one.
      let p = (0..<4).map { points[Int(corners[start + $0])] }
      let first = Self.bend(p[0], p[1], p[2], p[3])
      let second = Self.bend(p[1], p[2], p[3], p[0])
      let isFirst =
        (first > 0) == (second > 0)
        ? (p[2] - p[0]).lengthSquared <= (p[3] - p[1]).lengthSquared : first > 0
      if isFirst {
        add(start, start + 1, start + 2)
        add(start, start + 2, start + 3)
      } else {
        add(start, start + 1, start + 3)
        add(start + 1, start + 2, start + 3)
      }
    default: cutEars(range, polygon, points)
    }
  }

  /// Returns how far the two triangles beside the diagonal from `a` to `c` face in one direction.
  private static func bend(_ a: Vector3, _ b: Vector3, _ c: Vector3, _ d: Vector3) -> Double {
    (b - a).cross(c - a).dot((c - a).cross(d - a))
  }

  // MARK: Polygons of many corners

  private mutating func cutEars(_ range: Range<Int>, _ polygon: Int32, _ points: [SIMD3<Double>]) {
    let flat = range.count <= Self.maximumEars ? flattened(range, points) : nil
    var left = Array(0..<range.count)
    if let flat {
      var misses = 0
      var at = 0
      // The corners that are known not to be ears and whose neighbors are unchanged. Clipping an
      // ear can only make ears of its neighbors, unless the outline crosses itself: then all are
      // examined again.
      var isKnown = [Bool](repeating: false, count: range.count)
      var rounds = 0
      while left.count > 3 {
        if misses >= left.count {
          rounds += 1
          guard rounds <= Self.maximumRounds else { break }
          isKnown = Array(repeating: false, count: range.count)
          misses = 0
        }
        let (before, here, after) = (
          left[(at + left.count - 1) % left.count], left[at % left.count],
          left[(at + 1) % left.count]
        )
        if !isKnown[here], Self.isEar(before, here, after, left, flat) {
          add(before, here, after, range, polygon)
          left.remove(at: at % left.count)
          (isKnown[before], isKnown[after]) = (false, false)
          misses = 0
          at = left.isEmpty ? 0 : at % left.count
        } else {
          isKnown[here] = true
          misses += 1
          at = (at + 1) % left.count
        }
      }
    }
    // A polygon that crosses itself or is too large becomes a fan.
    for slot in 1..<max(left.count - 1, 1) {
      add(left[0], left[slot], left[slot + 1], range, polygon)
    }
  }

  private mutating func add(
    _ a: Int, _ b: Int, _ c: Int, _ range: Range<Int>, _ polygon: Int32
  ) {
    let start = range.lowerBound
    triangles.append((SIMD3(Int32(start + a), Int32(start + b), Int32(start + c)), polygon))
  }

  /// Returns the corners of a polygon in its own plane; nil for one without an area.
  private func flattened(_ range: Range<Int>, _ points: [SIMD3<Double>]) -> [SIMD2<Double>]? {
    let outline = range.map { points[Int(corners[$0])] }
    var area = Vector3.zero
    for slot in outline.indices {
      let (here, next) = (
        outline[slot] - outline[0], outline[(slot + 1) % outline.count] - outline[0]
      )
      area += here.cross(next)
    }
    guard let normal = area.normalized else { return nil }
    let side = abs(normal.x) < 0.7 ? Vector3.unitX : Vector3.unitY
    guard let x = side.cross(normal).normalized else { return nil }
    let y = normal.cross(x)
    return outline.map { SIMD2(($0 - outline[0]).dot(x), ($0 - outline[0]).dot(y)) }
  }

  /// Returns whether a corner can be clipped: it is convex, and no other corner is inside its
  /// triangle.
  private static func isEar(
    _ before: Int, _ here: Int, _ after: Int, _ left: [Int], _ flat: [SIMD2<Double>]
  ) -> Bool {
    let (a, b, c) = (flat[before], flat[here], flat[after])
    guard turn(a, b, c) > 0 else { return false }
    return !left.contains { other in
      guard other != before, other != here, other != after else { return false }
      let p = flat[other]
      // Corners in the same position, which bridge holes, do not obstruct.
      guard p != a, p != b, p != c else { return false }
      return turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0
    }
  }

  private static func turn(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
    let (u, v) = (b - a, c - a)
    return u.x * v.y - u.y * v.x
  }
}

private func abs(_ vector: Vector3) -> Vector3 {
  Vector3(Swift.abs(vector.x), Swift.abs(vector.y), Swift.abs(vector.z))
}

extension SIMD3<Double> {
  fileprivate var lengthSquared: Double { (self * self).sum() }
}
