/// Lines of 2 pixels or more as `cv::line` draws them (OpenCV up to 4.12; later versions clip first).
extension Image {
  /// A quadrilateral along the line with a disc at both ends.
  mutating func drawThickLine(
    _ start: RasterPoint, _ end: RasterPoint, thickness: Int, _ colour: Pixel
  ) {
    let dx = Double(start.x - end.x)
    let dy = Double(end.y - start.y)
    let squared = dx * dx + dy * dy
    let width = thickness << (FixedPoint.shift - 1)
    if squared > Double.ulpOfOne {
      let odd = thickness % 2 == 1 ? Double(FixedPoint.half) : 0
      let scale = (Double(width) + odd) / squared.squareRoot()
      let side = RasterPoint(
        Int((dy * scale).rounded(.toNearestOrEven)), Int((dx * scale).rounded(.toNearestOrEven)))
      let a = RasterPoint(start.x << FixedPoint.shift, start.y << FixedPoint.shift)
      let b = RasterPoint(end.x << FixedPoint.shift, end.y << FixedPoint.shift)
      fillConvexFixedPointPolygon([a &+ side, a &- side, b &- side, b &+ side], colour)
    }
    let radius = (width + FixedPoint.half) >> FixedPoint.shift
    fillDisc(start, radius: radius, colour)
    fillDisc(end, radius: radius, colour)
  }
}
