/// Files speak degrees, code speaks radians; these two are the only bridge.
extension Double {
  /// This number of degrees, in radians.
  public var degreesToRadians: Double { self * .pi / 180 }
  /// This number of radians, in degrees.
  public var radiansToDegrees: Double { self * 180 / .pi }
}
