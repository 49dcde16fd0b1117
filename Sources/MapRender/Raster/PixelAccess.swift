extension Image {
  /// Sets one pixel; a point outside the picture is ignored.
  mutating func plot(_ point: SIMD2<Int>, with pixel: Pixel) {
    if contains(x: point.x, y: point.y) {
      self[point.x, point.y] = pixel
    }
  }

  /// Fills row `y` from column `first` through column `last`, as far as they are inside the
  /// picture.
  mutating func fillRow(_ y: Int, from first: Int, through last: Int, with pixel: Pixel) {
    guard y >= 0, y < height else { return }
    let first = max(first, 0)
    let last = min(last, width - 1)
    guard first <= last else { return }
    let row = y * width
    for index in row + first...row + last {
      pixels[index] = pixel
    }
  }
}
