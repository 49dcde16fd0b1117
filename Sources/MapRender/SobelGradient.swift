/// Sobel derivatives of a colour picture: at each pixel those of the channel that changes most.
struct SobelGradient {
  let width: Int
  let height: Int
  private(set) var dx: [Int16]
  private(set) var dy: [Int16]
  /// |dx| + |dy|.
  private(set) var magnitude: [Int32]

  /// Derivatives with the border replicated.
  init(_ image: Image<RGB8>) {
    width = image.width
    height = image.height
    let count = width * height
    dx = [Int16](repeating: 0, count: count)
    dy = [Int16](repeating: 0, count: count)
    magnitude = [Int32](repeating: 0, count: count)
    let channels: [KeyPath<RGB8, UInt8>] = [\.red, \.green, \.blue]
    for channel in channels {
      add(image.pixels.map { Int16($0[keyPath: channel]) })
    }
  }

  /// Takes over a channel's derivatives where they are stronger than those so far.
  private mutating func add(_ level: [Int16]) {
    for y in 0..<height {
      let above = max(y - 1, 0) * width
      let here = y * width
      let below = min(y + 1, height - 1) * width
      for x in 0..<width {
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
