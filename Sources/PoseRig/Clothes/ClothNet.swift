/// Cloth as a net of points, each tied to those beside it, which is let down onto what is below.
///
/// Every figure begins with the same net and takes the same steps (Müller and others, *Position
/// Based Dynamics*, 2007), so that the same pose has the same folds.
struct ClothNet {
  let rows: Int
  let columns: Int
  /// Whether the last column is not beside the first.
  let isOpen: Bool
  /// How many rows from the top are where the body holds them.
  let held: Int
  /// The distance between rows that hang, in meters.
  let step: Float
  /// The distance between neighbors in each row, in meters.
  let widths: [Float]
  /// The points, row by row.
  var points: [SIMD3<Float>]

  /// Where the points were a step before.
  private var before: [SIMD3<Float>]
  /// The way out of the cloth at each point, of unit length.
  private(set) var normals: [SIMD3<Float>]

  /// What is left of a speed after a step: cloth is light, and air slows it.
  private static let glide: Float = 0.9
  /// The share of a step that cloth slides over what it lies on.
  private static let slip: Float = 0.4
  /// The most that a point moves in a step, in meters.
  private static let reach: Float = 0.03
  /// How often ties are drawn in a step.
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

  /// Lets the net fall for a step.
  /// - Parameters:
  ///   - fall: how far it falls in a step, in meters, and where to.
  ///   - spread: how much it leads outwards for each part that it falls.
  ///   - stiffness: the share by which each point is drawn to the middle between its neighbors.
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

  /// Moves ties out of what would come through between two points.
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

  /// Returns how far below what is held a row hangs, in meters.
  private func depth(_ row: Int) -> Float { step * Float(row - held + 1) }

  /// Carries points along with what moves below them.
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

  /// Finds the ways out of the cloth.
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
        // Cloth is tight at its length, and folds where it has too much.
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
        // Every second tie first, so that none leans to one side.
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

  /// Brings points that are further from where they are held than the cloth is long back to it.
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

  /// Draws two points to a distance: all the way if they are too far from each other, less if they
  /// are too near.
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

  /// Lets the cloth bend no more sharply than it can.
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
