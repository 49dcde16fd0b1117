#if canImport(Glibc)
  internal import Glibc
#endif

/// The sun's height at an hour, and its color at a height.
public enum Daylight {
  /// The hours at which the sun is above the horizon.
  public static let hours = 6.0...18

  /// The latitude of the day in degrees: neither the tropics' nor the Arctic's.
  private static let latitude = 45.0

  /// Returns the sun's height in degrees at an hour of the day of equal night, when it rises at 6
  /// and sets at 18, at 45° of latitude.
  public static func height(atHour hour: Double) -> Double {
    let angle = ((hour - 12) * 15).degreesToRadians
    return asin(cos(latitude.degreesToRadians) * cos(angle)).radiansToDegrees
  }

  /// Returns the sun's color at a height in degrees, relative to the sun overhead, with its largest
  /// share 1: white at noon, yellow in the evening, red on the horizon.
  ///
  /// Air scatters blue light out of the way the more, the more of it there is on the way.
  public static func color(atHeight height: Double) -> LightColor {
    let air = airMass(atHeight: max(height, 0)) - 1
    let share = depths.map { exp(-$0 * air) }
    let linear = SIMD3(share[0], share[1], share[2])
    return LightColor(linear: linear / linear.max())
  }

  /// The optical depth of the air overhead at sRGB's primaries: what molecules scatter (Hansen and
  /// Travis, *Light Scattering in Planetary Atmospheres*, 1974), and haze of Ångström's turbidity
  /// 0.05.
  private static let depths = [0.610, 0.550, 0.465].map { micrometers -> Double in
    let square = 1 / (micrometers * micrometers)
    let molecules = 0.008569 * square * square * (1 + 0.0113 * square + 0.00013 * square * square)
    return molecules + 0.05 * pow(micrometers, -1.3)
  }

  /// Returns how much more air a ray passes than one from overhead (Kasten and Young, *Revised
  /// Optical Air Mass Tables*, 1989).
  private static func airMass(atHeight height: Double) -> Double {
    1 / (sin(height.degreesToRadians) + 0.50572 * pow(height + 6.07995, -1.6364))
  }
}
