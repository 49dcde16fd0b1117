/// A level of an image pyramid: color in x, y and z, and the mask's share in w.
///
/// Source: Burt and Adelson, *A Multiresolution Spline with Application to Image Mosaics*, ACM
/// Transactions on Graphics 2 (1983), with their binomial kernel (1 4 6 4 1)/16. Outside its sides,
/// a level repeats its outermost pixels.
struct PyramidLevel {
  let width: Int
  let height: Int
  var pixels: [SIMD4<Float>]

  init(width: Int, height: Int, pixels: [SIMD4<Float>]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates a level of zeros.
  init(width: Int, height: Int) {
    self.init(width: width, height: height, pixels: Array(repeating: .zero, count: width * height))
  }

  /// Returns the next level: half as wide and high, where each pixel is a mean of five by five
  /// pixels centered at twice its position.
  func reduced() -> PyramidLevel {
    let (newWidth, newHeight) = ((width + 1) / 2, (height + 1) / 2)
    var rows = PyramidLevel(width: newWidth, height: height)
    for y in 0..<height {
      for x in 0..<newWidth {
        rows.pixels[y * newWidth + x] = mean(around: 2 * x, count: width) { pixels[y * width + $0] }
      }
    }
    var result = PyramidLevel(width: newWidth, height: newHeight)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        result.pixels[y * newWidth + x] = mean(around: 2 * y, count: height) {
          rows.pixels[$0 * newWidth + x]
        }
      }
    }
    return result
  }

  /// Returns the previous level, as far as this one determines it.
  func expanded(width newWidth: Int, height newHeight: Int) -> PyramidLevel {
    var rows = PyramidLevel(width: newWidth, height: height)
    for y in 0..<height {
      for x in 0..<newWidth {
        rows.pixels[y * newWidth + x] = between(x, count: width) { pixels[y * width + $0] }
      }
    }
    var result = PyramidLevel(width: newWidth, height: newHeight)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        result.pixels[y * newWidth + x] = between(y, count: height) {
          rows.pixels[$0 * newWidth + x]
        }
      }
    }
    return result
  }

  private func mean(
    around index: Int, count: Int, _ pixel: (Int) -> SIMD4<Float>
  ) -> SIMD4<Float> {
    func at(_ offset: Int) -> SIMD4<Float> { pixel(min(max(index + offset, 0), count - 1)) }
    return (at(-2) + at(2) + 4 * (at(-1) + at(1)) + 6 * at(0)) / 16
  }

  /// Returns a pixel of the finer level, in which every second pixel is known: from its own value
  /// and both neighbors, or from the two neighbors that it lies between.
  private func between(
    _ index: Int, count: Int, _ pixel: (Int) -> SIMD4<Float>
  ) -> SIMD4<Float> {
    let middle = index / 2
    func at(_ offset: Int) -> SIMD4<Float> { pixel(min(max(middle + offset, 0), count - 1)) }
    return index.isMultiple(of: 2)
      ? (at(-1) + 6 * at(0) + at(1)) / 8 : (at(0) + at(1)) / 2
  }
}
