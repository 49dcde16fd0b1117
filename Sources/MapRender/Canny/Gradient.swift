internal import PoseRig

/// How the picture changes at one pixel: Sobel sums of whichever channel changes most.
struct Gradient: BitwiseCopyable {
  /// Change to the right.
  var dx: Int16
  /// Change downwards.
  var dy: Int16
  /// |dx| + |dy|, or dx² + dy².
  var magnitude: Int32

  static let zero = Gradient(dx: 0, dy: 0, magnitude: 0)

  /// The strongest of three channels; of equally strong ones the first.
  @inline(__always)
  init(dxs: SIMD4<Int16>, dys: SIMD4<Int16>, norm: CannyDetector.Norm) {
    switch norm {
    case .l1:
      let sums = Self.absolute(dxs) &+ Self.absolute(dys)
      self.init(dxs, dys, SIMD4<Int32>(truncatingIfNeeded: sums))
    case .l2:
      let x = SIMD4<Int32>(truncatingIfNeeded: dxs)
      let y = SIMD4<Int32>(truncatingIfNeeded: dys)
      self.init(dxs, dys, x &* x &+ y &* y)
    }
  }

  @inline(__always)
  private init(_ dxs: SIMD4<Int16>, _ dys: SIMD4<Int16>, _ magnitudes: SIMD4<Int32>) {
    self.init(dx: dxs[0], dy: dys[0], magnitude: magnitudes[0])
    for channel in 1..<3 where magnitudes[channel] > magnitude {
      self = Gradient(dx: dxs[channel], dy: dys[channel], magnitude: magnitudes[channel])
    }
  }

  private init(dx: Int16, dy: Int16, magnitude: Int32) {
    self.dx = dx
    self.dy = dy
    self.magnitude = magnitude
  }

  @inline(__always)
  private static func absolute(_ values: SIMD4<Int16>) -> SIMD4<Int16> {
    values.replacing(with: 0 &- values, where: values .< 0)
  }
}

/// The share of three pixels above each other in the 3×3 Sobel sums, channel by channel.
struct SobelColumn {
  let smoothed: SIMD4<Int16>
  let change: SIMD4<Int16>

  @inline(__always)
  init(_ above: RGB8, _ middle: RGB8, _ below: RGB8) {
    let (above, below) = (above.channels, below.channels)
    smoothed = above &+ below &+ (middle.channels &<< 1)
    change = below &- above
  }
}

extension RGB8 {
  /// Red, green, blue and nothing.
  @inline(__always)
  var channels: SIMD4<Int16> { SIMD4(Int16(red), Int16(green), Int16(blue), 0) }
}
