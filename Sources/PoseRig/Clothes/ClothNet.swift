/// A piece of cloth as a net of points, each connected to its neighbors, which falls onto things
/// below.
///
/// Every figure starts with equal nets and takes equal steps (Müller and others, *Position Based
/// Dynamics*, 2007), so that equal poses have equal folds.
struct ClothNet {
  let rows: Int
  let columns: Int
  /// Whether the last column is not connected to the first.
  let isOpen: Bool
  /// The number of rows from the top that the body holds.
  let held: Int
  /// The distance between hanging rows, in meters.
  let step: Float
  /// The distance between neighbors in each row, in meters.
  let widths: [Float]
  /// The points, row by row.
  var points: [SIMD3<Float>]

  /// The points one step earlier.
  private var before: [SIMD3<Float>]
  /// The outward direction at each point, of unit length.
  private(set) var normals: [SIMD3<Float>]

  /// The share of the speed that remains after a step: cloth is light, and air slows it down.
  private static let glide: Float = 0.9
  /// The share of a step by which cloth slides over things that it lies on.
  private static let slip: Float = 0.4
  /// The largest movement of a point per step, in meters.
  private static let reach: Float = 0.03
  /// The number of times that connections are corrected per step.
  private static let draws = 2

  init(
    points: [SIMD3<Float>], columns: Int, isOpen: Bool, held: Int, step: Float, widths: [Float]
  ) {
    self.points = points
    self.columns = columns
    self.isOpen = isOpen
    self.held = held
    self.step = step
    self.widths = widths
    rows = points.count / columns
    before = points
    normals = points
    findNormals()
  }

  /// Lets the net fall for one step.
  ///
  /// - Parameters:
  ///   - fall: the distance and direction of the fall per step, in meters.
  ///   - spread: the outward movement per unit of the fall.
  ///   - stiffness: the share by which each point is moved to the middle of its neighbors.
  mutating func fall(
    _ fall: SIMD3<Float>, spread: Float, stiffness: Float, onto obstacles: ClothObstacles
  ) {
    let first = held * columns
    let last = points
    let pull = fall.unit
    let size = fall.length
    for index in first..<points.count {
      var speed = (points[index] - before[index]) * Self.glide
      let length = speed.length
      if length > Self.reach { speed *= Self.reach / length }
      before[index] = points[index]
      let out = normals[index].across(pull)
      points[index] += speed + fall + out * (spread * size)
    }
    for _ in 0..<Self.draws {
      tie(stiffness)
      shorten()
    }
    for index in first..<points.count {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      guard
        let out = obstacles.pushed(
          points[index], from: last[index], depth: depth(row), column: column)
      else { continue }
      points[index] = out
      before[index] += (out - before[index]) * (1 - Self.slip)
    }
    keepWhole(last, obstacles)
  }

  /// Moves connections out of obstacles that would come through between two points.
  private mutating func keepWhole(_ last: [SIMD3<Float>], _ obstacles: ClothObstacles) {
    for row in held..<rows {
      let most = widths[row] * 1.2
      for column in 0..<columns {
        let next = column + 1 < columns ? column + 1 : 0
        if isOpen, next == 0 { continue }
        let (one, other) = (row * columns + column, row * columns + next)
        let offset = points[other] - points[one]
        guard (offset * offset).sum() > most * most else { continue }
        let middle = points[one] + offset * 0.5
        let before = (last[one] + last[other]) * 0.5
        guard
          let out = obstacles.pushed(middle, from: before, depth: depth(row), column: column)
        else { continue }
        points[one] += out - middle
        points[other] += out - middle
      }
    }
  }

  /// Returns the depth of a row below the held part, in meters.
  private func depth(_ row: Int) -> Float { step * Float(row - held + 1) }

  /// Moves points along with the legs below them.
  mutating func carry(_ legs: LegMotion) {
    for row in held..<rows {
      let depth = depth(row)
      for column in 0..<columns {
        let index = row * columns + column
        let move = legs.move(of: points[index], depth: depth, column: column)
        points[index] += move
        before[index] += move
      }
    }
  }

  /// Calculates the outward directions of the cloth.
  mutating func findNormals() {
    let count = columns
    for row in 0..<rows {
      let (up, down) = (max(row - 1, 0), min(row + 1, rows - 1))
      for column in 0..<count {
        let left = isOpen ? max(column - 1, 0) : (column + count - 1) % count
        let right = isOpen ? min(column + 1, count - 1) : (column + 1) % count
        let along = points[row * count + right] - points[row * count + left]
        let fall = points[down * count + column] - points[up * count + column]
        normals[row * count + column] = fall.cross(along).unit
      }
    }
  }

  // MARK: Ties

  /// Brings neighbors to their distances.
  private mutating func tie(_ stiffness: Float) {
    let (count, held, step, rows) = (columns, held, step, rows)
    let (widths, isOpen) = (widths, isOpen)
    points.withUnsafeMutableBufferPointer { points in
      for row in held..<rows {
        let (first, width) = (row * count, widths[row])
        // Cloth is taut at its length, and folds if it has too much.
        let diagonal = (step * step + width * width).squareRoot()
        for column in 0..<count {
          let next = column + 1 < count ? column + 1 : 0
          Self.draw(points, first - count + column, first + column, step, 1, 0.5, upper: row > held)
          if isOpen, next == 0 { continue }
          Self.draw(
            points, first - count + column, first + next, diagonal, 0.3, 0.1, upper: row > held)
          Self.draw(
            points, first - count + next, first + column, diagonal, 0.3, 0.1, upper: row > held)
        }
        // Alternate between even and odd connections, so that there is no bias.
        for start in 0..<2 {
          for column in stride(from: start, to: isOpen ? count - 1 : count, by: 2) {
            let next = column + 1 < count ? column + 1 : 0
            Self.draw(points, first + column, first + next, width, 0.9, 0.35, upper: true)
          }
        }
      }
      Self.stiffen(points, stiffness, rows: held..<rows, columns: count, isOpen: isOpen)
    }
  }

  /// Moves points back that are farther from their held row than the length of the cloth.
  private mutating func shorten() {
    for row in held..<rows {
      let most = step * Float(row - held + 1) * 1.01
      for column in 0..<columns {
        let anchor = points[(held - 1) * columns + column]
        let offset = points[row * columns + column] - anchor
        let length = offset.length
        if length > most { points[row * columns + column] = anchor + offset * (most / length) }
      }
    }
  }

  /// Moves two points to a distance: fully if they are too far apart, partially if they are too
  /// near.
  @inline(__always)
  private static func draw(
    _ points: UnsafeMutableBufferPointer<SIMD3<Float>>, _ one: Int, _ other: Int,
    _ distance: Float, _ pull: Float, _ push: Float, upper isFree: Bool
  ) {
    let offset = points[other] - points[one]
    let length = max((offset * offset).sum().squareRoot(), 1e-6)
    let wrong = length - distance
    let move = offset * (wrong / length * (wrong > 0 ? pull : push))
    if isFree {
      points[one] += move * 0.5
      points[other] -= move * 0.5
    } else {
      points[other] -= move
    }
  }

  /// Limits how sharply the cloth can bend.
  private static func stiffen(
    _ points: UnsafeMutableBufferPointer<SIMD3<Float>>, _ stiffness: Float, rows: Range<Int>,
    columns: Int, isOpen: Bool
  ) {
    for row in rows {
      let first = row * columns
      for column in 0..<columns {
        let index = first + column
        if row + 1 < rows.upperBound {
          let mean = (points[index - columns] + points[index + columns]) * 0.5
          points[index] += (mean - points[index]) * stiffness
        }
        if isOpen, column == 0 || column == columns - 1 { continue }
        let left = column > 0 ? index - 1 : index + columns - 1
        let right = column + 1 < columns ? index + 1 : first
        let mean = (points[left] + points[right]) * 0.5
        points[index] += (mean - points[index]) * (stiffness * 0.5)
      }
    }
  }
}
