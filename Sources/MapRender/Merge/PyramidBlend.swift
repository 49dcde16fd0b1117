/// Blends pictures across the borders of their owners, coarse detail over a wider band than fine
/// detail, so that colors match across the seam and nothing appears twice (Burt and Adelson 1983;
/// see ``PyramidLevel``).
struct PyramidBlend {
  /// The number of times that the pictures are halved.
  let levels: Int

  /// Creates a blend with as many levels as fit in a band `feather` pixels wide; 0 if not even one
  /// fits.
  init(feather: Int) {
    var levels = 0
    while Self.reach(levels + 1) * 2 <= feather { levels += 1 }
    self.levels = levels
  }

  /// Returns the distance from a border, along rows and columns, at which another owner's picture
  /// still changes a pixel: a pixel of level l is made from a mask up to 2 (2^l − 1) pixels away,
  /// and contributes to pixels as far away from itself.
  private static func reach(_ levels: Int) -> Int { 4 * ((1 << levels) - 1) }

  /// The number of pixels needed around those requested so that more would not change the result.
  var margin: Int { 4 << levels }

  /// Returns the sum of the pictures' bands, each weighted by its mask.
  /// - Parameter pictures: pictures of equal size, with 1 in w inside the owner's region and 0
  ///   elsewhere; the w values of all pictures sum to 1.
  func blend(_ pictures: [PyramidLevel]) -> PyramidLevel {
    var bands: [PyramidLevel] = []
    for (number, picture) in pictures.enumerated() {
      var level = picture
      for depth in 0...levels {
        let next = depth < levels ? level.reduced() : nil
        let coarse = next?.expanded(width: level.width, height: level.height)
        if number == 0 { bands.append(PyramidLevel(width: level.width, height: level.height)) }
        for location in level.pixels.indices {
          let pixel = level.pixels[location]
          let band = coarse.map { pixel - $0.pixels[location] } ?? pixel
          bands[depth].pixels[location] += band * pixel.w
        }
        if let next { level = next }
      }
    }
    var result = bands.removeLast()
    for var band in bands.reversed() {
      let coarse = result.expanded(width: band.width, height: band.height)
      for location in band.pixels.indices { band.pixels[location] += coarse.pixels[location] }
      result = band
    }
    return result
  }
}
