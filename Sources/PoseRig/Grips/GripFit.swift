/// A thing in a hand: where it is, and how the fingers are bent around it.
struct GripFit: Sendable {
  /// The motion from the thing's space to the hand's.
  var handFromProp: Transform
  /// The rotations of the finger joints.
  var fingers: [(joint: JointName, rotation: Quaternion)] = []
  /// How far the skin of each finger is from the thing in meters, from the thumb on.
  var gaps: [Double] = []
  /// How deep skin is in the thing at most, in meters.
  var deepest = 0.0
  /// How far the palm is from the thing, in meters.
  var palmGap = 0.0
  /// How far the thumb is from the fingers, in meters; negative inside.
  var thumbOverFingers = Double.infinity
  /// How far the joints of the finger that is bent most are bent together, in degrees.
  var bend = 0.0

  /// How far a finger is bent at least that goes around something, in degrees: less, and the hand
  /// lies on it.
  private static let aroundSomething = 55.0
  /// How far off a finger may be that touches, in meters.
  static let touching = 0.002

  /// How deep skin may be in a thing, in meters.
  static let deepestAllowed = 0.001

  /// Whether the hand has it: the thumb, which in a fist may lie on the fingers, and two fingers
  /// touch, under a tray any three of them, and nothing is in it.
  func holds(as kind: GripKind) -> Bool {
    guard deepest <= Self.deepestAllowed else { return false }
    if kind == .hammer || kind == .cup, bend < Self.aroundSomething { return false }
    let fingers = gaps.dropFirst().filter { $0 <= Self.touching }.count
    // A fist around a thin rod has its thumb on the fingers.
    let thumb =
      (gaps.first ?? 1) <= Self.touching || kind == .hammer && thumbOverFingers <= Self.touching
    return kind == .tray ? fingers + (thumb ? 1 : 0) >= 3 : thumb && fingers >= 2
  }

  /// Bends the fingers of a pose.
  func apply(to pose: inout Pose) {
    for (joint, rotation) in fingers { pose[joint] = rotation }
  }
}

extension GripFit: Equatable {
  static func == (one: GripFit, other: GripFit) -> Bool {
    one.handFromProp == other.handFromProp && one.gaps == other.gaps
      && one.fingers.map(\.rotation) == other.fingers.map(\.rotation)
  }
}
