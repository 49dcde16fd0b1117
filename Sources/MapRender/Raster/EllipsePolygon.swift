internal import Glibc

/// The outline of an ellipse, as returned by `cv2.ellipse2Poly` for the full circle in steps of 1°.
enum EllipsePolygon {
  /// Returns corners at whole pixels, without equal neighbors.
  /// - Parameters:
  ///   - center: the center, in pixels.
  ///   - halfAxes: half the length along the rotated x and y axes, in pixels.
  ///   - degrees: the rotation from x toward y (clockwise on screen), -360 to 360.
  static func corners(
    center: SIMD2<Int>, halfAxes: SIMD2<Int>, degrees: Int
  ) -> [SIMD2<Int>] {
    let degrees = degrees < 0 ? degrees + 360 : degrees
    let (cosine, sine) = (cosine(degrees), sine(degrees))
    var corners: [SIMD2<Int>] = []
    corners.reserveCapacity(361)
    for step in 0...360 {
      let x = Double(halfAxes.x) * Self.cosine(step)
      let y = Double(halfAxes.y) * Self.sine(step)
      let corner = SIMD2(
        Int((Double(center.x) + x * cosine - y * sine).rounded(.toNearestOrEven)),
        Int((Double(center.y) + x * sine + y * cosine).rounded(.toNearestOrEven)))
      if corner != corners.last {
        corners.append(corner)
      }
    }
    return corners.count == 1 ? [center, center] : corners
  }

  private static func sine(_ degrees: Int) -> Double { sines[degrees] }
  private static func cosine(_ degrees: Int) -> Double { sines[450 - degrees] }

  /// The sines of 0° to 450°. OpenCV's table has floats with seven decimals, and the pixel to which
  /// a corner is rounded depends on them.
  private static let sines: [Double] = (0...450).map { degrees in
    let exact = sin(Double(degrees) * .pi / 180)
    return Double(Float((exact * 1e7).rounded() / 1e7))
  }
}
