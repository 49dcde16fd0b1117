internal import Glibc

/// How shade fades: its strength falls evenly with the distance, its darkness faster, so that it
/// has no visible end.
enum ShadeScale {
  /// The strength that one step of shade has beside an overlap, and loses over its reach.
  static let step: Float = 64

  /// How many levels darker each strength makes a pixel: ``ContactShade/step`` at ``step``.
  static let levels: [UInt8] = (0...255).map {
    UInt8(min(255, ContactShade.step * pow(Float($0) / step, 1.25)))
  }

  /// The least strength that makes a pixel so many levels darker.
  static let strengths: [UInt8] = (0...255).map {
    UInt8(min(255, (step * pow(Float($0) / ContactShade.step, 0.8)).rounded(.up)))
  }

  /// The strength lost over each squared distance in pixels, for shade that reaches so far.
  static func losses(reach: Float) -> [UInt8] {
    let perPixel = step / reach
    let farthest = Int((255 / perPixel).rounded(.up))
    return (0...farthest * farthest).map {
      UInt8(min(255, (Float($0).squareRoot() * perPixel).rounded()))
    }
  }
}
