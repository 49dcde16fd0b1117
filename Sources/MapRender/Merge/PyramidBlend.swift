/// Blends pictures across the borders of their owners, coarse detail over a wider band than fine
/// detail, so that colors match across the seam and nothing is seen twice (Burt and Adelson 1983;
/// see ``PyramidLevel``).
struct PyramidBlend {
  /// How many times the pictures are halved.
  let levels: Int

  /// As many levels as do not reach beyond a band `feather` pixels wide in all; 0 if even one does.
  init(feather: Int) {
    var levels = 0
    while Self.reach(levels + 1) * 2 <= feather { levels += 1 }
    self.levels = levels
  }

  /// How far from a border, along rows and columns, another owner's picture changes a pixel: a
  /// pixel of level l is made from a mask up to 2 (2^l − 1) pixels away, and goes into pixels as
  /// far away from itself.
  private static func reach(_ levels: Int) -> Int { 4 * ((1 << levels) - 1) }

  /// How many pixels around those wanted have to be given, so that it makes no difference that
  /// there are not more.
  var margin: Int { 4 << levels }

  /// The sum of the pictures' bands, each weighed by its mask.
  /// - Parameter pictures: of equal size, with 1 in w where the picture's owner is, 0 elsewhere; in
  ///   sum 1.
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
