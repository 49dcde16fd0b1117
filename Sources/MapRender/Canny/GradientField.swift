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

  init(of image: Image<RGB8>) {
    width = image.width
    height = image.height
    stride = width + 2
    gradients = Array(repeating: .zero, count: stride * (height + 2))
    guard width > 0 else { return }
    for row in 0..<height {
      fill(row: row, from: image.pixels.span)
    }
  }

  private mutating func fill(row: Int, from pixels: Span<RGB8>) {
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
      gradients[base + x] = Gradient(left, here, right)
      left = here
      here = right
    }
  }
}
