/// How the picture changes at one pixel: 3×3 Sobel sums of whichever channel changes most.
struct Gradient: BitwiseCopyable {
  /// Change to the right, -1020 to 1020.
  var dx: Int16
  /// Change downwards, -1020 to 1020.
  var dy: Int16
  /// |dx| + |dy|, 0 to 2040.
  var magnitude: Int16

  static let zero = Gradient(dx: 0, dy: 0, magnitude: 0)
}

extension Gradient {
  /// The gradient between three columns; of equally strong channels the first counts.
  @inline(__always)
  init(_ left: SobelColumn, _ here: SobelColumn, _ right: SobelColumn) {
    let dxs = right.smoothed &- left.smoothed
    let dys = left.change &+ (here.change &<< 1) &+ right.change
    let magnitudes = Self.absolute(dxs) &+ Self.absolute(dys)
    self.init(dx: dxs[0], dy: dys[0], magnitude: magnitudes[0])
    for channel in 1..<3 where magnitudes[channel] > magnitude {
      self = Gradient(dx: dxs[channel], dy: dys[channel], magnitude: magnitudes[channel])
    }
  }

  @inline(__always)
  private static func absolute(_ values: SIMD4<Int16>) -> SIMD4<Int16> {
    values.replacing(with: 0 &- values, where: values .< 0)
  }
}

/// What three pixels above each other add to the Sobel sums, channel by channel.
struct SobelColumn {
  let smoothed: SIMD4<Int16>
  let change: SIMD4<Int16>

  @inline(__always)
  init(_ above: RGB8, _ middle: RGB8, _ below: RGB8) {
    let (above, below) = (Self.channels(above), Self.channels(below))
    smoothed = above &+ below &+ (Self.channels(middle) &<< 1)
    change = below &- above
  }

  @inline(__always)
  private static func channels(_ pixel: RGB8) -> SIMD4<Int16> {
    SIMD4(Int16(pixel.red), Int16(pixel.green), Int16(pixel.blue), 0)
  }
}
