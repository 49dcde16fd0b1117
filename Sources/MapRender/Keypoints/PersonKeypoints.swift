/// A keypoint in the picture.
public struct Keypoint: Equatable, Sendable {
  /// Whether it can be seen, in COCO's numbers.
  public enum Visibility: Int, Sendable {
    /// Not in the picture, or nothing a detector would mark.
    case absent = 0
    /// In the picture, behind something.
    case occluded = 1
    /// In plain sight.
    case visible = 2
  }

  /// Pixels from the top left, pixel centres at +0.5; also given when absent, if it is before the camera.
  public var position: SIMD2<Double>
  /// Distance along the view axis in metres.
  public var depth: Double
  /// Whether it can be seen.
  public var visibility: Visibility

  /// A keypoint from its parts.
  public init(position: SIMD2<Double>, depth: Double, visibility: Visibility) {
    self.position = position
    self.depth = depth
    self.visibility = visibility
  }

  /// Halfway between two keypoints in the picture, as detectors have neck and mid-hip: there if both are,
  /// hidden if both are.
  public init(between one: Keypoint, _ other: Keypoint) {
    let anyAbsent = one.visibility == .absent || other.visibility == .absent
    let bothHidden = one.visibility == .occluded && other.visibility == .occluded
    position = Keypoint.rounded((one.position + other.position) / 2)
    depth = (one.depth + other.depth) / 2
    visibility = anyAbsent ? .absent : bothHidden ? .occluded : .visible
  }

  /// To a thousandth of a pixel, so that what the JSON says is exactly what was drawn.
  static func rounded(_ position: SIMD2<Double>) -> SIMD2<Double> {
    (position * 1000).rounded(.toNearestOrEven) / 1000
  }
}

/// All keypoints of one character in one picture.
public struct PersonKeypoints: Equatable, Sendable {
  /// 18 points, COCO order as OpenPose has it.
  public var body: [Keypoint]
  /// 21 points.
  public var leftHand: [Keypoint]
  /// 21 points.
  public var rightHand: [Keypoint]
  /// 70 points.
  public var face: [Keypoint]
  /// 6 points: big toe, small toe and heel, left then right.
  public var feet: [Keypoint]
}
