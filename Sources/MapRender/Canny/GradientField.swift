internal import PoseRig

/// The gradient at every pixel of a picture.
///
/// The list has a margin of one zero on all four sides, so that neighbours need no bounds test and
/// count as flat outside the picture.
struct GradientField {
  let width: Int
  let height: Int
  /// Distance between rows in `gradients`.
  let stride: Int
  private(set) var gradients: [Gradient]

  init(of image: Image<RGB8>, aperture: Int, norm: CannyDetector.Norm) {
    width = image.width
    height = image.height
    stride = width + 2
    gradients = Array(repeating: .zero, count: stride * (height + 2))
    guard width > 0 else { return }
    let kernel = aperture == 3 ? nil : SobelKernel(aperture: aperture)
    for row in 0..<height {
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
    for x in 0..<width {
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
    var gradients = gradients.mutableSpan

    var left = SobelColumn(pixels[above], pixels[middle], pixels[below])
    var here = left
    for x in 0...lastColumn {
      let next = min(x + 1, lastColumn)
      let right = SobelColumn(pixels[above + next], pixels[middle + next], pixels[below + next])
      gradients[base + x] = Gradient(
        dxs: right.smoothed &- left.smoothed,
        dys: left.change &+ (here.change &<< 1) &+ right.change, norm: norm)
      left = here
      here = right
    }
  }
}
