/// A closed surface sorted into columns along z, to determine quickly whether and how deep points
/// are inside.
struct VolumeGrid {
  private let points: [SIMD3<Float>]
  private let triangles: [SIMD3<UInt32>]
  /// The number of triangles that are skin, which come first; the others only close it.
  private let skin: Int
  private let boxes: [(low: SIMD3<Float>, high: SIMD3<Float>)]
  /// The triangle that was nearest to the last point, since the next point is often near it too.
  private var recent = 0
  private let low: SIMD2<Float>
  private let cell: SIMD2<Float>
  private let columns: Int
  /// The index in ``order`` where each column's triangles begin.
  private var starts: [Int32]
  /// The indices of the triangles, column by column.
  private var order: [Int32]

  /// Sorts the triangles of a solid.
  ///
  /// - Parameter columns: the number of columns in each direction.
  init(_ solid: BodySolids.Solid, of points: [SIMD3<Float>], columns: Int = 32) {
    let triangles = solid.triangles + solid.caps
    self.points = points
    self.triangles = triangles
    skin = solid.triangles.count
    self.columns = columns
    boxes = triangles.map { corners in
      let (a, b, c) = (
        points[Int(corners.x)], points[Int(corners.y)], points[Int(corners.z)]
      )
      let low = pointwiseMin(a, pointwiseMin(b, c))
      let high = pointwiseMax(a, pointwiseMax(b, c))
      return (low: low, high: high)
    }
    let low = boxes.reduce(SIMD3(repeating: Float.infinity)) { pointwiseMin($0, $1.low) }
    let high = boxes.reduce(SIMD3(repeating: -Float.infinity)) { pointwiseMax($0, $1.high) }
    self.low = low.across
    cell = pointwiseMax((high - low).across / Float(columns), SIMD2(repeating: 1e-6))
    starts = [Int32](repeating: 0, count: columns * columns + 1)
    order = []
    // First count the triangles, then store them.
    forEachColumn { column, _ in starts[column + 1] += 1 }
    for column in 1..<starts.count { starts[column] += starts[column - 1] }
    order = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    var next = starts
    forEachColumn { column, triangle in
      order[Int(next[column])] = Int32(triangle)
      next[column] += 1
    }
  }

  /// Calls a function for each column that each triangle is in.
  private func forEachColumn(_ body: (Int, Int) -> Void) {
    for (triangle, box) in boxes.enumerated() {
      let (from, to) = (cell(box.low.across), cell(box.high.across))
      for y in from.y...to.y {
        for x in from.x...to.x { body(y * columns + x, triangle) }
      }
    }
  }

  /// Returns how many times the surface encloses a point: 0 outside.
  func winding(at point: SIMD3<Float>) -> Int {
    // Off the grid of rounded coordinates, so that rays rarely hit an edge.
    let p = SIMD2(point.x + 1.7e-6, point.y + 2.3e-6)
    let high = low + cell * Float(columns)
    guard p.x >= low.x, p.y >= low.y, p.x <= high.x, p.y <= high.y else { return 0 }
    let column = cell(p)
    let start = column.y * columns + column.x
    var winding = 0
    for index in order[Int(starts[start])..<Int(starts[start + 1])] {
      let corners = triangles[Int(index)]
      let a = points[Int(corners.x)]
      let b = points[Int(corners.y)]
      let c = points[Int(corners.z)]
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

  /// Returns the distance of a point from the skin, and the corners of the nearest triangle; nil if
  /// it does not exceed a given distance.
  mutating func distance(
    from point: SIMD3<Float>, over least: Float
  ) -> (distance: Float, triangle: SIMD3<UInt32>)? {
    let enough = least * least
    var nearest = (square: square(from: point, to: recent), index: recent)
    guard nearest.square > enough else { return nil }
    for index in 0..<skin {
      let box = boxes[index]
      let (x, y, z) = (
        max(box.low.x - point.x, point.x - box.high.x, 0),
        max(box.low.y - point.y, point.y - box.high.y, 0),
        max(box.low.z - point.z, point.z - box.high.z, 0)
      )
      guard x * x + y * y + z * z < nearest.square else { continue }
      let square = square(from: point, to: index)
      guard square < nearest.square else { continue }
      nearest = (square, index)
      guard square > enough else { break }
    }
    recent = nearest.index
    guard nearest.square > enough else { return nil }
    return (nearest.square.squareRoot(), triangles[nearest.index])
  }

  /// Returns the squared distance from a point to a triangle.
  private func square(from point: SIMD3<Float>, to triangle: Int) -> Float {
    let corners = triangles[triangle]
    let (a, b, c) = (points[Int(corners.x)], points[Int(corners.y)], points[Int(corners.z)])
    let weights = TrianglePoint.nearest(to: point, a, b, c)
    let way = a * weights.x + b * weights.y + c * weights.z - point
    return way.dot(way)
  }

  private func cell(_ p: SIMD2<Float>) -> SIMD2<Int> {
    let scaled = (p - low) / cell
    return SIMD2(
      min(max(Int(scaled.x), 0), columns - 1), min(max(Int(scaled.y), 0), columns - 1))
  }
}

extension SIMD3<Float> {
  /// The position across the columns.
  fileprivate var across: SIMD2<Float> { SIMD2(x, y) }
}
