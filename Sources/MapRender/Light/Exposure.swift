internal import Glibc
internal import PoseRig

/// The way from linear light to the levels of a picture, as of a camera.
enum Exposure {
  /// The linear light up to which levels are exact; above, they approach white without reaching it.
  static let knee: Float = 0.8

  /// Returns the level of a color in linear light; 1 would be white without the knee.
  static func level(_ color: SIMD3<Float>) -> RGB8 {
    RGB8(level(color.x), level(color.y), level(color.z))
  }

  private static func level(_ light: Float) -> UInt8 {
    let room = 1 - knee
    let held = light <= knee ? max(light, 0) : knee + room * (1 - exp(-(light - knee) / room))
    return levels[Int((held * Float(steps)).rounded())]
  }

  private static let steps = 1 << 16

  /// sRGB's levels of shares of light in equal steps (IEC 61966-2-1).
  private static let levels: [UInt8] = (0...steps).map { step in
    let light = Double(step) / Double(steps)
    let share = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    return UInt8((share * 255).rounded())
  }
}
