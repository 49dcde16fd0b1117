/// The points of a body that correspond to the keypoints of the OpenPose layouts.
///
/// Limb points are joint centers; points of faces, ears, fingertips and feet are on the surface, as
/// in SMPL-X's mapping to OpenPose. Hands follow COCO-WholeBody, faces follow 300-W with CMU's two
/// pupils.
public enum KeypointLayout {
  /// The point of a body for a keypoint.
  public enum Source: Equatable, Sendable {
    /// A joint's center.
    case joint(JointName)
    /// A named point of the surface.
    case landmark(LandmarkName)
    /// The midpoint between two joints in the picture, as detectors place it.
    case middle(JointName, JointName)
  }

  /// COCO's 18 points in OpenPose's order.
  public static let body: [Source] = [
    .landmark(.nose), .middle(.rightUpperArm, .leftUpperArm),
    .joint(.rightUpperArm), .joint(.rightLowerArm), .joint(.rightHand),
    .joint(.leftUpperArm), .joint(.leftLowerArm), .joint(.leftHand),
    .joint(.rightUpperLeg), .joint(.rightLowerLeg), .joint(.rightFoot),
    .joint(.leftUpperLeg), .joint(.leftLowerLeg), .joint(.leftFoot),
    .landmark(.eye(.right)), .landmark(.eye(.left)), .landmark(.ear(.right)),
    .landmark(.ear(.left)),
  ]

  /// 300-W's 68 points, then the right and the left pupil.
  public static let face: [Source] =
    (0..<68).map { .landmark(.face($0)) } + [.landmark(.pupil(.right)), .landmark(.pupil(.left))]

  /// Big toe, small toe and heel of the left foot, then of the right (COCO-WholeBody).
  public static let feet: [Source] = Side.both.flatMap { side in
    [.landmark(.bigToe(side)), .landmark(.smallToe(side)), .landmark(.heel(side))]
  }

  /// Returns the wrist, then four points per finger from the thumb to the little finger, tips last.
  public static func hand(_ side: Side) -> [Source] { side == .right ? rightHand : leftHand }

  private static let leftHand = points(ofHand: .left)
  private static let rightHand = points(ofHand: .right)

  private static func points(ofHand side: Side) -> [Source] {
    let points = Finger.allCases.flatMap { finger -> [Source] in
      finger.joints.map { .joint(JointName($0, side)) } + [.landmark(.tip(finger, side))]
    }
    return [.joint(JointName(.hand, side))] + points
  }
}
