/// The distribution of ``Anthropometry``'s measures among U.S. soldiers, in millimeters.
///
/// Calculated from the individual data of ANSUR II (Gordon et al., *2012 Anthropometric Survey of
/// U.S. Army Personnel: Methods and Summary Statistics*, NATICK/TR-15/007, 2014): 1,986 women and
/// 4,082 men, with percentiles by linear interpolation of the sorted values.
public enum AnthropometryReference {
  /// The distribution of a measure among women or men.
  public struct Distribution: Equatable, Sendable {
    /// The standard deviation.
    public var deviation: Double
    /// The median.
    public var median: Double
    /// The 5th to the 95th percentile.
    public var range: ClosedRange<Double>
  }

  /// A measure's distributions.
  public struct Range: Sendable {
    /// The measure's name.
    public var name: String
    /// The distribution among women.
    public var female: Distribution
    /// The distribution among men.
    public var male: Distribution
  }

  /// All measures, in the order of ``Anthropometry/all``.
  public static let all: [Range] = [
    range(
      "stature", female: (64.2, 1525, 1626, 1740), male: (68.6, 1648, 1755, 1870)),
    range(
      "sitting height", female: (33.1, 803, 857, 912), male: (35.7, 860, 918, 977)),
    range(
      "acromial height", female: (58.1, 1242, 1332, 1434), male: (63.3, 1339, 1439, 1546)),
    range(
      "biacromial breadth", female: (18.3, 335, 365, 396), male: (19.2, 384, 415, 447)),
    range(
      "hip breadth", female: (26.7, 311, 353, 400), male: (24.2, 308, 344, 387)),
    range(
      "acromion-radiale length", female: (17.2, 283, 311, 340), male: (17.5, 307, 335, 365)),
    range(
      "radiale-stylion length", female: (15.2, 218, 240, 268), male: (15.4, 244, 267, 295)),
    range(
      "hand length", female: (10.1, 165, 180, 199), male: (9.9, 177, 193, 210)),
    range(
      "crotch height", female: (44.6, 712, 780, 857), male: (46.5, 771, 845, 925)),
    range(
      "knee height, midpatella", female: (26, 408, 448, 493), male: (28.1, 443, 487, 536)),
    range(
      "foot length", female: (12.4, 226, 246, 268), male: (13.1, 250, 271, 293)),
    range(
      "head breadth", female: (5.2, 140, 147, 156), male: (5.5, 146, 154, 163)),
    range(
      "tragion to top of head", female: (6.5, 116, 127, 137), male: (6.2, 121, 131, 141)),
    range(
      "chest circumference", female: (82.7, 824, 940, 1094), male: (87.4, 922, 1056, 1207)),
    range(
      "waist circumference", female: (99.9, 710, 852, 1040), male: (111.7, 768, 937, 1131)),
    range(
      "buttock circumference", female: (75.9, 901, 1018, 1156), male: (76.7, 899, 1017, 1149)),
    range(
      "thigh circumference", female: (55.8, 527, 613, 711), male: (58.5, 532, 624, 723)),
    range(
      "calf circumference", female: (28.5, 328, 372, 423), male: (29.7, 346, 392, 443)),
  ]

  /// Returns a row: standard deviation, 5th percentile, median, 95th percentile.
  private static func range(
    _ name: String, female: (Double, Double, Double, Double), male: (Double, Double, Double, Double)
  ) -> Range {
    func distribution(_ row: (Double, Double, Double, Double)) -> Distribution {
      Distribution(deviation: row.0, median: row.2, range: row.1...row.3)
    }
    return Range(name: name, female: distribution(female), male: distribution(male))
  }
}
