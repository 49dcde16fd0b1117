/// A prop in a hand: its position, and the bend of the fingers around it.
struct GripFit: Sendable {
  /// The transform from the prop's space to the hand's.
  var handFromProp: Transform
  /// The rotations of the finger joints.
  var fingers: [(joint: JointName, rotation: Quaternion)] = []
  /// The distance of each finger's skin from the prop in meters, from the thumb on.
  var gaps: [Double] = []
  /// The largest depth of skin inside the prop, in meters.
  var deepest = 0.0
  /// The distance of the palm from the prop, in meters.
  var palmGap = 0.0
  /// The distance of the thumb from the fingers, in meters; negative inside.
  var thumbOverFingers = Double.infinity
  /// The total bend of the most bent finger, in degrees.
  var bend = 0.0

  /// The smallest bend of a finger that goes around something, in degrees: with less, the hand lies
  /// on it.
  private static let aroundSomething = 55.0
  /// The largest gap of a finger that touches, in meters.
  static let touching = 0.002

  /// The largest allowed depth of skin inside a prop, in meters.
  static let deepestAllowed = 0.001

  /// Returns whether the hand holds the prop: the thumb (which in a fist can lie on the fingers)
  /// and two fingers touch, or under a tray any three fingers, and nothing is inside the prop.
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
