internal import PoseRig

extension PartName {
  /// The part that this one hangs on; nil for the torso, on which all others hang.
  private var parent: PartName? {
    switch self {
    case .torso: nil
    case .head: .neck
    case .neck, .pelvis, .leftUpperArm, .rightUpperArm: .torso
    case .leftLowerArm: .leftUpperArm
    case .rightLowerArm: .rightUpperArm
    case .leftHand: .leftLowerArm
    case .rightHand: .rightLowerArm
    case .leftUpperLeg, .rightUpperLeg: .pelvis
    case .leftLowerLeg: .leftUpperLeg
    case .rightLowerLeg: .rightUpperLeg
    case .leftFoot: .leftLowerLeg
    case .rightFoot: .rightLowerLeg
    case .leftThumb, .leftIndexFinger, .leftMiddleFinger, .leftRingFinger, .leftLittleFinger:
      .leftHand
    case .rightThumb, .rightIndexFinger, .rightMiddleFinger, .rightRingFinger, .rightLittleFinger:
      .rightHand
    }
  }

  /// How many parts lie between this one and the torso, itself included: parts that hang farther
  /// out lie on the others, as a hand on a thigh.
  var remoteness: Int { Self.remotenesses[Int(rawValue)] }

  private static let remotenesses = allCases.map { part in
    Array(sequence(first: part) { $0.parent }).count - 1
  }

  /// Whether the part is the hand of a side or one of its fingers.
  func isHand(_ side: Side) -> Bool {
    let hand: PartName = side == .left ? .leftHand : .rightHand
    return self == hand || parent == hand
  }

  /// Whether the part is the forearm of a side.
  func isForearm(_ side: Side) -> Bool {
    self == (side == .left ? .leftLowerArm : .rightLowerArm)
  }

  /// Whether the part is a thigh.
  var isThigh: Bool { self == .leftUpperLeg || self == .rightUpperLeg }

  /// Whether the skin of this part can go over into another's that it does not join: between the
  /// thighs, and from the head to the trunk over a short neck.
  func mayTouch(_ other: PartName) -> Bool {
    isThigh && other.isThigh || self == .head && other == .torso || self == .torso && other == .head
  }

  /// Whether the surface continues from this part into another.
  ///
  /// A thigh also joins the torso, whose lower edge is at its crease, and an upper arm the neck,
  /// over the shoulder's slope.
  func joins(_ other: PartName) -> Bool {
    Self.joints[Int(rawValue) * Self.allCases.count + Int(other.rawValue)]
  }

  /// For each part and each other one whether they join.
  private static let joints: [Bool] = allCases.flatMap { one in
    allCases.map { other in
      if one.parent == other || other.parent == one { return true }
      switch (min(one.rawValue, other.rawValue), max(one.rawValue, other.rawValue)) {
      case (torso.rawValue, leftUpperLeg.rawValue), (torso.rawValue, rightUpperLeg.rawValue),
        (neck.rawValue, leftUpperArm.rawValue), (neck.rawValue, rightUpperArm.rawValue):
        return true
      default: return false
      }
    }
  }
}
