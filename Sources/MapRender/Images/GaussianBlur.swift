internal import Glibc

extension Image<UInt8> {
  /// Returns the picture as numbers, blurred with a Gaussian of standard deviation `sigma` pixels;
  /// pixels outside the picture count as 0.
  func blurred(sigma: Double) -> [Float] {
    let reach = max(1, Int((3 * sigma).rounded(.up)))
    let bell = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = bell.reduce(0, +)
    let kernel = bell.map { Float($0 / sum) }
    let across = Self.convolved(
      pixels.map(Float.init), kernel, lines: height, length: width, stride: 1, step: width)
    return Self.convolved(across, kernel, lines: width, length: height, stride: width, step: 1)
  }

  /// Convolves `lines` lines of `length` numbers that are `stride` apart; the lines are `step`
  /// apart.
  private static func convolved(
    _ numbers: [Float], _ kernel: [Float], lines: Int, length: Int, stride: Int, step: Int
  ) -> [Float] {
    let reach = kernel.count / 2
    var result = [Float](repeating: 0, count: numbers.count)
    for line in 0..<lines {
      for index in 0..<length {
        let value = numbers[line * step + index * stride]
        guard value != 0 else { continue }
        for offset in max(-reach, -index)...min(reach, length - 1 - index) {
          result[line * step + (index + offset) * stride] += value * kernel[offset + reach]
        }
      }
    }
    return result
  }
}
