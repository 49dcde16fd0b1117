/// A closed surface sorted into columns along z, to ask quickly whether points are in it.
struct VolumeGrid {
  private let surface: PosedSurface
  private let low: SIMD2<Float>
  private let cell: SIMD2<Float>
  private let columns: Int
  /// Triangles by column.
  private var triangles: [[Int32]]

  init(_ surface: PosedSurface, columns: Int = 96) {
    self.surface = surface
    self.columns = columns
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    for p in surface.positions {
      low = pointwiseMin(low, SIMD2(p.x, p.y))
      high = pointwiseMax(high, SIMD2(p.x, p.y))
    }
    self.low = low
    cell = pointwiseMax((high - low) / Float(columns), SIMD2(repeating: 1e-6))
    triangles = Array(repeating: [], count: columns * columns)
    for (index, corners) in surface.triangles.enumerated() {
      let points = (0..<3).map { corner -> SIMD2<Float> in
        let p = surface.positions[Int(corners[corner])]
        return SIMD2(p.x, p.y)
      }
      let first = place(pointwiseMin(pointwiseMin(points[0], points[1]), points[2]))
      let last = place(pointwiseMax(pointwiseMax(points[0], points[1]), points[2]))
      for y in first.y...last.y {
        for x in first.x...last.x { triangles[y * columns + x].append(Int32(index)) }
      }
    }
  }

  /// How many times the surface encloses a point: 0 outside, 2 where one part of a body is in
  /// another.
  func winding(at point: SIMD3<Float>) -> Int {
    // Off the lattice, so that rays seldom meet an edge.
    let p = SIMD2(point.x + 1.7e-6, point.y + 2.3e-6)
    let high = low + cell * Float(columns)
    guard p.x >= low.x, p.y >= low.y, p.x <= high.x, p.y <= high.y else { return 0 }
    let column = place(p)
    var winding = 0
    for index in triangles[column.y * columns + column.x] {
      let corners = surface.triangles[Int(index)]
      let a = surface.positions[Int(corners.x)]
      let b = surface.positions[Int(corners.y)]
      let c = surface.positions[Int(corners.z)]
      let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
      guard abs(area) > 1e-14 else { continue }
      let u = ((b.x - p.x) * (c.y - p.y) - (b.y - p.y) * (c.x - p.x)) / area
      let v = ((c.x - p.x) * (a.y - p.y) - (c.y - p.y) * (a.x - p.x)) / area
      guard u >= 0, v >= 0, u + v <= 1 else { continue }
      let z = a.z * u + b.z * v + c.z * (1 - u - v)
      if z > point.z { winding += area > 0 ? 1 : -1 }
    }
    return winding
  }

  private func place(_ p: SIMD2<Float>) -> SIMD2<Int> {
    let scaled = (p - low) / cell
    return SIMD2(
      min(max(Int(scaled.x), 0), columns - 1), min(max(Int(scaled.y), 0), columns - 1))
  }
}
