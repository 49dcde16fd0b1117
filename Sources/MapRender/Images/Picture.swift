/// A map as pixels, with no more channels and bits than it needs.
public enum Picture: Sendable {
  /// 8-bit colors.
  case color(Inset<RGB8>)
  /// 8-bit levels.
  case gray(Inset<UInt8>)
  /// 16-bit levels.
  case deep(Inset<UInt16>)

  /// The picture in 8-bit color; 16-bit levels are scaled by their largest value.
  public var inColor: Image<RGB8> {
    switch self {
    case .color(let picture): return picture.image
    case .gray(let picture): return picture.map { RGB8(gray: $0) }.image
    case .deep(let picture):
      let farthest = max(1, Int(picture.pixels.max() ?? 1))
      return picture.map { RGB8(gray: UInt8(Int($0) * 255 / farthest)) }.image
    }
  }
}
