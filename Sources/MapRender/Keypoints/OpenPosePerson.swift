/// The points from which one person is drawn; nil means missing.
///
/// In pixels of the canvas, x right, y down, with (0, 0) at the corner of the first pixel. Points
/// can lie outside the canvas. A list that is too short counts as missing points; extra points are
/// not drawn, and neither is a point that is not finite or farther than ``farthest`` from the
/// corner.
public struct OpenPosePerson: Equatable, Sendable {
  /// 18 points in COCO-18 order: nose, neck, right arm, left arm, right leg, left leg, eyes, ears.
  public var body: [SIMD2<Double>?]
  /// The subject's left hand: 21 points, the wrist and then four for each finger from the thumb.
  public var leftHand: [SIMD2<Double>?]?
  /// The subject's right hand, in the order of the left hand.
  public var rightHand: [SIMD2<Double>?]?
  /// 70 points: the 68 of the 300-W layout, then right and left pupil. 68 is enough.
  public var face: [SIMD2<Double>?]?

  /// The center of the toes of the left and the right foot, which only some styles draw.
  public var toes: [SIMD2<Double>?]
  /// The big toe, small toe and heel of the left foot, then of the right, which only some styles
  /// draw.
  public var feet: [SIMD2<Double>?]

  /// The maximum distance of a point from the corner of the canvas along x or y, in pixels.
  public static let farthest = 1_048_576.0

  /// Creates a person from the parts that are known.
  public init(
    body: [SIMD2<Double>?],
    leftHand: [SIMD2<Double>?]? = nil,
    rightHand: [SIMD2<Double>?]? = nil,
    face: [SIMD2<Double>?]? = nil,
    toes: [SIMD2<Double>?] = [],
    feet: [SIMD2<Double>?] = []
  ) {
    self.body = body
    self.leftHand = leftHand
    self.rightHand = rightHand
    self.face = face
    self.toes = toes
    self.feet = feet
  }

  /// Returns exactly `count` of a part's points, nil for those that cannot be drawn.
  static func drawable(_ points: [SIMD2<Double>?], count: Int) -> [SIMD2<Double>?] {
    let reach = -farthest...farthest
    return (0..<count).map { index in
      guard index < points.count, let point = points[index],
        reach.contains(point.x), reach.contains(point.y)
      else { return nil }
      return point
    }
  }
}
