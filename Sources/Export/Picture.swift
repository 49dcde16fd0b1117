internal import MapRender

/// A map as pixels, in as few channels and bits as it needs.
enum Picture {
  case colour(Image<RGB8>)
  case grey(Image<UInt8>)
  case deep(Image<UInt16>)

  func png() throws(ExportError) -> [UInt8] {
    switch self {
    case .colour(let image): try PNGFile.encode(image)
    case .grey(let image): try PNGFile.encode(image)
    case .deep(let image): try PNGFile.encode(image)
    }
  }

  /// As 8-bit colour; of 16 bits the upper half, of distances the share of the farthest.
  var inColour: Image<RGB8> {
    switch self {
    case .colour(let image): return image
    case .grey(let image): return image.map { RGB8(grey: $0) }
    case .deep(let image):
      let farthest = max(1, Int(image.pixels.max() ?? 1))
      return image.map { RGB8(grey: UInt8(Int($0) * 255 / farthest)) }
    }
  }
}
