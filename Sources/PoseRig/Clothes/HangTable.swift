#if canImport(Glibc)
  internal import Glibc
#endif

/// The distance from an axis, by height and direction, at which cloth falls straight from parts
/// above.
struct HangTable {
  private static let columns = 48
  private static let step: Float = 0.02

  private let low: Float
  /// The points of the axis at its top and at its bottom.
  private let middles: [SIMD3<Float>]
  private var radii: [Float]
  private let rows: Int

  init(low: Float, middles: [SIMD3<Float>]) {
    self.low = low - 0.05
    self.middles = middles
    rows = 60
    radii = Array(repeating: 0, count: rows * Self.columns)
  }

  private func middle(at height: Float) -> SIMD3<Float> {
    let run = middles[0].y - middles[1].y
    let share = run > 0.01 ? min(max((middles[0].y - height) / run, 0), 1) : 0
    return middles[0] + (middles[1] - middles[0]) * share
  }

  private func coordinates(_ point: SIMD3<Float>) -> (row: Float, column: Float, radius: Float) {
    let offset = point - middle(at: point.y)
    let turn = atan2(offset.x, offset.z) / (2 * .pi) + 0.5
    return (
      min(max((point.y - low) / Self.step, 0), Float(rows - 1)), turn * Float(Self.columns),
      (offset.x * offset.x + offset.z * offset.z).squareRoot()
    )
  }

  mutating func add(_ point: SIMD3<Float>) {
    let coordinates = coordinates(point)
    let column = Int(coordinates.column) % Self.columns
    let cell = Int(coordinates.row) * Self.columns + column
    radii[cell] = max(radii[cell], coordinates.radius)
  }

  /// Fills cells without vertices, and lets protruding parts hang down.
  mutating func fill(_ hang: Float) {
    for row in 0..<rows { fill(row: row) }
    for row in (0..<rows - 1).reversed() {
      for column in 0..<Self.columns {
        let cell = row * Self.columns + column
        let above = radii[cell + Self.columns]
        // With less hang, the cloth returns to the body farther down.
        radii[cell] = max(radii[cell], above - (1 - hang) * 0.6 * Self.step)
      }
    }
    for row in 0..<rows { blur(row) }
  }

  private mutating func fill(row: Int) {
    let first = row * Self.columns
    let known = (0..<Self.columns).filter { radii[first + $0] > 0 }
    guard known.count > 3 else {
      for column in 0..<Self.columns { radii[first + column] = 0 }
      return
    }
    for (index, column) in known.enumerated() {
      let next = index + 1 < known.count ? known[index + 1] : known[0] + Self.columns
      let (from, to) = (radii[first + column], radii[first + next % Self.columns])
      for between in column + 1..<max(next, column + 1) {
        let share = Float(between - column) / Float(next - column)
        radii[first + between % Self.columns] = from + (to - from) * share
      }
    }
  }

  private mutating func blur(_ row: Int) {
    let first = row * Self.columns
    let before = Array(radii[first..<first + Self.columns])
    for column in 0..<Self.columns {
      let left = before[(column + Self.columns - 1) % Self.columns]
      let right = before[(column + 1) % Self.columns]
      radii[first + column] = before[column] * 0.5 + (left + right) * 0.25
    }
  }

  /// Returns a point moved out to its hanging position.
  func hung(_ point: SIMD3<Float>, share: Float) -> SIMD3<Float> {
    let coordinates = coordinates(point)
    let (row, column) = (Int(coordinates.row), Int(coordinates.column))
    let (up, right) = (coordinates.row - Float(row), coordinates.column - Float(column))
    func radius(_ row: Int) -> Float {
      let first = min(row, rows - 1) * Self.columns
      let from = radii[first + column % Self.columns]
      return from + (radii[first + (column + 1) % Self.columns] - from) * right
    }
    let target = radius(row) + (radius(row + 1) - radius(row)) * up
    guard target > coordinates.radius, coordinates.radius > 0.01 else { return point }
    let offset = (point - middle(at: point.y)) * SIMD3(1, 0, 1)
    return point + offset * ((target - coordinates.radius) / coordinates.radius * share)
  }
}
