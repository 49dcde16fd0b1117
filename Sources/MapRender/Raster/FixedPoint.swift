/// OpenCV's 16.16 fixed-point numbers, in which it rasterises.
enum FixedPoint {
  static let shift = 16
  static let one = 1 << shift
  static let half = one >> 1
}

/// A point of the raster: whole pixels, or 16.16 where a function says so.
typealias RasterPoint = SIMD2<Int>

extension Image {
  /// Sets a pixel if it is inside.
  mutating func plot(_ x: Int, _ y: Int, _ colour: Pixel) {
    if contains(x: x, y: y) { pixels[y * width + x] = colour }
  }

  /// Sets the pixels from `left` to `right` (both included) of a row, as far as they are inside.
  mutating func fillSpan(_ y: Int, from left: Int, through right: Int, _ colour: Pixel) {
    guard y >= 0, y < height, left <= right, right >= 0, left < width else { return }
    for x in max(left, 0)...min(right, width - 1) { pixels[y * width + x] = colour }
  }
}
