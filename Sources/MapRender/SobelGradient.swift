/// Sobel derivatives of a colour picture: at each pixel those of the channel that changes most.
struct SobelGradient {
  let width: Int
  let height: Int
  private(set) var dx: [Int16]
  private(set) var dy: [Int16]
  /// |dx| + |dy|.
  private(set) var magnitude: [Int32]
  /// Beyond these rows and columns nothing changes and all derivatives are 0.
  private(set) var rows: Range<Int>
  private(set) var columns: Range<Int>

  /// Derivatives with the border replicated.
  init(_ image: Image<RGB8>) {
    width = image.width
    height = image.height
    let count = width * height
    dx = [Int16](repeating: 0, count: count)
    dy = [Int16](repeating: 0, count: count)
    magnitude = [Int32](repeating: 0, count: count)
    rows = 0..<0
    columns = 0..<0
    guard let changing = image.changingRectangle else { return }
    rows = changing.rows
    columns = changing.columns
    add(image.pixels.map { Int16($0.red) })
    add(image.pixels.map { Int16($0.green) })
    add(image.pixels.map { Int16($0.blue) })
  }

  /// Takes over a channel's derivatives where they are stronger than those so far.
  private mutating func add(_ level: [Int16]) {
    for y in rows {
      let above = max(y - 1, 0) * width
      let here = y * width
      let below = min(y + 1, height - 1) * width
      for x in columns {
        let left = max(x - 1, 0)
        let right = min(x + 1, width - 1)
        let horizontal =
          (level[above + right] - level[above + left])
          + 2 * (level[here + right] - level[here + left])
          + (level[below + right] - level[below + left])
        let vertical =
          (level[below + left] - level[above + left]) + 2 * (level[below + x] - level[above + x])
          + (level[below + right] - level[above + right])
        let strength = Int32(abs(horizontal)) + Int32(abs(vertical))
        if strength > magnitude[here + x] {
          magnitude[here + x] = strength
          dx[here + x] = horizontal
          dy[here + x] = vertical
        }
      }
    }
  }
}

extension Image {
  /// The rows and columns in which a pixel or a neighbour differs from the first pixel; nil for a
  /// picture of one colour. A figure before a plain backdrop fills but a small part of a canvas.
  var changingRectangle: (rows: Range<Int>, columns: Range<Int>)? {
    guard let backdrop = pixels.first else { return nil }
    var (top, bottom) = (height, -1)
    var (left, right) = (width, -1)
    for y in 0..<height {
      let row = pixels[(y * width)..<((y + 1) * width)]
      guard let first = row.firstIndex(where: { $0 != backdrop }),
        let last = row.lastIndex(where: { $0 != backdrop })
      else { continue }
      top = min(top, y)
      bottom = y
      left = min(left, first - y * width)
      right = max(right, last - y * width)
    }
    guard bottom >= 0 else { return nil }
    return (
      max(top - 1, 0)..<min(bottom + 2, height), max(left - 1, 0)..<min(right + 2, width)
    )
  }
}
