/// A part of a body that moves as a unit, so that its skin never intersects itself; intersections
/// are between two segments.
enum BodySegment: UInt8, CaseIterable {
  case trunk, head
  case leftUpperArm, leftLowerArm, leftHand, leftUpperLeg, leftLowerLeg, leftFoot
  case rightUpperArm, rightLowerArm, rightHand, rightUpperLeg, rightLowerLeg, rightFoot

  /// Finds the segment that a part of the surface belongs to: fingers belong to their hand.
  init(_ part: PartName) {
    switch part {
    case .head: self = .head
    case .neck, .torso, .pelvis: self = .trunk
    case .leftUpperArm: self = .leftUpperArm
    case .leftLowerArm: self = .leftLowerArm
    case .leftHand, .leftThumb, .leftIndexFinger, .leftMiddleFinger, .leftRingFinger,
      .leftLittleFinger:
      self = .leftHand
    case .leftUpperLeg: self = .leftUpperLeg
    case .leftLowerLeg: self = .leftLowerLeg
    case .leftFoot: self = .leftFoot
    case .rightUpperArm: self = .rightUpperArm
    case .rightLowerArm: self = .rightLowerArm
    case .rightHand, .rightThumb, .rightIndexFinger, .rightMiddleFinger, .rightRingFinger,
      .rightLittleFinger:
      self = .rightHand
    case .rightUpperLeg: self = .rightUpperLeg
    case .rightLowerLeg: self = .rightLowerLeg
    case .rightFoot: self = .rightFoot
    }
  }

  /// The segment's number as a bit.
  var bit: UInt16 { 1 << UInt16(rawValue) }

  /// The segment that it is attached to; nil for the trunk.
  var parent: BodySegment? {
    switch self {
    case .trunk: nil
    case .head, .leftUpperArm, .rightUpperArm, .leftUpperLeg, .rightUpperLeg: .trunk
    case .leftLowerArm: .leftUpperArm
    case .leftHand: .leftLowerArm
    case .leftLowerLeg: .leftUpperLeg
    case .leftFoot: .leftLowerLeg
    case .rightLowerArm: .rightUpperArm
    case .rightHand: .rightLowerArm
    case .rightLowerLeg: .rightUpperLeg
    case .rightFoot: .rightLowerLeg
    }
  }

  /// The joint at which it is attached; for the trunk, its middle.
  var joint: JointName { Self.joints[Int(rawValue)] }

  private static let joints = allCases.map { JointName(rawValue: "\($0)") ?? .spine }

  /// Returns whether two segments fold against each other, like a forearm and its upper arm.
  func folds(against other: BodySegment) -> Bool {
    (parent == other && other != .trunk) || (other.parent == self && self != .trunk)
  }

  /// The radius around the joint on the trunk within which skin creases when it bends, in meters on
  /// a body of typical size; nil for a segment that is not attached to the trunk.
  private var crease: Double? {
    switch self {
    case .head: 0.1
    case .leftUpperArm, .rightUpperArm: 0.16
    case .leftUpperLeg, .rightUpperLeg: 0.2
    default: nil
    }
  }

  /// Returns the joints around which two segments crease each other, and the radii, in meters on a
  /// body of typical size.
  func creases(against other: BodySegment) -> [(joint: JointName, radius: Double)] {
    let isOfTrunk = self == .trunk || other == .trunk
    let thighs: Set<BodySegment> = [.leftUpperLeg, .rightUpperLeg]
    let areThighs = thighs == [self, other]
    guard isOfTrunk || areThighs else { return [] }
    return [self, other].compactMap { segment in
      segment.crease.map { (segment.joint, $0) }
    }
  }
}
