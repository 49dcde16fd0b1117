/// The joints of VRM 1.0's humanoid, parents before children.
///
/// A joint is a type on a side: `JointName(.upperArm, .left)` is `leftUpperArm`. Source: VRM 1.0
/// specification, `VRMC_vrm` humanoid bones.
public enum JointName: String, CaseIterable, Hashable, Sendable, Codable {
  case hips, spine, chest, upperChest, neck, head, leftEye, rightEye, jaw
  case leftUpperLeg, leftLowerLeg, leftFoot, leftToes
  case rightUpperLeg, rightLowerLeg, rightFoot, rightToes
  case leftShoulder, leftUpperArm, leftLowerArm, leftHand
  case leftThumbMetacarpal, leftThumbProximal, leftThumbDistal
  case leftIndexProximal, leftIndexIntermediate, leftIndexDistal
  case leftMiddleProximal, leftMiddleIntermediate, leftMiddleDistal
  case leftRingProximal, leftRingIntermediate, leftRingDistal
  case leftLittleProximal, leftLittleIntermediate, leftLittleDistal
  case rightShoulder, rightUpperArm, rightLowerArm, rightHand
  case rightThumbMetacarpal, rightThumbProximal, rightThumbDistal
  case rightIndexProximal, rightIndexIntermediate, rightIndexDistal
  case rightMiddleProximal, rightMiddleIntermediate, rightMiddleDistal
  case rightRingProximal, rightRingIntermediate, rightRingDistal
  case rightLittleProximal, rightLittleIntermediate, rightLittleDistal

  /// Finds the joint of a type on a side.
  ///
  /// Joints in the middle, such as the hips, have no side, so any `side` gives the joint.
  /// - Precondition: for a type that exists on both sides, `side` is left or right.
  public init(_ kind: JointKind, _ side: Side) {
    let step = kind.stepToRight
    precondition(step == 0 || side != .middle, "JointName: \(kind) is left or right")
    self = Self.inOrder[kind.rawValue + (side == .right ? step : 0)]
  }

  /// The joint's index in skeleton order, from 0.
  public var index: Int { kind.rawValue + (side == .right ? kind.stepToRight : 0) }

  /// The joint on the other side; a joint in the middle is its own mirror image.
  public var mirrored: JointName {
    switch side {
    case .left: JointName(kind, .right)
    case .right: JointName(kind, .left)
    case .middle: self
    }
  }

  /// The joint that carries this one; nil for the hips.
  public var parent: JointName? { kind.parent.map { JointName($0, side) } }

  /// The first joint that this one carries; nil at the ends of limbs.
  var firstChild: JointName? { Self.allCases.first { $0.parent == self } }

  /// Whether the joint bends a finger or a thumb.
  public var isOfFinger: Bool { kind.finger != nil }

  /// Hashes the index, since hashing the raw value would process the name's letters.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }

  /// The names of all joints in a line or two, for messages.
  package static let allNamesInShort =
    "hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, UpperLeg, "
    + "LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, "
    + "ThumbDistal, and Index, Middle, Ring or Little with Proximal, Intermediate or Distal"

  private static let inOrder = allCases
}

extension JointName {
  /// The joint's side.
  public var side: Side {
    switch self {
    case .hips, .spine, .chest, .upperChest, .neck, .head, .jaw: .middle
    case .leftEye, .leftUpperLeg, .leftLowerLeg, .leftFoot, .leftToes, .leftShoulder,
      .leftUpperArm, .leftLowerArm, .leftHand, .leftThumbMetacarpal, .leftThumbProximal,
      .leftThumbDistal, .leftIndexProximal, .leftIndexIntermediate, .leftIndexDistal,
      .leftMiddleProximal, .leftMiddleIntermediate, .leftMiddleDistal, .leftRingProximal,
      .leftRingIntermediate, .leftRingDistal, .leftLittleProximal, .leftLittleIntermediate,
      .leftLittleDistal:
      .left
    default: .right
    }
  }

  /// The joint without its side.
  public var kind: JointKind {
    switch self {
    case .hips: .hips
    case .spine: .spine
    case .chest: .chest
    case .upperChest: .upperChest
    case .neck: .neck
    case .head: .head
    case .leftEye, .rightEye: .eye
    case .jaw: .jaw
    case .leftUpperLeg, .rightUpperLeg: .upperLeg
    case .leftLowerLeg, .rightLowerLeg: .lowerLeg
    case .leftFoot, .rightFoot: .foot
    case .leftToes, .rightToes: .toes
    case .leftShoulder, .rightShoulder: .shoulder
    case .leftUpperArm, .rightUpperArm: .upperArm
    case .leftLowerArm, .rightLowerArm: .lowerArm
    case .leftHand, .rightHand: .hand
    case .leftThumbMetacarpal, .rightThumbMetacarpal: .thumbMetacarpal
    case .leftThumbProximal, .rightThumbProximal: .thumbProximal
    case .leftThumbDistal, .rightThumbDistal: .thumbDistal
    case .leftIndexProximal, .rightIndexProximal: .indexProximal
    case .leftIndexIntermediate, .rightIndexIntermediate: .indexIntermediate
    case .leftIndexDistal, .rightIndexDistal: .indexDistal
    case .leftMiddleProximal, .rightMiddleProximal: .middleProximal
    case .leftMiddleIntermediate, .rightMiddleIntermediate: .middleIntermediate
    case .leftMiddleDistal, .rightMiddleDistal: .middleDistal
    case .leftRingProximal, .rightRingProximal: .ringProximal
    case .leftRingIntermediate, .rightRingIntermediate: .ringIntermediate
    case .leftRingDistal, .rightRingDistal: .ringDistal
    case .leftLittleProximal, .rightLittleProximal: .littleProximal
    case .leftLittleIntermediate, .rightLittleIntermediate: .littleIntermediate
    case .leftLittleDistal, .rightLittleDistal: .littleDistal
    }
  }
}

/// A side of the body, always the character's own.
public enum Side: String, Sendable {
  /// The character's left, +X at rest.
  case left
  /// The character's right, −X at rest.
  case right
  /// Neither side.
  case middle

  /// Left and right.
  public static let both: [Side] = [.left, .right]

  /// The side in a mirror; the middle is its own.
  package var mirrored: Side {
    switch self {
    case .left: .right
    case .right: .left
    case .middle: .middle
    }
  }

  /// Returns the name of a joint, landmark, place or hand on the other side.
  package static func swapped(inNameOf part: String) -> String {
    for (side, other) in [(Side.left, Side.right), (.right, .left)]
    where part.hasPrefix(side.rawValue) {
      return other.rawValue + part.dropFirst(side.rawValue.count)
    }
    return part
  }
}
