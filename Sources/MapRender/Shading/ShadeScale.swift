internal import Glibc

/// The fading of shade: its strength falls linearly with distance, its darkness faster, so that it
/// has no visible end.
enum ShadeScale {
  /// The strength that one step of shade has beside an overlap, and loses over its reach.
  static let step: Float = 64

  /// The number of levels by which each strength darkens a pixel: ``ContactShade/step`` at
  /// ``step``.
  static let levels: [UInt8] = (0...255).map {
    UInt8(min(255, ContactShade.step * pow(Float($0) / step, 1.25)))
  }

  /// The least strength that darkens a pixel by each number of levels.
  static let strengths: [UInt8] = (0...255).map {
    UInt8(min(255, (step * pow(Float($0) / ContactShade.step, 0.8)).rounded(.up)))
  }

  /// Returns the strength lost at each squared distance in pixels, for shade with a given reach.
  static func losses(reach: Float) -> [UInt8] {
    let perPixel = step / reach
    let farthest = Int((255 / perPixel).rounded(.up))
    return (0...farthest * farthest).map {
      UInt8(min(255, (Float($0).squareRoot() * perPixel).rounded()))
    }
  }
}
