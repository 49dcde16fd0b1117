/// Files use degrees, code uses radians; these two properties are the only conversion.
extension Double {
  /// This number of degrees, in radians.
  public var degreesToRadians: Double { self * .pi / 180 }
  /// This number of radians, in degrees.
  public var radiansToDegrees: Double { self * 180 / .pi }
}
