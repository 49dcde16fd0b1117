internal import Export
internal import MapRender

/// Shrinks maps to previews.
enum SmallMap {
  /// The maps of thin lines, which would vanish in a mean.
  private static let lines: Set<MapName> = [.canny, .lineart, .softedge]

  /// Returns a smaller map: for lines the pixels that stand out most, for other maps the mean.
  static func of(_ name: MapName, _ picture: Image<RGB8>, width: Int, height: Int) -> Image<RGB8> {
    guard lines.contains(name) else { return picture.shrunk(width: width, height: height) }
    let background = picture.pixels[0]
    var small = Image(width: width, height: height, filling: background)
    for y in 0..<height {
      for x in 0..<width {
        let columns = x * picture.width / width..<(x + 1) * picture.width / width
        var best = (difference: 0, pixel: background)
        for row in y * picture.height / height..<(y + 1) * picture.height / height {
          for column in columns {
            let pixel = picture.pixels[row * picture.width + column]
            let difference = abs(Int(pixel.green) - Int(background.green))
            if difference > best.difference { best = (difference, pixel) }
          }
        }
        small.pixels[y * width + x] = best.pixel
      }
    }
    return small
  }
}
