internal import PoseRig

/// The gradient at every pixel of a picture.
///
/// The list has a margin of one zero on all four sides, so that neighbors need no bounds test and
/// count as flat outside the picture.
struct GradientField {
  let width: Int
  let height: Int
  /// Distance between rows in `gradients`.
  let stride: Int
  private(set) var gradients: [Gradient]
  /// The columns of each row in which the gradient may differ from 0.
  private(set) var extents: [Range<Int>]

  init(of image: Image<RGB8>, aperture: Int, norm: CannyDetector.Norm) {
    width = image.width
    height = image.height
    stride = width + 2
    gradients = Array(repeating: .zero, count: stride * (height + 2))
    extents = Self.extents(of: image, reach: aperture / 2)
    guard width > 0 else { return }
    let kernel = aperture == 3 ? nil : SobelKernel(aperture: aperture)
    for row in 0..<height where !extents[row].isEmpty {
      if let kernel {
        fill(row: row, from: image.pixels.span, kernel, norm)
      } else {
        fill(row: row, from: image.pixels.span, norm)
      }
    }
  }

  private mutating func fill(
    row: Int, from pixels: Span<RGB8>, _ kernel: SobelKernel, _ norm: CannyDetector.Norm
  ) {
    let base = (row + 1) * stride + 1
    for x in extents[row] {
      let (dxs, dys) = kernel.sums(x: x, y: row, width: width, height: height, pixels: pixels)
      gradients[base + x] = Gradient(dxs: dxs, dys: dys, norm: norm)
    }
  }

  /// The 3×3 kernel, which nearly everyone takes: each column of three pixels is summed once.
  private mutating func fill(row: Int, from pixels: Span<RGB8>, _ norm: CannyDetector.Norm) {
    // The border is replicated: beyond an edge lies the edge's own pixel again.
    let above = max(row - 1, 0) * width
    let middle = row * width
    let below = min(row + 1, height - 1) * width
    let lastColumn = width - 1
    let base = (row + 1) * stride + 1
    let extent = extents[row]
    var gradients = gradients.mutableSpan

    let before = max(extent.lowerBound - 1, 0)
    let first = extent.lowerBound
    var left = SobelColumn(pixels[above + before], pixels[middle + before], pixels[below + before])
    var here = SobelColumn(pixels[above + first], pixels[middle + first], pixels[below + first])
    for x in extent {
      let next = min(x + 1, lastColumn)
      let right = SobelColumn(pixels[above + next], pixels[middle + next], pixels[below + next])
      gradients[base + x] = Gradient(
        dxs: right.smoothed &- left.smoothed,
        dys: left.change &+ (here.change &<< 1) &+ right.change, norm: norm)
      left = here
      here = right
    }
  }

  /// A character fills a tenth of its picture. What lies farther from it than the kernel reaches is
  /// flat, and is not looked at.
  private static func extents(of image: Image<RGB8>, reach: Int) -> [Range<Int>] {
    let (width, height) = (image.width, image.height)
    guard width > 0, height > 0 else { return Array(repeating: 0..<0, count: height) }
    let pixels = image.pixels.span
    let background = pixels[0]
    let rows = (0..<height).map { row -> Range<Int> in
      let base = row * width
      var first = 0
      while first < width, pixels[base + first] == background { first += 1 }
      var end = width
      while end > first, pixels[base + end - 1] == background { end -= 1 }
      return first..<end
    }
    return rows.indices.map { row in
      let near = rows[max(0, row - reach)...min(height - 1, row + reach)].filter { !$0.isEmpty }
      guard let first = near.map(\.lowerBound).min(), let end = near.map(\.upperBound).max() else {
        return 0..<0
      }
      return max(0, first - reach)..<min(width, end + reach)
    }
  }
}
