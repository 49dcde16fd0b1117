/// A straight segment between two integer points, in pixels or in 16.16.
struct Segment {
  var start: SIMD2<Int>
  var end: SIMD2<Int>

  /// Returns the part inside columns `0..<width` and rows `0..<height`; nil if no part is inside.
  ///
  /// It applies Cohen–Sutherland in OpenCV's order (`cv::clipLine`): rows before columns, the start
  /// before the end, each cut computed in double and truncated. The order affects individual
  /// pixels, so it is preserved.
  func clipped(width: Int, height: Int) -> Segment? {
    guard width > 0, height > 0 else { return nil }
    let corner = SIMD2(width - 1, height - 1)
    var cut = self
    if cut.isBeyondOneSide(of: corner) { return nil }
    cut.cut(axis: 1, bound: corner.y)
    if cut.isBeyondOneSide(of: corner) { return nil }
    cut.cut(axis: 0, bound: corner.x)
    return cut
  }

  private func isBeyondOneSide(of corner: SIMD2<Int>) -> Bool {
    (0..<2).contains { axis in
      max(start[axis], end[axis]) < 0 || min(start[axis], end[axis]) > corner[axis]
    }
  }

  /// Moves each end that lies outside `0...bound` along `axis` onto the side that it crosses.
  private mutating func cut(axis: Int, bound: Int) {
    if let side = Self.crossedSide(start[axis], bound: bound) {
      start = moved(start, to: side, axis: axis)
    }
    if let side = Self.crossedSide(end[axis], bound: bound) {
      end = moved(end, to: side, axis: axis)
    }
  }

  private static func crossedSide(_ value: Int, bound: Int) -> Int? {
    value < 0 ? 0 : value > bound ? bound : nil
  }

  /// Returns `point` moved along the segment until its coordinate on `axis` is `side`.
  private func moved(_ point: SIMD2<Int>, to side: Int, axis: Int) -> SIMD2<Int> {
    let other = 1 - axis
    let run = end &- start
    let shift = Double(side - point[axis]) * Double(run[other]) / Double(run[axis])
    var result = point
    result[axis] = side
    result[other] += Int(shift)
    return result
  }
}
