/// The 5×5 and 7×7 Sobel kernels of OpenCV, as the product of a derivative and a smoothing kernel.
struct SobelKernel {
  let change: [Int32]
  let smoothing: [Int32]
  /// The divisor of the sums, which are rounded to the nearest integer, with halves to even.
  let divisor: Int32

  /// - Precondition: `aperture` is 5 or 7.
  init(aperture: Int) {
    switch aperture {
    case 5: (change, smoothing, divisor) = ([-1, -2, 0, 2, 1], [1, 4, 6, 4, 1], 1)
    case 7:
      (change, smoothing) = ([-1, -4, -5, 0, 5, 4, 1], [1, 6, 15, 20, 15, 6, 1])
      divisor = 16
    default: preconditionFailure("SobelKernel: aperture \(aperture)")
    }
  }

  /// Returns the sums at one pixel, separately for each channel.
  @inline(__always)
  func sums(
    x: Int, y: Int, width: Int, height: Int, pixels: Span<RGB8>
  ) -> (dxs: SIMD4<Int16>, dys: SIMD4<Int16>) {
    var dxs = SIMD4<Int32>.zero
    var dys = SIMD4<Int32>.zero
    let reach = change.count / 2
    for row in 0..<change.count {
      // The border is replicated: outside the picture, the edge's own pixels repeat.
      let base = min(max(y + row - reach, 0), height - 1) * width
      for column in 0..<change.count {
        let pixel = pixels[base + min(max(x + column - reach, 0), width - 1)]
        let channels = SIMD4<Int32>(truncatingIfNeeded: pixel.channels)
        dxs &+= channels &* (change[column] &* smoothing[row])
        dys &+= channels &* (change[row] &* smoothing[column])
      }
    }
    return (scaled(dxs), scaled(dys))
  }

  @inline(__always)
  private func scaled(_ sums: SIMD4<Int32>) -> SIMD4<Int16> {
    guard divisor > 1 else { return SIMD4(truncatingIfNeeded: sums) }
    let exact = SIMD4<Float>(sums) / Float(divisor)
    return SIMD4<Int16>(exact.rounded(.toNearestOrEven))
  }
}
