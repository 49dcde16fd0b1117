extension Image {
  /// Draws a line `width` pixels wide with round ends, like `cv2.line` of OpenCV 4.5 to 4.12: a
  /// quadrilateral in 16.16 and a disc at either end, or for a width of 1 just the pixels along it.
  mutating func drawThickLine(
    from start: SIMD2<Int>, to end: SIMD2<Int>, width: Int, with pixel: Pixel
  ) {
    if width <= 1 { return drawLine(from: start, to: end, with: pixel) }
    if start != end {
      let run = end &- start
      // OpenCV makes lines of odd width half a pixel wider on each side.
      let reach = Double(width * FixedPoint.half) + Double(width & 1) * Double(FixedPoint.half)
      let scale = reach / Double(run.x * run.x + run.y * run.y).squareRoot()
      let aside = SIMD2(
        Int((Double(run.y) * scale).rounded(.toNearestOrEven)),
        Int((Double(-run.x) * scale).rounded(.toNearestOrEven)))
      let (first, last) = (FixedPoint.fromPixel(start), FixedPoint.fromPixel(end))
      fillFixedPointConvexPolygon(
        [first &+ aside, first &- aside, last &- aside, last &+ aside], with: pixel)
    }
    fillDisc(center: start, radius: (width + 1) / 2, with: pixel)
    fillDisc(center: end, radius: (width + 1) / 2, with: pixel)
  }
}
