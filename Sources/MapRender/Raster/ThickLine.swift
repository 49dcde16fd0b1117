extension Image {
  /// Draws a line `width` pixels wide (an even number) with round ends, as `cv2.line` of OpenCV 4.5
  /// to 4.12 does: a quadrilateral in 16.16 and a disc at either end.
  mutating func drawThickLine(
    from start: SIMD2<Int>, to end: SIMD2<Int>, width: Int, with pixel: Pixel
  ) {
    if start != end {
      let run = end &- start
      let reach = Double(width * FixedPoint.half)
      let scale = reach / Double(run.x * run.x + run.y * run.y).squareRoot()
      let aside = SIMD2(
        Int((Double(run.y) * scale).rounded(.toNearestOrEven)),
        Int((Double(-run.x) * scale).rounded(.toNearestOrEven)))
      let (first, last) = (FixedPoint.fromPixel(start), FixedPoint.fromPixel(end))
      fillFixedPointConvexPolygon(
        [first &+ aside, first &- aside, last &- aside, last &+ aside], with: pixel)
    }
    fillDisc(center: start, radius: width / 2, with: pixel)
    fillDisc(center: end, radius: width / 2, with: pixel)
  }
}
