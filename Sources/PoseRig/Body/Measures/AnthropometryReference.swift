/// The 5th and 95th percentile of each of ``Anthropometry``'s measures among U.S. soldiers, in
/// millimeters.
///
/// After ANSUR II: Gordon et al., *2012 Anthropometric Survey of U.S. Army Personnel: Methods and
/// Summary Statistics*, NATICK/TR-15/007, 2014 (4,082 men, 1,986 women): mean ∓ 1.645 standard
/// deviations of the published summary statistics, rounded to a millimeter.
public enum AnthropometryReference {
  /// The range of a measure.
  public struct Range: Sendable {
    /// The measure's name.
    public var name: String
    /// The range among women.
    public var female: ClosedRange<Double>
    /// The range among men.
    public var male: ClosedRange<Double>
  }

  /// All measures, in the order of ``Anthropometry/all``.
  public static let all: [Range] = [
    range("stature", 1629, 64, 1756, 69),
    range("sitting height", 857, 33, 918, 36),
    range("acromial height", 1335, 58, 1441, 63),
    range("biacromial breadth", 365, 18, 416, 19),
    range("hip breadth", 353, 26, 346, 21),
    range("acromion-radiale length", 311, 17, 336, 18),
    range("radiale-stylion length", 241, 15, 269, 15),
    range("hand length", 181, 10, 193, 10),
    range("crotch height", 776, 45, 846, 46),
    range("knee height, midpatella", 449, 27, 488, 29),
    range("foot length", 246, 12, 271, 13),
    range("head breadth", 147, 5.5, 154, 5.6),
    range("tragion to top of head", 126, 6, 132, 6),
    range("chest circumference", 947, 83, 1059, 87),
    range("waist circumference", 861, 100, 941, 112),
    range("buttock circumference", 1021, 76, 1020, 77),
    range("thigh circumference", 616, 57, 625, 58),
    range("calf circumference", 373, 29, 392, 30),
  ]

  private static func range(
    _ name: String, _ female: Double, _ femaleDeviation: Double, _ male: Double,
    _ maleDeviation: Double
  ) -> Range {
    func span(_ mean: Double, _ deviation: Double) -> ClosedRange<Double> {
      (mean - 1.645 * deviation).rounded()...(mean + 1.645 * deviation).rounded()
    }
    return Range(name: name, female: span(female, femaleDeviation), male: span(male, maleDeviation))
  }
}
