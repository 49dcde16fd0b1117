#if canImport(Glibc)
  internal import Glibc
#endif

/// The color of a light: red, green and blue of sRGB's primaries in linear light, the largest of
/// which is usually 1.
public struct LightColor: Equatable, Sendable {
  /// The shares of red, green and blue.
  public var linear: SIMD3<Double>

  /// White.
  public static let white = LightColor(linear: SIMD3(1, 1, 1))

  /// The color temperatures that a light can have, in kelvins.
  public static let kelvins = 1000.0...20000

  /// Creates a color from linear shares.
  public init(linear: SIMD3<Double>) { self.linear = linear }

  /// Creates a color from sRGB's levels, 0 to 255.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    linear = SIMD3(Self.linear(red), Self.linear(green), Self.linear(blue))
  }

  /// Creates the color of a glowing body at a temperature, relative to daylight of 6500 K, which is
  /// white; its largest share is 1.
  ///
  /// - Precondition: the temperature is among ``kelvins``.
  public init(kelvin: Double) {
    precondition(Self.kelvins.contains(kelvin), "LightColor: the temperature is out of range")
    let body = Self.blackbody(kelvin) / Self.blackbody(6500)
    linear = (body / body.max()).clamped(
      lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
  }

  /// Returns the linear light of a level, 0 to 1 (IEC 61966-2-1).
  public static func linear(_ level: UInt8) -> Double {
    let share = Double(level) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }

  /// How much more red than blue it has: 0 for gray, positive for warm light, up to 1.
  package var warmth: Double { (linear.x - linear.z) / max(linear.max(), 1e-9) }

  /// Returns the shares of a blackbody on the Planckian locus: its chromaticity after Kim et al.
  /// (US patent 7024034), converted with sRGB's matrix.
  private static func blackbody(_ kelvin: Double) -> SIMD3<Double> {
    // The fit begins at 1667 K; below, red glow loses what is left of its blue and green.
    let t = 1000 / max(kelvin, 1667)
    let x =
      kelvin < 4000
      ? ((-0.2661239 * t - 0.2343589) * t + 0.8776956) * t + 0.179910
      : ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.240390
    let y =
      switch kelvin {
      case ..<2222: ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
      case ..<4000: ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
      default: ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483
      }
    let (bigX, bigZ) = (x / y, (1 - x - y) / y)
    let rgb = SIMD3(
      3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ,
      -0.9692660 * bigX + 1.8760108 + 0.0415560 * bigZ,
      0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ)
    let glow = min(1, kelvin / 1667)
    return SIMD3(rgb.x, max(rgb.y, 0) * glow, max(rgb.z, 0) * glow * glow)
  }
}
