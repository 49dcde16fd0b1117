internal import MapRender

/// A map as pixels, in as few channels and bits as it needs.
enum Picture {
  case colour(Inset<RGB8>)
  case grey(Inset<UInt8>)
  case deep(Inset<UInt16>)

  func png() throws(ExportError) -> [UInt8] {
    switch self {
    case .colour(let picture): try PNGFile.encode(picture)
    case .grey(let picture): try PNGFile.encode(picture)
    case .deep(let picture): try PNGFile.encode(picture)
    }
  }

  /// As 8-bit colour; of 16 bits the upper half, of distances the share of the farthest.
  var inColour: Image<RGB8> {
    switch self {
    case .colour(let picture): return picture.image
    case .grey(let picture): return picture.map { RGB8(grey: $0) }.image
    case .deep(let picture):
      let farthest = max(1, Int(picture.pixels.max() ?? 1))
      return picture.map { RGB8(grey: UInt8(Int($0) * 255 / farthest)) }.image
    }
  }
}
