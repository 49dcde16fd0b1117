/// A picture of one color except for a rectangle, which is all that is stored: a character covers a
/// tenth of its maps.
public struct Inset<Pixel: BitwiseCopyable & Equatable & Sendable>: Equatable, Sendable {
  /// The width of the whole picture in pixels.
  public let width: Int
  /// The height of the whole picture in pixels.
  public let height: Int
  /// The color of all pixels outside the rectangle.
  public let background: Pixel
  /// The rectangle.
  public let bounds: PixelBounds
  /// The pixels of the rectangle, row by row.
  public internal(set) var pixels: [Pixel]

  /// Creates a picture from its parts.
  /// - Precondition: `pixels.count == bounds.count`, and the bounds are inside the picture.
  public init(
    width: Int, height: Int, background: Pixel, bounds: PixelBounds, pixels: [Pixel]
  ) {
    precondition(pixels.count == bounds.count, "Inset: as many pixels as the bounds hold")
    self.width = width
    self.height = height
    self.background = background
    self.bounds = bounds
    self.pixels = pixels
  }

  /// Creates a picture that is stored entirely; its background appears nowhere.
  public init(_ image: Image<Pixel>, background: Pixel) {
    self.init(
      width: image.width, height: image.height, background: background,
      bounds: PixelBounds(width: image.width, height: image.height), pixels: image.pixels)
  }

  /// The whole picture.
  public var image: Image<Pixel> {
    if bounds == PixelBounds(width: width, height: height) {
      return Image(width: width, height: height, pixels: pixels)
    }
    var image = Image(width: width, height: height, filling: background)
    let length = bounds.columns.count
    for (number, row) in bounds.rows.enumerated() {
      let start = row * width + bounds.columns.lowerBound
      image.pixels.replaceSubrange(
        start..<start + length, with: pixels[number * length..<(number + 1) * length])
    }
    return image
  }

  /// Returns the picture with each pixel transformed by `transform`.
  public func map<Other>(_ transform: (Pixel) -> Other) -> Inset<Other> {
    Inset<Other>(
      width: width, height: height, background: transform(background), bounds: bounds,
      pixels: pixels.map(transform))
  }

  /// Returns the rectangle extended by `margin` pixels on each side, within the picture.
  func grown(by margin: Int) -> Inset {
    let wider = bounds.grown(by: margin, width: width, height: height)
    if wider == bounds { return self }
    var wide = [Pixel](repeating: background, count: wider.count)
    let length = bounds.columns.count
    for (number, row) in bounds.rows.enumerated() {
      guard let start = wider.index(x: bounds.columns.lowerBound, y: row) else { continue }
      wide.replaceSubrange(
        start..<start + length, with: pixels[number * length..<(number + 1) * length])
    }
    return Inset(width: width, height: height, background: background, bounds: wider, pixels: wide)
  }

  /// Draws the visible pixels of the rectangle into a picture, each in the color that `color`
  /// returns.
  /// - Precondition: the picture is as large as this one.
  @inline(__always)
  func lay<Color>(
    over picture: inout Image<Color>, where isShown: (Pixel) -> Bool, _ color: (Pixel) -> Color
  ) {
    precondition(picture.width == width && picture.height == height, "Inset: sizes differ")
    let (own, length) = (pixels.span, bounds.columns.count)
    var below = picture.pixels.mutableSpan
    for (number, row) in bounds.rows.enumerated() {
      let start = row * width + bounds.columns.lowerBound
      for column in 0..<length {
        let pixel = own[number * length + column]
        if isShown(pixel) { below[start + column] = color(pixel) }
      }
    }
  }
}
