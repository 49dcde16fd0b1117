/// One-pixel lines as OpenCV draws them.
extension Image {
  /// Between whole pixels: Bresenham, 8-connected, always from left to right (`cv::LineIterator`).
  mutating func drawThinLine(_ start: RasterPoint, _ end: RasterPoint, _ colour: Pixel) {
    guard let (a, b) = LineClip.clip(start, end, width: width, height: height) else { return }
    var (p, q) = (a, b)
    if q.x < p.x { swap(&p, &q) }
    var delta = q &- p
    let down = delta.y < 0 ? -1 : 1
    delta.y = abs(delta.y)
    let steep = delta.y > delta.x
    let (long, short) = steep ? (delta.y, delta.x) : (delta.x, delta.y)
    let major = steep ? RasterPoint(0, down) : RasterPoint(1, 0)
    let minor = steep ? RasterPoint(1, 0) : RasterPoint(0, down)
    var error = long - 2 * short
    for _ in 0...long {
      plot(p.x, p.y, colour)
      if error < 0 {
        p &+= minor
        error += 2 * long
      }
      p &+= major
      error -= 2 * short
    }
  }

  /// Between 16.16 points: stepping along the longer axis (`cv::Line2`), the outline of thick lines.
  mutating func drawFixedPointLine(_ start: RasterPoint, _ end: RasterPoint, _ colour: Pixel) {
    let shift = FixedPoint.shift
    guard
      let (a, b) = LineClip.clip(start, end, width: width << shift, height: height << shift)
    else { return }
    var (p, q) = (a, b)
    let size = RasterPoint(abs(q.x - p.x), abs(q.y - p.y))
    let flat = size.x > size.y
    if flat ? q.x < p.x : q.y < p.y { swap(&p, &q) }
    let long = flat ? size.x : size.y
    let steps = (flat ? q.x - p.x : q.y - p.y) >> shift
    let slope = ((flat ? q.y - p.y : q.x - p.x) << shift) / (long | 1)
    plot((q.x + FixedPoint.half) >> shift, (q.y + FixedPoint.half) >> shift, colour)
    p &+= RasterPoint(repeating: FixedPoint.half)
    guard steps >= 0 else { return }
    for _ in 0...steps {
      plot(p.x >> shift, p.y >> shift, colour)
      p &+= flat ? RasterPoint(FixedPoint.one, slope) : RasterPoint(slope, FixedPoint.one)
    }
  }
}
