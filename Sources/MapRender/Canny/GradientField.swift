internal import PoseRig

/// The gradient at every pixel of a picture.
///
/// The list has a margin of one zero on all four sides, so that neighbors need no bounds check and
/// count as flat outside the picture.
struct GradientField {
  let width: Int
  let height: Int
  /// The distance between rows in `gradients`.
  let stride: Int
  private(set) var gradients: [Gradient]
  /// The columns of each row in which the gradient can differ from 0.
  private(set) var extents: [Range<Int>]

  init(of image: Image<RGB8>, aperture: Int, norm: CannyDetector.Norm) {
    width = image.width
    height = image.height
    stride = width + 2
    gradients = Array(repeating: .zero, count: stride * (height + 2))
    extents = Self.extents(of: image, reach: aperture / 2)
    guard width > 0 else { return }
    if aperture == 3 {
      // Nearly all callers use this path.
      PixelLoops.fill(&gradients, of: image, within: extents, norm)
    } else {
      let kernel = SobelKernel(aperture: aperture)
      for row in 0..<height where !extents[row].isEmpty {
        fill(row: row, from: image.pixels.span, kernel, norm)
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

  /// A character fills a tenth of its picture. Pixels beyond the kernel's reach are flat and are
  /// skipped.
  private static func extents(of image: Image<RGB8>, reach: Int) -> [Range<Int>] {
    let (width, height) = (image.width, image.height)
    guard width > 0, height > 0 else { return Array(repeating: 0..<0, count: height) }
    let rows = PixelLoops.extents(of: image)
    return rows.indices.map { row in
      var (first, end) = (width, 0)
      for near in max(0, row - reach)...min(height - 1, row + reach) where !rows[near].isEmpty {
        first = min(first, rows[near].lowerBound)
        end = max(end, rows[near].upperBound)
      }
      return first < end ? max(0, first - reach)..<min(width, end + reach) : 0..<0
    }
  }
}
