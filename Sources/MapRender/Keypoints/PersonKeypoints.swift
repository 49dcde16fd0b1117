public import PoseRig

/// A keypoint in the picture.
public struct Keypoint: Equatable, Sendable {
  /// Whether the keypoint is visible, in COCO's numbers.
  public enum Visibility: Int, Sendable {
    /// Not in the picture, or not something that a detector would mark.
    case absent = 0
    /// In the picture, behind something.
    case occluded = 1
    /// In plain sight.
    case visible = 2
  }

  /// The position in pixels from the top left, with pixel centers at +0.5; also valid for an absent
  /// keypoint that is in front of the camera.
  public var position: SIMD2<Double>
  /// The distance along the view axis in meters.
  public var depth: Double
  /// Whether the keypoint is visible.
  public var visibility: Visibility

  /// Creates a keypoint from its parts.
  public init(position: SIMD2<Double>, depth: Double, visibility: Visibility) {
    self.position = position
    self.depth = depth
    self.visibility = visibility
  }

  /// Creates the midpoint of two keypoints in the picture, which detectors use for neck and
  /// mid-hip: present if both are, hidden if both are, and nowhere if one is.
  public init(between one: Keypoint, _ other: Keypoint) {
    // A keypoint that is nowhere has no position to take a midpoint with.
    guard one.depth > 0, other.depth > 0 else {
      self = .nowhere
      return
    }
    let anyAbsent = one.visibility == .absent || other.visibility == .absent
    let bothHidden = one.visibility == .occluded && other.visibility == .occluded
    position = Keypoint.rounded((one.position + other.position) / 2)
    depth = (one.depth + other.depth) / 2
    visibility = anyAbsent ? .absent : bothHidden ? .occluded : .visible
  }

  /// A keypoint that a body lacks, or that is behind the camera.
  static let nowhere = Keypoint(position: .zero, depth: 0, visibility: .absent)

  /// Returns the position rounded to a thousandth of a pixel, so that the JSON states exactly what
  /// was drawn.
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
  /// How much of the left hand is visible: the share of its points that are in the picture and
  /// hidden by nothing but the hand itself.
  public var leftHandSeen = 1.0
  /// How much of the right hand is visible.
  public var rightHandSeen = 1.0
  /// The keypoints that the scene explicitly shows, whatever detectors would do.
  public var shown = KeypointSet()

  /// Returns the keypoints without those that the scene explicitly leaves out, as if the body had
  /// no such points, and with those that it explicitly shows made visible if they are in the
  /// picture.
  public func choosing(_ choice: KeypointChoice) -> PersonKeypoints {
    if choice.isEmpty { return self }
    func chosen(_ points: [Keypoint], _ isHidden: (Int) -> Bool, _ isShown: (Int) -> Bool)
      -> [Keypoint]
    {
      points.indices.map { index in
        if isHidden(index) { return .nowhere }
        var point = points[index]
        if isShown(index), point.visibility == .occluded { point.visibility = .visible }
        return point
      }
    }
    let (hidden, shown) = (choice.hidden, choice.shown)
    var result = self
    result.body = chosen(body, hidden.body.contains, shown.body.contains)
    result.feet = chosen(feet, hidden.feet.contains, shown.feet.contains)
    result.leftHand = chosen(leftHand, { _ in hidden.leftHand }, { _ in shown.leftHand })
    result.rightHand = chosen(rightHand, { _ in hidden.rightHand }, { _ in shown.rightHand })
    result.face = chosen(face, { _ in hidden.face }, { _ in shown.face })
    result.shown = shown
    return result
  }
}
