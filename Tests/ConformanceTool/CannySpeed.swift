import MapRender

/// Times the edge detector on pictures of seeded noise and of flat shapes.
enum CannySpeed {
  static func medianMilliseconds(size: Int) -> String {
    "shapes \(median(of: shapes(size))) ms, noise \(median(of: noise(size))) ms at \(size)x\(size)"
  }

  private static func median(of image: Image<RGB8>) -> Double {
    let clock = ContinuousClock()
    let times = (0..<21).map { _ in
      clock.measure { precondition(CannyMap.detect(image).width == image.width) }
    }
    return Double((times.sorted()[10] / .microseconds(10)).rounded()) / 100
  }

  private static func noise(_ size: Int) -> Image<RGB8> {
    var state: UInt64 = 1
    let pixels = (0..<size * size).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return RGB8(UInt8(state >> 56), UInt8(state >> 48 & 255), UInt8(state >> 40 & 255))
    }
    return Image(width: size, height: size, pixels: pixels)
  }

  private static func shapes(_ size: Int) -> Image<RGB8> {
    var image = Image<RGB8>(width: size, height: size, filling: .black)
    for y in 0..<size {
      for x in 0..<size where (x / 64 + y / 64).isMultiple(of: 2) {
        image[x, y] = RGB8(UInt8(x * 200 / size), UInt8(y * 200 / size), 120)
      }
    }
    return image
  }
}
