/// The colors that SCAIL-2 was trained to recognize as people, and that region models distinguish
/// best.
enum IdentityColors {
  /// Returns blue, red, green, magenta, cyan or yellow, then starts over.
  ///
  /// Source: `DEFAULT_PALETTE` in ComfyUI's `comfy_extras/nodes_scail.py`, which considers a
  /// channel set above 225 of 255.
  static func color(_ rank: Int) -> RGB8 { all[rank % all.count] }

  private static let all = [
    RGB8(0, 0, 255), RGB8(255, 0, 0), RGB8(0, 255, 0), RGB8(255, 0, 255), RGB8(0, 255, 255),
    RGB8(255, 255, 0),
  ]
}

/// Colors that are easy to distinguish.
enum DistinctColors {
  /// Returns the color of a number: 27 hues, with neighbors far apart, in three brightnesses.
  static func color(_ number: Int) -> RGB8 {
    let hue = Double(number * 11 % 27) / 27 * 6
    let value = [1.0, 0.75, 0.55][(number + number / 27) % 3]
    let rise = hue - hue.rounded(.down)
    let (red, green, blue) =
      switch Int(hue) {
      case 0: (1.0, rise, 0.15)
      case 1: (1 - rise, 1.0, 0.15)
      case 2: (0.15, 1.0, rise)
      case 3: (0.15, 1 - rise, 1.0)
      case 4: (rise, 0.15, 1.0)
      default: (1.0, 0.15, 1 - rise)
      }
    func level(_ channel: Double) -> UInt8 { UInt8(255 * value * max(channel, 0.15)) }
    return RGB8(level(red), level(green), level(blue))
  }
}
