/// A type of joint, regardless of the side of the body: `leftHand` and `rightHand` are both `hand`.
///
/// The raw value is the index of the type's first joint in skeleton order.
public enum JointKind: Int, CaseIterable, Sendable {
  case hips, spine, chest, upperChest, neck, head, eye
  case jaw = 8
  case upperLeg, lowerLeg, foot, toes
  case shoulder = 17
  case upperArm, lowerArm, hand
  case thumbMetacarpal, thumbProximal, thumbDistal
  case indexProximal, indexIntermediate, indexDistal
  case middleProximal, middleIntermediate, middleDistal
  case ringProximal, ringIntermediate, ringDistal
  case littleProximal, littleIntermediate, littleDistal

  /// The type's name in files and messages, such as `upperArm`.
  public var name: String { "\(self)" }

  /// The part of the body that moves together with this type of joint.
  package var limb: Limb {
    switch self {
    case .hips, .spine, .chest, .upperChest, .neck, .head, .eye, .jaw: .trunk
    case .upperLeg, .lowerLeg, .foot, .toes: .leg
    case .shoulder, .upperArm, .lowerArm, .hand: .arm
    default: .fingers
    }
  }

  /// The finger that the joint bends; nil outside of fingers.
  public var finger: Finger? {
    switch self {
    case .thumbMetacarpal, .thumbProximal, .thumbDistal: .thumb
    case .indexProximal, .indexIntermediate, .indexDistal: .index
    case .middleProximal, .middleIntermediate, .middleDistal: .middle
    case .ringProximal, .ringIntermediate, .ringDistal: .ring
    case .littleProximal, .littleIntermediate, .littleDistal: .little
    default: nil
    }
  }

  /// The type of joint that carries this one; nil for the hips.
  var parent: JointKind? {
    switch self {
    case .hips: nil
    case .spine, .upperLeg: .hips
    case .chest: .spine
    case .upperChest: .chest
    case .neck, .shoulder: .upperChest
    case .head: .neck
    case .eye, .jaw: .head
    case .thumbMetacarpal, .indexProximal, .middleProximal, .ringProximal, .littleProximal: .hand
    // Every other joint is carried by the previous one in skeleton order.
    default: JointKind(rawValue: rawValue - 1)
    }
  }

  /// The distance in skeleton order from the left joint of this type to the right one; 0 for joints
  /// in the middle.
  var stepToRight: Int {
    switch self {
    case .hips, .spine, .chest, .upperChest, .neck, .head, .jaw: 0
    case .eye: 1
    case .upperLeg, .lowerLeg, .foot, .toes: 4
    default: 19
    }
  }

  /// The parts of the body that move together.
  package enum Limb: Sendable { case trunk, leg, arm, fingers }
}

/// A finger of a hand.
public enum Finger: String, CaseIterable, Sendable {
  case thumb, index, middle, ring, little

  /// The finger's joints, from the hand outward.
  public var joints: [JointKind] {
    switch self {
    case .thumb: [.thumbMetacarpal, .thumbProximal, .thumbDistal]
    case .index: [.indexProximal, .indexIntermediate, .indexDistal]
    case .middle: [.middleProximal, .middleIntermediate, .middleDistal]
    case .ring: [.ringProximal, .ringIntermediate, .ringDistal]
    case .little: [.littleProximal, .littleIntermediate, .littleDistal]
    }
  }
}
