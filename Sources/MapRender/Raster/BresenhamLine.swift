extension Image {
  /// Draws a line one pixel wide, 8-connected, including both ends, like `cv::LineIterator`.
  ///
  /// The line is clipped first and always walked from left to right, which determines the pixels
  /// that a tie would leave open.
  mutating func drawLine(from start: SIMD2<Int>, to end: SIMD2<Int>, with pixel: Pixel) {
    guard let segment = Segment(start: start, end: end).clipped(width: width, height: height)
    else { return }
    let (left, right) =
      segment.start.x <= segment.end.x
      ? (segment.start, segment.end) : (segment.end, segment.start)

    let run = SIMD2(right.x - left.x, abs(right.y - left.y))
    let down = SIMD2(0, right.y < left.y ? -1 : 1)
    let across = SIMD2(1, 0)
    let isSteep = run.y > run.x
    let (length, rise) = isSteep ? (run.y, run.x) : (run.x, run.y)
    let (along, aside) = isSteep ? (down, across) : (across, down)

    var point = left
    var error = length - 2 * rise
    for _ in 0...length {
      plot(point, with: pixel)
      point &+= along
      if error < 0 {
        point &+= aside
        error += 2 * length
      }
      error -= 2 * rise
    }
  }
}
