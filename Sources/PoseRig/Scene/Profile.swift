/// A family of models: the sizes it was trained at and how it wants its maps.
///
/// Each profile is one file of `Resources/profiles/` (docs/maps.md).
public struct Profile: Equatable, Sendable {
  /// The name in scenes and on the command line.
  public var name: String
  /// The family in a few words.
  public var summary: String
  /// The sizes that the family was trained at or is used with, the usual one first.
  public var sizes: [Canvas]
  /// The number of pixels that both sides must be a multiple of.
  public var multiple: Int
  /// The settings of a scene made for the family.
  public var mapSettings: MapSettings

  /// Creates a profile from its parts.
  public init(
    name: String, summary: String, sizes: [Canvas], multiple: Int, mapSettings: MapSettings
  ) {
    self.name = name
    self.summary = summary
    self.sizes = sizes
    self.multiple = multiple
    self.mapSettings = mapSettings
  }

  /// Returns whether a canvas suits the family: sides of the right multiple, and an area within a
  /// tenth of the area of the size with the nearest shape.
  public func suits(_ canvas: Canvas) -> Bool {
    let nearest = nearestSize(to: canvas)
    let share = Double(canvas.width * canvas.height) / Double(nearest.width * nearest.height)
    return canvas.width % multiple == 0 && canvas.height % multiple == 0
      && (0.9...1.1).contains(share)
  }

  /// Returns a sentence about a canvas that does not suit.
  public func unsuited(_ canvas: Canvas) -> String {
    "\(canvas) does not suit \(name), whose sides are multiples of \(multiple) and whose sizes are like "
      + "\(nearestSize(to: canvas)); use that size"
  }

  /// Returns the size with the shape nearest to a canvas's; of equal shapes the one nearest in
  /// area.
  public func nearestSize(to canvas: Canvas) -> Canvas {
    func distance(_ size: Canvas) -> Double {
      let shape = Self.skew(size.width * canvas.height, size.height * canvas.width)
      let area = Self.skew(size.width * size.height, canvas.width * canvas.height)
      return shape + area * 1e-3
    }
    return sizes.min { distance($0) < distance($1) } ?? canvas
  }

  /// Returns how much larger one number is than the other, whichever it is; 0 if they are equal.
  private static func skew(_ one: Int, _ other: Int) -> Double {
    Double(max(one, other)) / Double(min(one, other)) - 1
  }
}
