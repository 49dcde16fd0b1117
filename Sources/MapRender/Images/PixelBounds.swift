/// A rectangle of pixels in a picture: columns from the left, rows from the top.
public struct PixelBounds: Equatable, Sendable {
  /// The columns of the rectangle.
  public var columns: Range<Int>
  /// The rows of the rectangle.
  public var rows: Range<Int>

  /// Creates a rectangle from its sides.
  public init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// Creates the rectangle of a whole picture.
  public init(width: Int, height: Int) {
    self.init(columns: 0..<width, rows: 0..<height)
  }

  /// The empty rectangle.
  public static let none = PixelBounds(width: 0, height: 0)

  /// The number of pixels in the rectangle.
  public var count: Int { columns.count * rows.count }

  /// Returns the index of a pixel in a list of the rectangle, row by row; nil if it is outside.
  public func index(x: Int, y: Int) -> Int? {
    guard columns.contains(x), rows.contains(y) else { return nil }
    return (y - rows.lowerBound) * columns.count + x - columns.lowerBound
  }

  /// Returns the smallest rectangle that contains both.
  public func union(_ other: PixelBounds) -> PixelBounds {
    if count == 0 { return other }
    if other.count == 0 { return self }
    return PixelBounds(
      columns: min(
        columns.lowerBound, other.columns.lowerBound)..<max(
          columns.upperBound, other.columns.upperBound),
      rows: min(
        rows.lowerBound, other.rows.lowerBound)..<max(
          rows.upperBound, other.rows.upperBound))
  }

  /// Returns the pixels in both rectangles; nil if they have no pixel in common.
  public func intersection(_ other: PixelBounds) -> PixelBounds? {
    let both = PixelBounds(
      columns: columns.clamped(to: other.columns), rows: rows.clamped(to: other.rows))
    return both.count == 0 ? nil : both
  }

  /// Returns the rectangle extended by `margin` pixels on each side, within a picture of this size;
  /// an empty one stays empty.
  public func grown(by margin: Int, width: Int, height: Int) -> PixelBounds {
    if count == 0 { return .none }
    return PixelBounds(
      columns: (columns.lowerBound - margin..<columns.upperBound + margin).clamped(to: 0..<width),
      rows: (rows.lowerBound - margin..<rows.upperBound + margin).clamped(to: 0..<height))
  }
}
