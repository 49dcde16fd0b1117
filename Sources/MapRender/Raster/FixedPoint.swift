/// Sub-pixel positions as OpenCV keeps them: integers counting 1/65536 of a pixel (16.16).
enum FixedPoint {
  static let fractionBits = 16
  static let one = 1 << fractionBits
  static let half = one >> 1

  /// The nearest whole pixel; halves go up.
  static func rounded(_ value: Int) -> Int {
    (value + half) >> fractionBits
  }

  /// The nearest whole pixel of a point; halves go up.
  static func rounded(_ point: SIMD2<Int>) -> SIMD2<Int> {
    SIMD2(rounded(point.x), rounded(point.y))
  }

  /// A whole pixel position in 16.16.
  static func fromPixel(_ point: SIMD2<Int>) -> SIMD2<Int> {
    point &<< SIMD2(repeating: fractionBits)
  }
}
