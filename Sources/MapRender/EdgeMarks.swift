/// Canny's thinning and hysteresis.
struct EdgeMarks {
  private let width: Int
  private let height: Int
  /// 255 for an edge, 1 for a candidate that an edge may still reach, 0 for neither.
  private var marks: [UInt8]
  private var seeds: [Int] = []

  /// Keeps the ridges of the gradient: pixels stronger than their neighbours along the gradient.
  ///
  /// The asymmetric comparisons (> on one side, ≥ on the other) are OpenCV's.
  init(_ gradient: SobelGradient, low: Int32, high: Int32) {
    width = gradient.width
    height = gradient.height
    marks = [UInt8](repeating: 0, count: width * height)
    for y in gradient.rows {
      for x in gradient.columns {
        let index = y * width + x
        let strength = gradient.magnitude[index]
        guard strength > low, Self.isRidge(gradient, x, y, strength) else { continue }
        if strength > high {
          marks[index] = 255
          seeds.append(index)
        } else {
          marks[index] = 1
        }
      }
    }
  }

  /// tan 22.5° in 15 bits.
  private static let tangent: Int32 = 13573

  private static func isRidge(
    _ gradient: SobelGradient, _ x: Int, _ y: Int, _ strength: Int32
  ) -> Bool {
    func neighbour(_ dx: Int, _ dy: Int) -> Int32 {
      let (column, row) = (x + dx, y + dy)
      guard column >= 0, row >= 0, column < gradient.width, row < gradient.height else { return 0 }
      return gradient.magnitude[row * gradient.width + column]
    }
    let index = y * gradient.width + x
    let (dx, dy) = (Int32(gradient.dx[index]), Int32(gradient.dy[index]))
    let across = abs(dx) * tangent
    let along = abs(dy) << 15
    if along < across { return strength > neighbour(-1, 0) && strength >= neighbour(1, 0) }
    if along > across + (abs(dx) << 16) {
      return strength > neighbour(0, -1) && strength >= neighbour(0, 1)
    }
    let side = dx ^ dy < 0 ? -1 : 1
    return strength > neighbour(-side, -1) && strength > neighbour(side, 1)
  }

  /// Makes edges of all candidates connected to one, over eight neighbours.
  mutating func grow() {
    while let index = seeds.popLast() {
      let (x, y) = (index % width, index / width)
      for row in max(y - 1, 0)...min(y + 1, height - 1) {
        for column in max(x - 1, 0)...min(x + 1, width - 1) {
          let neighbour = row * width + column
          if marks[neighbour] == 1 {
            marks[neighbour] = 255
            seeds.append(neighbour)
          }
        }
      }
    }
  }

  /// 255 on edges, 0 elsewhere.
  var edges: [UInt8] { marks.map { $0 == 255 ? 255 : 0 } }
}
