/// The points one person's OpenPose drawing is made from, in pixels; nil = missing.
public struct OpenPosePerson: Equatable, Sendable {
  /// 18 points in COCO's order as OpenPose has it.
  public var body: [SIMD2<Double>?]
  /// 21 points, or nil for no hand.
  public var leftHand: [SIMD2<Double>?]?
  /// 21 points, or nil for no hand.
  public var rightHand: [SIMD2<Double>?]?
  /// 70 (or 68) points, or nil for no face.
  public var face: [SIMD2<Double>?]?

  /// A person from their points.
  public init(
    body: [SIMD2<Double>?], leftHand: [SIMD2<Double>?]? = nil, rightHand: [SIMD2<Double>?]? = nil,
    face: [SIMD2<Double>?]? = nil
  ) {
    self.body = body
    self.leftHand = leftHand
    self.rightHand = rightHand
    self.face = face
  }
}

/// What of a person is drawn.
public struct OpenPoseParts: OptionSet, Sendable {
  /// The bits.
  public let rawValue: Int

  /// Parts from their bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Limbs and body points.
  public static let body = OpenPoseParts(rawValue: 1)
  /// Both hands.
  public static let hands = OpenPoseParts(rawValue: 2)
  /// The face's dots.
  public static let face = OpenPoseParts(rawValue: 4)
  /// Everything.
  public static let all: OpenPoseParts = [.body, .hands, .face]
}
