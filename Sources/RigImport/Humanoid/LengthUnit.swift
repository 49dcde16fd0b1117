/// A unit of length that files use.
enum LengthUnit: CaseIterable {
  case millimeter, centimeter, inch, cmu, decimeter, foot, meter

  /// The unit in meters.
  var meters: Double {
    switch self {
    case .millimeter: 0.001
    case .centimeter: 0.01
    case .inch: 0.0254
    // Carnegie Mellon's motion capture database uses inches divided by 0.45.
    case .cmu: 0.0254 / 0.45
    case .decimeter: 0.1
    case .foot: 0.3048
    case .meter: 1
    }
  }

  /// The name in the plural.
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

  /// The typical height of people, in meters, and the range of adults' heights.
  private static let (usual, grown) = (1.7, 1.2...2.3)
  /// The heights in meters that are plausible if a format states meters, including small creatures
  /// and giants.
  private static let stated = 0.2...12.0
  /// The heights that a unit can result in if no unit gives an adult's height.
  private static let possible = 0.4...3.0

  /// Returns the unit that makes a height most like an adult's; nil if no unit gives a
  /// person's height.
  ///
  /// - Parameters:
  ///   - height: the height in the file's units.
  ///   - isMeterStated: whether the format requires meters, so that unusual heights are accepted.
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
