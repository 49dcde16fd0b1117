/// A unit in which files count lengths.
enum LengthUnit: CaseIterable {
  case millimeter, centimeter, inch, cmu, decimeter, foot, meter

  /// The meters in it.
  var meters: Double {
    switch self {
    case .millimeter: 0.001
    case .centimeter: 0.01
    case .inch: 0.0254
    // The motion capture database of Carnegie Mellon: inches divided by 0.45.
    case .cmu: 0.0254 / 0.45
    case .decimeter: 0.1
    case .foot: 0.3048
    case .meter: 1
    }
  }

  /// Its name, of several.
  var name: String {
    switch self {
    case .millimeter: "millimeters"
    case .centimeter: "centimeters"
    case .inch: "inches"
    case .cmu: "CMU's units of 5.64 cm"
    case .decimeter: "decimeters"
    case .foot: "feet"
    case .meter: "meters"
    }
  }

  /// The height of most people, in meters, and the heights of grown ones.
  private static let (usual, grown) = (1.7, 1.2...2.3)
  /// The heights in meters that are believed where meters are stated: beetles and giants are not.
  private static let stated = 0.2...12.0
  /// The heights that a unit may make where it makes nobody grown.
  private static let possible = 0.4...3.0

  /// Returns the unit that makes somebody of a height most like a grown person; nil if none makes a
  /// person at all.
  ///
  /// - Parameters:
  ///   - height: The height in the file's units.
  ///   - isMeterStated: Whether the format says that its unit is the meter, so that giants are
  ///     believed.
  static func likeliest(ofHeight height: Double, isMeterStated: Bool) -> LengthUnit? {
    if isMeterStated, stated.contains(height) { return .meter }
    func nearest(_ heights: ClosedRange<Double>) -> LengthUnit? {
      allCases.filter { heights.contains(height * $0.meters) }
        .min { abs(height * $0.meters - usual) < abs(height * $1.meters - usual) }
    }
    if let unit = nearest(grown) { return unit }
    return stated.contains(height) ? .meter : nearest(possible)
  }
}
