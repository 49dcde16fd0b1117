/// Triangles sorted into cubes, to find those near a point quickly.
struct TriangleGrid {
  private let cell: Float
  private let low: SIMD3<Float>
  private let size: SIMD3<Int>
  /// The index in ``order`` where each cube's triangles begin.
  private var starts: [Int32]
  /// The indices of the triangles, cube by cube.
  private var order: [Int32]

  /// Sorts triangles.
  ///
  /// - Parameters:
  ///   - reach: the distance from a point within which triangles are certain to be found, in
  ///     meters.
  ///   - cell: the side of the cubes, in meters.
  init(
    _ triangles: some Collection<SIMD3<UInt32>>, of points: [SIMD3<Float>], reach: Float,
    cell: Float
  ) {
    let boxes = triangles.map { corners in
      let (a, b, c) = (points[Int(corners.x)], points[Int(corners.y)], points[Int(corners.z)])
      return (
        low: pointwiseMin(a, pointwiseMin(b, c)) - reach,
        high: pointwiseMax(a, pointwiseMax(b, c)) + reach
      )
    }
    self.cell = cell
    low = boxes.reduce(boxes.first?.low ?? .zero) { pointwiseMin($0, $1.low) }
    let high = boxes.reduce(low) { pointwiseMax($0, $1.high) }
    let cells = ((high - low) / cell).rounded(.up)
    size = SIMD3(Int(cells.x) + 1, Int(cells.y) + 1, Int(cells.z) + 1)
    starts = [Int32](repeating: 0, count: size.x * size.y * size.z + 1)
    order = []
    // First count the triangles, then store them.
    forEachCell(of: boxes) { cell, _ in starts[cell + 1] += 1 }
    for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
    order = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    var next = starts
    forEachCell(of: boxes) { cell, triangle in
      order[Int(next[cell])] = Int32(triangle)
      next[cell] += 1
    }
  }

  /// Calls a function for each cube within reach of each triangle.
  private func forEachCell(
    of boxes: [(low: SIMD3<Float>, high: SIMD3<Float>)], _ body: (Int, Int) -> Void
  ) {
    for (triangle, box) in boxes.enumerated() {
      let (from, to) = (cube(at: box.low), cube(at: box.high))
      for x in from.x...to.x {
        for y in from.y...to.y {
          for z in from.z...to.z { body((x * size.y + y) * size.z + z, triangle) }
        }
      }
    }
  }

  private func cube(at point: SIMD3<Float>) -> SIMD3<Int> {
    let cells = ((point - low) / cell).rounded(.down)
    return SIMD3(
      min(max(Int(cells.x), 0), size.x - 1), min(max(Int(cells.y), 0), size.y - 1),
      min(max(Int(cells.z), 0), size.z - 1))
  }

  /// Returns the indices of the triangles that can be within reach of a point.
  func triangles(near point: SIMD3<Float>) -> ArraySlice<Int32> {
    guard all(point .>= low) else { return [] }
    let cube = cube(at: point)
    let cell = (cube.x * size.y + cube.y) * size.z + cube.z
    return order[Int(starts[cell])..<Int(starts[cell + 1])]
  }
}
