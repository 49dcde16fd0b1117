/// Subpixel positions as in OpenCV: integers that count 1/65536 of a pixel (16.16).
enum FixedPoint {
  static let fractionBits = 16
  static let one = 1 << fractionBits
  static let half = one >> 1

  /// Returns the nearest whole pixel; halves are rounded up.
  static func rounded(_ value: Int) -> Int {
    (value + half) >> fractionBits
  }

  /// Returns the nearest whole pixel of a point; halves are rounded up.
  static func rounded(_ point: SIMD2<Int>) -> SIMD2<Int> {
    SIMD2(rounded(point.x), rounded(point.y))
  }

  /// Returns a whole pixel position in 16.16.
  static func fromPixel(_ point: SIMD2<Int>) -> SIMD2<Int> {
    point &<< SIMD2(repeating: fractionBits)
  }
}
