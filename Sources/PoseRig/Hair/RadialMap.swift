#if canImport(Glibc)
  internal import Glibc
#endif

/// The distance of a surface from a point in every direction, as a table over longitude and
/// latitude.
struct RadialMap: Sendable {
  static let columns = 96
  static let rows = 48
  /// The distances by rows from the south pole, each from longitude -180° on.
  var radii: [Float]

  /// The direction of each cell's center.
  static let directions: [SIMD3<Float>] = (0..<rows * columns).map { cell in
    let latitude = (Float(cell / columns) + 0.5) / Float(rows) * .pi - .pi / 2
    let longitude = (Float(cell % columns) + 0.5) / Float(columns) * 2 * .pi - .pi
    return SIMD3(
      sin(longitude) * cos(latitude), sin(latitude), cos(longitude) * cos(latitude))
  }

  /// Creates a table of the outermost triangles around the origin; directions without a triangle
  /// get the distance of the next row above, or `missing` if there is none.
  init(points: [SIMD3<Float>], triangles: [SIMD3<UInt32>], missing: Float) {
    var radii = [Float](repeating: 0, count: Self.rows * Self.columns)
    let cells = points.map(Self.cell)
    for corners in triangles {
      let indices = [Int(corners.x), Int(corners.y), Int(corners.z)]
      Self.draw(indices.map { points[$0] }, indices.map { cells[$0] }, into: &radii)
    }
    self.radii = radii
    fill(missing)
  }

  /// Returns the column and row of a point, as fractions.
  private static func cell(_ point: SIMD3<Float>) -> SIMD2<Float> {
    let length = max(point.length, 1e-9)
    return SIMD2(
      (atan2(point.x, point.z) / (2 * .pi) + 0.5) * Float(columns) - 0.5,
      (asin(min(max(point.y / length, -1), 1)) / .pi + 0.5) * Float(rows) - 0.5)
  }

  private static func draw(
    _ corners: [SIMD3<Float>], _ cells: [SIMD2<Float>], into radii: inout [Float]
  ) {
    let normal = (corners[1] - corners[0]).cross(corners[2] - corners[0])
    let height = corners[0].dot(normal)
    // Only triangles that face outward bound the surface.
    guard height > 0 else { return }
    let planes = (0..<3).map { corners[$0].cross(corners[($0 + 1) % 3]) }
    let width = Float(columns)
    let xs = cells.map { cell in
      cell.x + ((cells[0].x - cell.x) / width).rounded() * width
    }
    let ys = cells.map(\.y)
    guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max() else {
      return
    }
    // Near the poles, a triangle can cover any longitude.
    let isPolar = low < 4 || high > Float(rows - 5)
    let columnRange = isPolar ? 0...columns - 1 : Int((left - 1).rounded(.down))...Int(right + 2)
    for row in max(Int(low) - 1, 0)...min(max(Int(high) + 2, 0), rows - 1) {
      for column in columnRange {
        let cell = row * columns + (column + 2 * columns) % columns
        let direction = directions[cell]
        guard planes.allSatisfy({ direction.dot($0) >= 0 }) else { continue }
        radii[cell] = max(radii[cell], height / direction.dot(normal))
      }
    }
  }

  private mutating func fill(_ missing: Float) {
    for row in (0..<Self.rows).reversed() {
      for column in 0..<Self.columns {
        let cell = row * Self.columns + column
        guard radii[cell] == 0 else { continue }
        radii[cell] = row + 1 < Self.rows ? radii[cell + Self.columns] : missing
      }
    }
  }

  /// Interpolates the cells that `isLeftOut` selects between their surroundings.
  mutating func smoothOver(_ isLeftOut: (_ direction: SIMD3<Float>) -> Bool) {
    let cells = radii.indices.filter { isLeftOut(Self.directions[$0]) }
    for _ in 0..<150 {
      for cell in cells { radii[cell] = mean(around: cell) }
    }
  }

  /// Blurs every cell with its neighbors.
  mutating func blur(times: Int) {
    for _ in 0..<times {
      radii = radii.indices.map { (radii[$0] * 2 + mean(around: $0) * 2) / 4 }
    }
  }

  /// Returns this surface with another one's bumps, such as ears, draped: around a bump it slopes
  /// like cloth or hair that lies over it, and does not follow the bump's outline.
  ///
  /// - Parameters:
  ///   - slope: the steepest slope, as the change of the distance per unit of chord.
  ///   - isBump: whether a direction is in a bump.
  func draped(
    over other: RadialMap, slope: Float, where isBump: (_ direction: SIMD3<Float>) -> Bool
  ) -> RadialMap {
    let bumps = radii.indices.filter { isBump(Self.directions[$0]) }.map {
      (direction: Self.directions[$0], height: other.radii[$0] - radii[$0])
    }.filter { $0.height > 0 }
    var heights = RadialMap(
      radii: Self.directions.map { direction in
        bumps.reduce(0) { highest, bump in
          let beside = max((bump.direction - direction).length - Self.blurred, 0)
          return max(highest, bump.height - slope * beside)
        }
      })
    // The highest parts are broad, so that none is lost.
    heights.blur(times: 2)
    return RadialMap(radii: zip(radii, heights.radii).map { $0 + $1 })
  }

  /// The chord over which ``draped(over:slope:where:)`` blurs: two rows.
  private static let blurred: Float = 0.13

  private init(radii: [Float]) { self.radii = radii }

  private func mean(around cell: Int) -> Float {
    let (row, column) = (cell / Self.columns, cell % Self.columns)
    let left = row * Self.columns + (column + Self.columns - 1) % Self.columns
    let right = row * Self.columns + (column + 1) % Self.columns
    let below = max(row - 1, 0) * Self.columns + column
    let above = min(row + 1, Self.rows - 1) * Self.columns + column
    return (radii[left] + radii[right] + radii[below] + radii[above]) / 4
  }

  /// Returns the distance in a direction of unit length.
  func radius(_ direction: SIMD3<Float>) -> Float {
    let cell = Self.cell(direction)
    let (column, row) = (cell.x.rounded(.down), cell.y.rounded(.down))
    let (x, y) = (cell.x - column, cell.y - row)
    let left = (Int(column) + Self.columns) % Self.columns
    let right = (left + 1) % Self.columns
    let below = min(max(Int(row), 0), Self.rows - 1) * Self.columns
    let above = min(max(Int(row) + 1, 0), Self.rows - 1) * Self.columns
    let low = radii[below + left] * (1 - x) + radii[below + right] * x
    let high = radii[above + left] * (1 - x) + radii[above + right] * x
    return low * (1 - y) + high * y
  }

  /// Returns the outward normal of the surface in a direction of unit length.
  func normal(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    let across = direction.anyPerpendicular
    let along = direction.cross(across)
    let step: Float = 0.06
    let here = radius(direction)
    func slope(_ side: SIMD3<Float>) -> Float {
      let one = radius((direction + side * step).unit)
      let other = radius((direction - side * step).unit)
      return (one - other) / (2 * step)
    }
    return (direction - (across * slope(across) + along * slope(along)) / max(here, 1e-6)).unit
  }
}

extension SIMD3<Float> {
  /// The vector with length 1; straight up for a zero vector.
  var unit: SIMD3<Float> {
    let length = self.length
    return length > 1e-9 ? self / length : SIMD3(0, 1, 0)
  }

  /// A vector of unit length perpendicular to this one of unit length.
  var anyPerpendicular: SIMD3<Float> {
    let axis: SIMD3<Float> = abs(y) < 0.9 ? SIMD3(0, 1, 0) : SIMD3(1, 0, 0)
    return cross(axis).unit
  }

  /// Returns the component perpendicular to a direction of unit length.
  func across(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    self - direction * dot(direction)
  }
}

/// Returns a smooth step from 0 to 1 between two values.
func smoothStep(_ value: Float, _ low: Float, _ high: Float) -> Float {
  let t = min(max((value - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}
