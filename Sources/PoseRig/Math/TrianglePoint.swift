/// Points of triangles, as weights of the corners.
enum TrianglePoint {
  /// Returns the weights of a triangle's corners at the point nearest to another point (Ericson,
  /// *Real-Time Collision Detection*, 2005, section 5.1.5).
  static func nearest(
    to point: SIMD3<Float>, _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>
  ) -> SIMD3<Float> {
    let (ab, ac, ap) = (b - a, c - a, point - a)
    let (d1, d2) = (ab.dot(ap), ac.dot(ap))
    if d1 <= 0, d2 <= 0 { return SIMD3(1, 0, 0) }
    let bp = point - b
    let (d3, d4) = (ab.dot(bp), ac.dot(bp))
    if d3 >= 0, d4 <= d3 { return SIMD3(0, 1, 0) }
    let vc = d1 * d4 - d3 * d2
    if vc <= 0, d1 >= 0, d3 <= 0 { return SIMD3(1 - d1 / (d1 - d3), d1 / (d1 - d3), 0) }
    let cp = point - c
    let (d5, d6) = (ab.dot(cp), ac.dot(cp))
    if d6 >= 0, d5 <= d6 { return SIMD3(0, 0, 1) }
    let vb = d5 * d2 - d1 * d6
    if vb <= 0, d2 >= 0, d6 <= 0 { return SIMD3(1 - d2 / (d2 - d6), 0, d2 / (d2 - d6)) }
    let va = d3 * d6 - d5 * d4
    if va <= 0, d4 >= d3, d5 >= d6 {
      let share = (d4 - d3) / (d4 - d3 + d5 - d6)
      return SIMD3(0, 1 - share, share)
    }
    let sum = max(va + vb + vc, 1e-20)
    return SIMD3(va / sum, vb / sum, vc / sum)
  }
}
