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
      columns: min(
        columns.lowerBound, other.columns.lowerBound)..<max(
          columns.upperBound, other.columns.upperBound),
      rows: min(
        rows.lowerBound, other.rows.lowerBound)..<max(
          rows.upperBound, other.rows.upperBound))
  }

  /// Returns the pixels that both hold; nil if they have no pixel in common.
  public func intersection(_ other: PixelBounds) -> PixelBounds? {
    let both = PixelBounds(
      columns: columns.clamped(to: other.columns), rows: rows.clamped(to: other.rows))
    return both.count == 0 ? nil : both
  }

  /// The rectangle with `margin` pixels more on each side, as far as a picture of this size goes;
  /// none stays none.
  public func grown(by margin: Int, width: Int, height: Int) -> PixelBounds {
    if count == 0 { return .none }
    return PixelBounds(
      columns: (columns.lowerBound - margin..<columns.upperBound + margin).clamped(to: 0..<width),
      rows: (rows.lowerBound - margin..<rows.upperBound + margin).clamped(to: 0..<height))
  }
}
