/// Filled circles as `cv::circle` draws them: the midpoint algorithm.
extension Image {
  /// A disc of whole-pixel centre and radius, 2 · radius + 1 pixels wide.
  mutating func fillDisc(_ centre: RasterPoint, radius: Int, _ colour: Pixel) {
    var (wide, high) = (radius, 0)
    var error = 0
    var (plus, minus) = (1, 2 * radius - 1)
    while wide >= high {
      for sign in [-1, 1] {
        fillSpan(centre.y + sign * high, from: centre.x - wide, through: centre.x + wide, colour)
        fillSpan(centre.y + sign * wide, from: centre.x - high, through: centre.x + high, colour)
      }
      high += 1
      error += plus
      plus += 2
      if error > 0 {
        error -= minus
        wide -= 1
        minus -= 2
      }
    }
  }
}
