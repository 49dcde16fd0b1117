/// A family of models: its training sizes and the style of its maps.
///
/// Each profile is one file of `Resources/profiles/` (docs/maps.md).
public struct Profile: Equatable, Sendable {
  /// The name in scenes and on the command line.
  public var name: String
  /// A short description of the family.
  public var summary: String
  /// The sizes that the family was trained at or is used with, the default first.
  public var sizes: [Canvas]
  /// The number of pixels that both sides must be a multiple of.
  public var multiple: Int
  /// The default map settings for the family.
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

  /// Returns whether a canvas suits the family: its sides are multiples of the required number, and
  /// its area is within a tenth of that of the size with the nearest aspect ratio.
  public func suits(_ canvas: Canvas) -> Bool {
    let nearest = nearestSize(to: canvas)
    let share = Double(canvas.width * canvas.height) / Double(nearest.width * nearest.height)
    return canvas.width % multiple == 0 && canvas.height % multiple == 0
      && (0.9...1.1).contains(share)
  }

  /// Returns a sentence about a canvas that is not suitable.
  public func unsuited(_ canvas: Canvas) -> String {
    "\(canvas) does not suit \(name), whose sides are multiples of \(multiple) and whose sizes are like "
      + "\(nearestSize(to: canvas)); use that size"
  }

  /// Returns the size with the nearest aspect ratio to a canvas'; of equal aspect ratios, the one
  /// nearest in area.
  public func nearestSize(to canvas: Canvas) -> Canvas {
    func distance(_ size: Canvas) -> Double {
      let shape = Self.skew(size.width * canvas.height, size.height * canvas.width)
      let area = Self.skew(size.width * size.height, canvas.width * canvas.height)
      return shape + area * 1e-3
    }
    return sizes.min { distance($0) < distance($1) } ?? canvas
  }

  /// Returns the ratio by which the larger number exceeds the smaller one; 0 if they are equal.
  private static func skew(_ one: Int, _ other: Int) -> Double {
    Double(max(one, other)) / Double(min(one, other)) - 1
  }
}
