extension Image {
  /// Fills a circle with the midpoint algorithm, like `cv2.circle(…, thickness=-1)`.
  ///
  /// Row widths for radius 3 are 1 5 5 7 5 5 1, for radius 4 they are 1 5 7 7 9 7 7 5 1.
  mutating func fillDisc(center: SIMD2<Int>, radius: Int, with pixel: Pixel) {
    var reach = radius
    var step = 0
    var error = 0
    while reach >= step {
      for (row, extent) in [(step, reach), (reach, step)] {
        let (first, last) = (center.x - extent, center.x + extent)
        fillRow(center.y - row, from: first, through: last, with: pixel)
        fillRow(center.y + row, from: first, through: last, with: pixel)
      }
      error += 2 * step + 1
      step += 1
      if error > 0 {
        error -= 2 * reach - 1
        reach -= 1
      }
    }
  }
}
