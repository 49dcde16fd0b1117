internal import MapRender

/// A map as pixels, in as few channels and bits as it needs.
enum Picture {
  case color(Inset<RGB8>)
  case gray(Inset<UInt8>)
  case deep(Inset<UInt16>)

  func png() throws(ExportError) -> [UInt8] {
    switch self {
    case .color(let picture): try PNGFile.encode(picture)
    case .gray(let picture): try PNGFile.encode(picture)
    case .deep(let picture): try PNGFile.encode(picture)
    }
  }

  /// As 8-bit colour; of 16 bits the upper half, of distances the share of the farthest.
  var inColor: Image<RGB8> {
    switch self {
    case .color(let picture): return picture.image
    case .gray(let picture): return picture.map { RGB8(gray: $0) }.image
    case .deep(let picture):
      let farthest = max(1, Int(picture.pixels.max() ?? 1))
      return picture.map { RGB8(gray: UInt8(Int($0) * 255 / farthest)) }.image
    }
  }
}
