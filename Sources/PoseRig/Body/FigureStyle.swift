/// A build that artists have a name for.
///
/// Sources: Loomis, *Figure Drawing for All It's Worth*, 1943 ("ideal" figures of 8 heads,
/// "fashion" of 8½, "heroic" of 9, with shoulders of 2⅔ heads instead of 2⅓); chibi figures of 2 to
/// 4 heads are a convention.
public enum FigureStyle: String, CaseIterable, Sendable {
  /// Small head, broad shoulders, strong limbs.
  case heroic
  /// Narrow and thin.
  case slender
  /// Long legs, small head, thin limbs.
  case fashion
  /// Three heads tall, short limbs.
  case chibi

  /// The style's proportions.
  public var proportions: Proportions {
    var proportions = Proportions()
    switch self {
    case .heroic:
      proportions.heads = 8.5
      proportions.shoulderWidth = 1.16
      proportions.legLength = 1.05
      proportions.build = 1.14
    case .slender:
      proportions.shoulderWidth = 0.95
      proportions.hipWidth = 0.93
      proportions.legLength = 1.04
      proportions.build = 0.8
    case .fashion:
      proportions.heads = 8.75
      proportions.shoulderWidth = 0.97
      proportions.hipWidth = 0.92
      proportions.legLength = 1.2
      proportions.armLength = 1.06
      proportions.build = 0.82
    case .chibi:
      proportions.heads = 3
      proportions.legLength = 0.72
      proportions.armLength = 0.78
    }
    return proportions
  }
}
