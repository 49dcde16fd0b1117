/// A rectangle of pixels of a picture: columns from the left, rows from the top.
public struct PixelBounds: Equatable, Sendable {
  /// The columns that it holds.
  public var columns: Range<Int>
  /// The rows that it holds.
  public var rows: Range<Int>

  /// A rectangle from its sides.
  public init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// All of a picture.
  public init(width: Int, height: Int) {
    self.init(columns: 0..<width, rows: 0..<height)
  }

  /// No pixel at all.
  public static let none = PixelBounds(width: 0, height: 0)

  /// How many pixels it holds.
  public var count: Int { columns.count * rows.count }

  /// The place of a pixel in a list of the rectangle's, row by row; nil if it is not in it.
  public func index(x: Int, y: Int) -> Int? {
    guard columns.contains(x), rows.contains(y) else { return nil }
    return (y - rows.lowerBound) * columns.count + x - columns.lowerBound
  }

  /// The smallest rectangle that holds both.
  public func union(_ other: PixelBounds) -> PixelBounds {
    if count == 0 { return other }
    if other.count == 0 { return self }
    return PixelBounds(
      columns: min(columns.lowerBound, other.columns.lowerBound)..<max(
        columns.upperBound, other.columns.upperBound),
      rows: min(rows.lowerBound, other.rows.lowerBound)..<max(
        rows.upperBound, other.rows.upperBound))
  }

  /// The rectangle with `margin` pixels more on each side, as far as a picture of this size goes; none stays none.
  public func grown(by margin: Int, width: Int, height: Int) -> PixelBounds {
    if count == 0 { return .none }
    return PixelBounds(
      columns: (columns.lowerBound - margin..<columns.upperBound + margin).clamped(to: 0..<width),
      rows: (rows.lowerBound - margin..<rows.upperBound + margin).clamped(to: 0..<height))
  }
}

extension Image {
  /// The pixels within `bounds`.
  /// - Precondition: the bounds are inside the picture.
  func cropped(to bounds: PixelBounds) -> Image {
    if bounds == PixelBounds(width: width, height: height) { return self }
    var kept: [Pixel] = []
    kept.reserveCapacity(bounds.count)
    for row in bounds.rows {
      let start = row * width
      kept +=
        pixels[start + bounds.columns.lowerBound..<start + bounds.columns.upperBound]
    }
    return Image(width: bounds.columns.count, height: bounds.rows.count, pixels: kept)
  }

  /// A picture whose pixels within `bounds` are listed row by row, and all others `background`.
  /// - Precondition: `pixels.count == bounds.count`, and the bounds are inside the picture.
  init(width: Int, height: Int, filling background: Pixel, _ bounds: PixelBounds, _ pixels: [Pixel])
  {
    precondition(pixels.count == bounds.count, "Image: as many pixels as the bounds hold")
    if bounds == PixelBounds(width: width, height: height) {
      self.init(width: width, height: height, pixels: pixels)
      return
    }
    self.init(width: width, height: height, filling: background)
    let length = bounds.columns.count
    for (number, row) in bounds.rows.enumerated() {
      let start = row * width + bounds.columns.lowerBound
      self.pixels.replaceSubrange(
        start..<start + length, with: pixels[number * length..<(number + 1) * length])
    }
  }
}
