internal import PoseRig

/// The choice of keypoints to draw: those that the annotators' detectors would have marked.
///
/// Detectors mark limb joints behind the person's own body (in training, COCO's v = 1 counts like v
/// = 2), but no nose, eyes or ears on the far side of a head. They mark a hand completely or not at
/// all, and a face seen from behind not at all.
public enum DetectorPolicy {
  /// The points of the face around nose, eyes and mouth: if most of them are hidden, the face is
  /// turned away.
  private static let innerFace = 27..<68

  /// The smallest share of a hand's points that must be visible for the hand to be drawn.
  ///
  /// In 6,600 pictures of 110 posemap hands with a board pushed across each, mediapipe's hand model
  /// found 88 % of those with a share above 0.9, 49 % between 0.6 and 0.7, 27 % between 0.4 and
  /// 0.5, and none under 0.1: at 0.64 it lost half of the hands that it finds unobstructed.
  public static let leastOfHand = 0.6

  /// Returns the keypoints that the OpenPose map of a character shows.
  public static func drawn(
    _ keypoints: PersonKeypoints, occluded policy: OccludedPolicy = .faceAndHands
  ) -> OpenPosePerson {
    let limb = policy == .drop ? seen : inPicture
    let head = policy == .draw ? inPicture : seen
    return OpenPosePerson(
      body: keypoints.body.enumerated().map { isOfHead($0) ? head($1) : limb($1) },
      leftHand: keypoints.shown.leftHand
        ? shown(keypoints.leftHand)
        : hand(keypoints.leftHand, keypoints.leftHandSeen, policy, limb),
      rightHand: keypoints.shown.rightHand
        ? shown(keypoints.rightHand)
        : hand(keypoints.rightHand, keypoints.rightHandSeen, policy, limb),
      face: keypoints.shown.face ? shown(keypoints.face) : face(keypoints.face, policy),
      toes: [0, 3].map { limb(Keypoint(between: keypoints.feet[$0], keypoints.feet[$0 + 1])) },
      feet: keypoints.feet.map(limb))
  }

  /// Returns whether a body point is the nose, an eye or an ear.
  private static func isOfHead(_ index: Int) -> Bool { index == 0 || index >= 14 }

  private static func seen(_ point: Keypoint) -> SIMD2<Double>? {
    point.visibility == .visible ? point.position : nil
  }

  private static func inPicture(_ point: Keypoint) -> SIMD2<Double>? {
    point.visibility == .absent ? nil : point.position
  }

  /// Returns the points of a hand or face within the picture, hidden or not, for one that the scene
  /// explicitly shows.
  private static func shown(_ points: [Keypoint]) -> [SIMD2<Double>?] { points.map(inPicture) }

  /// Returns nil if the wrist is outside the picture, because then no hand was searched for; if the
  /// body lacks any of the points, because detectors do not know hands with two fingers; and if too
  /// little of the hand is visible.
  private static func hand(
    _ points: [Keypoint], _ seen: Double, _ policy: OccludedPolicy,
    _ drawn: (Keypoint) -> SIMD2<Double>?
  ) -> [SIMD2<Double>?]? {
    if points.first?.visibility == .absent || points.contains(.nowhere) { return nil }
    if policy == .faceAndHands || policy == .drop, seen < leastOfHand { return nil }
    return points.map(drawn)
  }

  private static func face(
    _ points: [Keypoint], _ policy: OccludedPolicy
  ) -> [SIMD2<Double>?]? {
    if policy == .draw { return points.map(inPicture) }
    let inner = points[innerFace]
    let visible = inner.filter { $0.visibility == .visible }.count
    return visible * 2 < inner.count ? nil : points.map(seen)
  }
}
