internal import PoseRig

/// A set of triangles for tests with horizontal rays.
struct SurfaceRays {
  /// The positions of all vertices.
  let positions: [SIMD3<Float>]
  /// The triangles, with their indices in the body's surface.
  let triangles: [(index: Int, corners: SIMD3<UInt32>)]
  /// The minimum coordinates of the triangles' corners.
  let low: SIMD3<Float>
  /// The maximum coordinates of the triangles' corners.
  let high: SIMD3<Float>
  /// The indices into ``triangles`` at each level of height, from the bottom up, since every ray is
  /// horizontal.
  private let levels: [[Int]]

  private static let levelCount = 128

  /// A hit of a ray: its distance along the ray, and the point.
  struct Hit {
    var distance: Float
    var point: SurfacePoint
  }

  init(positions: [SIMD3<Float>], triangles: [(index: Int, corners: SIMD3<UInt32>)]) {
    self.positions = positions
    self.triangles = triangles
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for (_, corners) in triangles {
      for corner in 0..<3 {
        low = pointwiseMin(low, positions[Int(corners[corner])])
        high = pointwiseMax(high, positions[Int(corners[corner])])
      }
    }
    (self.low, self.high) = (low, high)
    var levels = [[Int]](repeating: [], count: Self.levelCount)
    for (position, triangle) in triangles.enumerated() {
      let corners = triangle.corners
      let heights = SIMD3(
        positions[Int(corners.x)].y, positions[Int(corners.y)].y, positions[Int(corners.z)].y)
      // Include one more level on each side, so that rounding does not miss a triangle.
      let first = max(Self.level(of: heights.min(), low.y, high.y) - 1, 0)
      let last = min(Self.level(of: heights.max(), low.y, high.y) + 1, Self.levelCount - 1)
      for level in first...last { levels[level].append(position) }
    }
    self.levels = levels
  }

  /// Returns the level of a height; heights beyond the surface get the outermost level.
  private static func level(of y: Float, _ low: Float, _ high: Float) -> Int {
    let share = (y - low) / max(high - low, .leastNormalMagnitude)
    // Written so that NaN maps to the lowest level.
    return share > 0 ? Int(min(share, 1) * Float(levelCount - 1)) : 0
  }

  /// Returns the corners of the triangles near a height.
  func triangles(at y: Float) -> [[SIMD3<Float>]] {
    levels[Self.level(of: y, low.y, high.y)].map { index in
      let corners = triangles[index].corners
      return (0..<3).map { positions[Int(corners[$0])] }
    }
  }

  /// Returns the outermost point of the surface on the horizontal line through a target, at a
  /// distance within a range.
  func outermost(
    through target: SIMD3<Float>, along ray: SIMD3<Float>, within range: ClosedRange<Float>? = nil
  ) -> Hit? {
    var best: Hit?
    visit(through: target, along: ray) { hit in
      if let range, !range.contains(hit.distance) { return }
      if best.map({ hit.distance > $0.distance }) ?? true { best = hit }
    }
    return best
  }

  /// Returns the point of the surface on the horizontal line through a target with the distance
  /// nearest to an expected one.
  func hit(
    through target: SIMD3<Float>, along ray: SIMD3<Float>, nearest expected: Float,
    within range: ClosedRange<Float>
  ) -> Hit? {
    var best: Hit?
    visit(through: target, along: ray) { hit in
      guard range.contains(hit.distance) else { return }
      if best.map({ abs(hit.distance - expected) < abs($0.distance - expected) }) ?? true {
        best = hit
      }
    }
    return best
  }

  /// Visits the points of the surface on the horizontal line through a target.
  private func visit(
    through target: SIMD3<Float>, along ray: SIMD3<Float>, _ body: (Hit) -> Void
  ) {
    for position in levels[Self.level(of: target.y, low.y, high.y)] {
      let (index, corners) = triangles[position]
      let a = positions[Int(corners.x)]
      let (edge1, edge2) = (positions[Int(corners.y)] - a, positions[Int(corners.z)] - a)
      let p = ray.cross(edge2)
      let determinant = edge1.dot(p)
      guard abs(determinant) > 1e-14 else { continue }
      let offset = target - a
      let u = offset.dot(p) / determinant
      let q = offset.cross(edge1)
      let v = ray.dot(q) / determinant
      guard u >= 0, v >= 0, u + v <= 1 else { continue }
      body(
        Hit(
          distance: edge2.dot(q) / determinant,
          point: SurfacePoint(triangle: index, barycentric: SIMD3(1 - u - v, u, v))))
    }
  }

  /// Returns the point of the surface nearest to a target.
  func nearest(to target: SIMD3<Float>) -> SurfacePoint? {
    var best: (distance: Float, point: SurfacePoint)?
    for (index, corners) in triangles {
      let shares = Self.nearest(
        to: target, positions[Int(corners.x)], positions[Int(corners.y)], positions[Int(corners.z)])
      let point =
        positions[Int(corners.x)] * shares.x + positions[Int(corners.y)] * shares.y
        + positions[Int(corners.z)] * shares.z
      let distance = (point - target).dot(point - target)
      if best.map({ distance < $0.distance }) ?? true {
        best = (distance, SurfacePoint(triangle: index, barycentric: shares))
      }
    }
    return best?.point
  }

  /// Returns the barycentric coordinates of the point of a triangle that is nearest to a target
  /// (Ericson, Real-Time Collision Detection, 5.1.5).
  private static func nearest(
    to target: SIMD3<Float>, _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>
  ) -> SIMD3<Float> {
    let (ab, ac) = (b - a, c - a)
    let (fromA, fromB, fromC) = (target - a, target - b, target - c)
    let (d1, d2) = (ab.dot(fromA), ac.dot(fromA))
    if d1 <= 0, d2 <= 0 { return SIMD3(1, 0, 0) }
    let (d3, d4) = (ab.dot(fromB), ac.dot(fromB))
    if d3 >= 0, d4 <= d3 { return SIMD3(0, 1, 0) }
    let (d5, d6) = (ab.dot(fromC), ac.dot(fromC))
    if d6 >= 0, d5 <= d6 { return SIMD3(0, 0, 1) }
    let (va, vb, vc) = (d3 * d6 - d5 * d4, d5 * d2 - d1 * d6, d1 * d4 - d3 * d2)
    if vc <= 0, d1 >= 0, d3 <= 0 {
      let share = d1 / (d1 - d3)
      return SIMD3(1 - share, share, 0)
    }
    if vb <= 0, d2 >= 0, d6 <= 0 {
      let share = d2 / (d2 - d6)
      return SIMD3(1 - share, 0, share)
    }
    if va <= 0, d4 >= d3, d5 >= d6 {
      let share = (d4 - d3) / ((d4 - d3) + (d5 - d6))
      return SIMD3(0, 1 - share, share)
    }
    let whole = va + vb + vc
    return whole > 0 ? SIMD3(va, vb, vc) / whole : SIMD3(1, 0, 0)
  }
}
