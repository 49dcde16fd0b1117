internal import CLoops
internal import PoseRig

/// The change of the picture at one pixel: the Sobel sums of the channel that changes most.
///
/// `dx` is the change to the right, `dy` downward; the magnitude is |dx| + |dy|, or dx² + dy².
typealias Gradient = pixel_gradient

extension Gradient {
  static let zero = Gradient(dx: 0, dy: 0, magnitude: 0)

  /// Returns the strongest of three channels; the first of those that are equally strong.
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

  @inline(__always)
  private static func absolute(_ values: SIMD4<Int16>) -> SIMD4<Int16> {
    values.replacing(with: 0 &- values, where: values .< 0)
  }
}

extension RGB8 {
  /// Returns red, green, blue and zero.
  @inline(__always)
  var channels: SIMD4<Int16> { SIMD4(Int16(red), Int16(green), Int16(blue), 0) }
}
