extension Image {
  /// Draws a line one pixel wide between two 16.16 points: the outline that OpenCV gives a polygon
  /// with corners between pixels (`Line2` in its drawing.cpp).
  mutating func drawFixedPointLine(
    from start: SIMD2<Int>, to end: SIMD2<Int>, with pixel: Pixel
  ) {
    let bits = FixedPoint.fractionBits
    guard
      let segment = Segment(start: start, end: end)
        .clipped(width: width << bits, height: height << bits)
    else { return }

    let run = segment.end &- segment.start
    let major = abs(run.x) > abs(run.y) ? 0 : 1
    let minor = 1 - major
    let (first, last) =
      run[major] < 0 ? (segment.end, segment.start) : (segment.start, segment.end)

    let length = abs(run[major])
    // OpenCV divides by an odd length so that a point-like segment does not divide by zero.
    let slope = (last[minor] - first[minor]) * FixedPoint.one / (length | 1)

    plot(FixedPoint.rounded(last), with: pixel)
    var point = FixedPoint.rounded(first)
    var offset = first[minor] + FixedPoint.half
    for _ in 0...(length >> bits) {
      point[minor] = offset >> bits
      plot(point, with: pixel)
      point[major] += 1
      offset += slope
    }
  }
}
