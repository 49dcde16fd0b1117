#if canImport(Glibc)
  internal import Glibc
#endif

/// The polygon OpenCV draws for an ellipse (`cv::ellipse2Poly` in steps of one degree).
enum EllipsePolygon {
  /// Sines of whole degrees 0 to 450 in single precision, rounded to 7 decimals as OpenCV's table has them.
  private static let sines: [Double] = (0...450).map { degrees in
    let sine = sin(Double(degrees) * .pi / 180)
    return Double(Float((sine * 1e7).rounded(.toNearestOrAwayFromZero) / 1e7))
  }

  /// Corners in whole pixels; `angle` in degrees, −360 to 360.
  static func corners(centre: RasterPoint, halfAxes: RasterPoint, angle: Int) -> [RasterPoint] {
    let turned = angle < 0 ? angle + 360 : angle
    let (cosine, sine) = (sines[450 - turned], sines[turned])
    var corners: [RasterPoint] = []
    for degrees in 0...360 {
      let x = Double(halfAxes.x) * sines[450 - degrees]
      let y = Double(halfAxes.y) * sines[degrees]
      let corner = RasterPoint(
        Int((Double(centre.x) + x * cosine - y * sine).rounded(.toNearestOrEven)),
        Int((Double(centre.y) + x * sine + y * cosine).rounded(.toNearestOrEven)))
      if corner != corners.last { corners.append(corner) }
    }
    return corners.count == 1 ? [centre, centre] : corners
  }
}
