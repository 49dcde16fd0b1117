public import PoseRig
internal import SceneFiles

/// A part of the body that is copied and mirrored as a unit.
public enum Limb: String, CaseIterable, Sendable {
  /// An arm from the collarbone to the wrist.
  case leftArm, rightArm
  /// A leg from the hip to the toes.
  case leftLeg, rightLeg
  /// The fingers of a hand.
  case leftHand, rightHand
  /// The whole pose.
  case whole = "all"

  /// The joints of the limb, in skeleton order.
  public var joints: [JointName] {
    JointName.allCases.filter { joint in
      switch self {
      case .leftArm, .rightArm: joint.kind.limb == .arm && joint.side == side
      case .leftLeg, .rightLeg: joint.kind.limb == .leg && joint.side == side
      case .leftHand, .rightHand: joint.kind.limb == .fingers && joint.side == side
      case .whole: true
      }
    }
  }

  /// The side of the body.
  public var side: Side {
    switch self {
    case .leftArm, .leftLeg, .leftHand: .left
    case .rightArm, .rightLeg, .rightHand: .right
    case .whole: .middle
    }
  }

  /// The limb on the other side.
  public var mirrored: Limb {
    switch self {
    case .leftArm: .rightArm
    case .rightArm: .leftArm
    case .leftLeg: .rightLeg
    case .rightLeg: .leftLeg
    case .leftHand: .rightHand
    case .rightHand: .leftHand
    case .whole: .whole
    }
  }

  /// The end of the limb that can reach for something; nil for a limb without goals of its own.
  var effector: JointName? {
    switch self {
    case .leftArm: .leftHand
    case .rightArm: .rightHand
    case .leftLeg: .leftFoot
    case .rightLeg: .rightFoot
    case .leftHand, .rightHand, .whole: nil
    }
  }

  /// The name of the limb in an artist's words: `left arm`.
  var words: String {
    switch self {
    case .leftArm: "left arm"
    case .rightArm: "right arm"
    case .leftLeg: "left leg"
    case .rightLeg: "right leg"
    case .leftHand: "fingers of the left hand"
    case .rightHand: "fingers of the right hand"
    case .whole: "pose"
    }
  }
}
