internal import PoseRig

/// The materials of the lit picture: the share of the light on a surface that it reflects.
///
/// Characters are of the clay of the studio picture with its tones, props of its three grays.
enum Clay {
  /// The share that white paper reflects.
  static let paper: Float = 0.9

  private static let clay = SIMD3<Float>(0.8481, 0.7106, 0.587)

  /// Returns the color of a buffer's pixel, in linear red, green and blue.
  static func color(_ buffer: GBuffer, _ index: Int) -> SIMD3<Float> {
    let pixel = buffer.shading[index]
    guard buffer.showsCharacter(index) else {
      return SIMD3(repeating: grays[Int(pixel.w) % grays.count])
    }
    return clay * tone(Float(pixel.y) / StudioLight.green(on: buffer.normal(index)))
  }

  /// The grays of props by their class, as the studio picture has them.
  private static let grays = (0..<3).map { number -> Float in
    Float(LightColor.linear(UInt8((255 * (0.72 - 0.06 * Double(number)) * 0.925).rounded())))
  }

  /// Returns the share of light that skin with tones reflects, relative to plain skin: brows,
  /// irises, lips, the inside of the mouth.
  private static func tone(_ share: Float) -> Float {
    // Whole levels leave shares of plain skin within a hundredth of 1.
    guard share < 0.985 else { return 1 }
    return share * share
  }
}
