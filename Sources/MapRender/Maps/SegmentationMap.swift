public import PoseRig

/// Flat colours for what each pixel shows.
public enum SegmentationMap {
  /// The colours of a palette; black where nothing is.
  /// - Parameter characters: the rank of the character at each of the buffer's pixels, for ``SegmentationPalette/characters``
  ///   and ``SegmentationPalette/identities``.
  /// - Parameter ground: what is around the characters, for identities.
  public static func draw(
    _ buffer: GBuffer, palette: SegmentationPalette, characters: [Int?],
    ground: IdentityGround = .black
  ) -> Inset<RGB8> {
    let around: RGB8 = palette == .identities && ground == .white ? .white : .black
    return buffer.picture(around) { index in
      guard let label = buffer.label(index) else { return around }
      guard let kind = label.kind else {
        if palette == .identities { return around }
        return label.sceneClass.flatMap { ADE20K.colors[$0] } ?? .black
      }
      switch palette {
      // Hair and clothes are the person; what is held has no class.
      case .ade20k: return kind == .held ? .black : ADE20K.person
      case .parts: return label.part.map { DistinctColors.color(Int($0.rawValue)) } ?? .black
      case .characters: return DistinctColors.color(characters[index] ?? 0)
      case .identities: return IdentityColors.color(characters[index] ?? 0)
      }
    }
  }
}

/// The number of the part at each pixel.
public enum PartsMap {
  /// 0 where no body is, else 1 + the part's number (`docs/body-format.md`).
  public static func draw(_ buffer: GBuffer) -> Inset<UInt8> {
    buffer.picture(0) { index in
      buffer.label(index)?.part.map { $0.rawValue + 1 } ?? 0
    }
  }
}

/// The colours that SCAIL-2 was trained to take for people, and region models tell apart best.
enum IdentityColors {
  /// Blue, red, green, magenta, cyan, yellow, then from the beginning again.
  ///
  /// Source: `DEFAULT_PALETTE` in ComfyUI's `comfy_extras/nodes_scail.py`, which takes a channel for set above 225 of 255.
  static func color(_ rank: Int) -> RGB8 { all[rank % all.count] }

  private static let all = [
    RGB8(0, 0, 255), RGB8(255, 0, 0), RGB8(0, 255, 0), RGB8(255, 0, 255), RGB8(0, 255, 255),
    RGB8(255, 255, 0),
  ]
}

/// Colours that are easily told apart.
enum DistinctColors {
  /// The colour of a number: 27 hues, neighbours far apart, in three brightnesses.
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
