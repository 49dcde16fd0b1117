/// The keypoints of a character that its scene leaves out, or shows even if they are hidden.
///
/// ```swift
/// var choice = KeypointChoice()
/// choice.hidden.leftHand = true
/// choice.shown.body = [4]
/// ```
public struct KeypointChoice: Equatable, Sendable {
  /// The keypoints left out of the OpenPose map and of all JSON files.
  public var hidden = KeypointSet()
  /// The keypoints to draw if they are in the picture, even if something hides them.
  public var shown = KeypointSet()

  /// Creates an empty choice.
  public init() {}

  /// Whether nothing is selected.
  public var isEmpty: Bool { hidden.isEmpty && shown.isEmpty }
}

/// A set of a person's keypoints. Hands and faces are included as a whole or not at all, as in the
/// output of detectors.
public struct KeypointSet: Equatable, Sendable {
  /// The indices of COCO's 18 points.
  public var body: Set<Int> = []
  /// The indices of the 6 points of the feet: big toe, small toe, heel; left, then right.
  public var feet: Set<Int> = []
  /// The 21 points of the left hand.
  public var leftHand = false
  /// The 21 points of the right hand.
  public var rightHand = false
  /// The 70 points of the face.
  public var face = false

  /// Creates an empty set.
  public init() {}

  /// Whether the set is empty.
  public var isEmpty: Bool { self == KeypointSet() }

  /// Creates the set with a name, such as `leftElbow` or `rightHand`; nil for an unknown name.
  public init?(named name: String) {
    guard let named = Self.named.first(where: { $0.name == name }) else { return nil }
    self = named.keypoints
  }

  /// All names: OpenPose's for single points, then those of groups.
  public static var names: [String] { named.map(\.name) }

  /// Returns the union of both sets.
  public func union(_ other: KeypointSet) -> KeypointSet {
    var both = self
    both.body.formUnion(other.body)
    both.feet.formUnion(other.feet)
    both.leftHand = leftHand || other.leftHand
    both.rightHand = rightHand || other.rightHand
    both.face = face || other.face
    return both
  }

  /// Returns whether the sets intersect.
  public func overlaps(_ other: KeypointSet) -> Bool {
    !body.isDisjoint(with: other.body) || !feet.isDisjoint(with: other.feet)
      || leftHand && other.leftHand || rightHand && other.rightHand || face && other.face
  }

  private init(
    body: Set<Int> = [], feet: Set<Int> = [], leftHand: Bool = false, rightHand: Bool = false,
    face: Bool = false
  ) {
    self.body = body
    self.feet = feet
    self.leftHand = leftHand
    self.rightHand = rightHand
    self.face = face
  }

  private static let named: [(name: String, keypoints: KeypointSet)] =
    bodyNames.enumerated().map { ($1, KeypointSet(body: [$0])) }
    + feetNames.enumerated().map { ($1, KeypointSet(feet: [$0])) }
    + [
      ("leftHand", KeypointSet(leftHand: true)), ("rightHand", KeypointSet(rightHand: true)),
      ("hands", KeypointSet(leftHand: true, rightHand: true)), ("face", KeypointSet(face: true)),
      ("head", KeypointSet(body: [0, 14, 15, 16, 17])),
      ("leftArm", KeypointSet(body: [5, 6, 7], leftHand: true)),
      ("rightArm", KeypointSet(body: [2, 3, 4], rightHand: true)),
      ("leftLeg", KeypointSet(body: [11, 12, 13], feet: [0, 1, 2])),
      ("rightLeg", KeypointSet(body: [8, 9, 10], feet: [3, 4, 5])),
      ("leftFoot", KeypointSet(feet: [0, 1, 2])), ("rightFoot", KeypointSet(feet: [3, 4, 5])),
      ("feet", KeypointSet(feet: Set(0..<6))), ("body", KeypointSet(body: Set(0..<18))),
    ]

  private static let bodyNames = [
    "nose", "neck", "rightShoulder", "rightElbow", "rightWrist", "leftShoulder", "leftElbow",
    "leftWrist", "rightHip", "rightKnee", "rightAnkle", "leftHip", "leftKnee", "leftAnkle",
    "rightEye", "leftEye", "rightEar", "leftEar",
  ]

  private static let feetNames = [
    "leftBigToe", "leftSmallToe", "leftHeel", "rightBigToe", "rightSmallToe", "rightHeel",
  ]
}
