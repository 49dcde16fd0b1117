public import PoseRig

/// Which keypoints are drawn: those that the annotators' detectors would have marked.
///
/// Detectors place limb joints behind the own body (COCO's v = 1 is trained on like v = 2), but no nose, eyes or
/// ears on the far side of a head; hands come whole; a face seen from behind not at all.
public enum DetectorPolicy {
  /// Points of the face around nose, eyes and mouth: if most of them are hidden the face is turned away.
  private static let innerFace = 27..<68

  /// What the OpenPose map of a character shows.
  public static func drawn(
    _ keypoints: PersonKeypoints, occluded policy: OccludedPolicy = .faceOnly
  ) -> OpenPosePerson {
    let limb = policy == .drop ? seen : inPicture
    let head = policy == .draw ? inPicture : seen
    return OpenPosePerson(
      body: keypoints.body.enumerated().map { isOfHead($0) ? head($1) : limb($1) },
      leftHand: hand(keypoints.leftHand, limb), rightHand: hand(keypoints.rightHand, limb),
      face: face(keypoints.face, policy),
      toes: [0, 3].map { limb(Keypoint(between: keypoints.feet[$0], keypoints.feet[$0 + 1])) })
  }

  /// Whether a body point is the nose, an eye or an ear.
  private static func isOfHead(_ index: Int) -> Bool { index == 0 || index >= 14 }

  private static func seen(_ point: Keypoint) -> SIMD2<Double>? {
    point.visibility == .visible ? point.position : nil
  }

  private static func inPicture(_ point: Keypoint) -> SIMD2<Double>? {
    point.visibility == .absent ? nil : point.position
  }

  /// Nil when the wrist is out of the picture: then no hand was looked for; or when there are no fingers.
  private static func hand(
    _ points: [Keypoint], _ drawn: (Keypoint) -> SIMD2<Double>?
  ) -> [SIMD2<Double>?]? {
    let hasFingers = points.dropFirst().contains { $0.visibility != .absent }
    return points.first?.visibility == .absent || !hasFingers ? nil : points.map(drawn)
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
