/// The joints of VRM 1.0's humanoid, parents before children.
///
/// Source: VRM 1.0 specification, `VRMC_vrm` humanoid bones.
public enum JointName: String, CaseIterable, Hashable, Sendable {
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

  /// Where the joint stands in skeleton order, from 0.
  public var index: Int { Self.indices[self] ?? 0 }

  private static let indices = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// The side the joint is on.
  public var side: Side {
    if rawValue.hasPrefix("left") { return .left }
    if rawValue.hasPrefix("right") { return .right }
    return .middle
  }

  /// The name without its side, first letter small: `leftUpperArm` and `rightUpperArm` are both
  /// `upperArm`.
  public var kind: String {
    let bare: Substring
    switch side {
    case .left: bare = rawValue.dropFirst(4)
    case .right: bare = rawValue.dropFirst(5)
    case .middle: return rawValue
    }
    return bare.prefix(1).lowercased() + bare.dropFirst()
  }

  /// Whether it is of a finger or a thumb.
  public var isOfFinger: Bool {
    ["thumb", "index", "middle", "ring", "little"].contains { kind.hasPrefix($0) }
  }

  /// The same joint on the other side; a joint of the middle is its own mirror image.
  public var mirrored: JointName {
    switch side {
    case .left: JointName(rawValue: "right" + rawValue.dropFirst(4)) ?? self
    case .right: JointName(rawValue: "left" + rawValue.dropFirst(5)) ?? self
    case .middle: self
    }
  }

  /// The joint that carries this one; nil for the hips.
  public var parent: JointName? {
    switch kind {
    case "hips": nil
    case "spine", "upperLeg": .hips
    case "chest": .spine
    case "upperChest": .chest
    case "neck", "shoulder": .upperChest
    case "head": .neck
    case "eye", "jaw": .head
    case "lowerLeg": onSameSide("UpperLeg")
    case "foot": onSameSide("LowerLeg")
    case "toes": onSameSide("Foot")
    case "upperArm": onSameSide("Shoulder")
    case "lowerArm": onSameSide("UpperArm")
    case "hand": onSameSide("LowerArm")
    case "thumbProximal": onSameSide("ThumbMetacarpal")
    case "thumbDistal": onSameSide("ThumbProximal")
    case let finger where finger.hasSuffix("Intermediate"):
      JointName(rawValue: rawValue.dropLast("Intermediate".count) + "Proximal")
    case let finger where finger.hasSuffix("Distal"):
      JointName(rawValue: rawValue.dropLast("Distal".count) + "Intermediate")
    default: onSameSide("Hand")
    }
  }

  /// All names in a line or two, for messages.
  package static let allNamesInShort =
    "hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, UpperLeg, "
    + "LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, "
    + "ThumbDistal, and Index, Middle, Ring or Little with Proximal, Intermediate or Distal"

  private func onSameSide(_ bone: String) -> JointName? {
    JointName(rawValue: (side == .left ? "left" : "right") + bone)
  }
}

/// A side of the body, always the character's own.
public enum Side: String, Sendable {
  /// The character's left, +X at rest.
  case left
  /// The character's right, −X at rest.
  case right
  /// Neither.
  case middle
}

extension JointName {
  /// The limb that the joint is of: what one moves together.
  package var limb: String {
    switch kind {
    case "hips", "spine", "chest", "upperChest", "neck", "head", "eye", "jaw": "trunk"
    case "upperLeg", "lowerLeg", "foot", "toes": side.rawValue + "Leg"
    case "shoulder", "upperArm", "lowerArm", "hand": side.rawValue + "Arm"
    default: side.rawValue + "Fingers"
    }
  }
}
