internal import PoseRig

extension PartName {
  /// The part to which this one is attached; nil for the torso, to which all others are attached.
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

  /// The number of parts from this one up to the torso, including itself: parts that are farther
  /// out lie on the others, like a hand on a thigh.
  var remoteness: Int { Self.remotenesses[Int(rawValue)] }

  private static let remotenesses = allCases.map { part in
    Array(sequence(first: part) { $0.parent }).count - 1
  }

  /// Returns whether the part is the hand of a side or one of its fingers.
  func isHand(_ side: Side) -> Bool {
    let hand: PartName = side == .left ? .leftHand : .rightHand
    return self == hand || parent == hand
  }

  /// Returns whether the part is the forearm of a side.
  func isForearm(_ side: Side) -> Bool {
    self == (side == .left ? .leftLowerArm : .rightLowerArm)
  }

  /// Whether the part is a thigh.
  var isThigh: Bool { self == .leftUpperLeg || self == .rightUpperLeg }

  /// Returns whether the skin of this part can merge into that of a part that it does not join:
  /// between the thighs, and from the head to the trunk across a short neck.
  func mayTouch(_ other: PartName) -> Bool {
    isThigh && other.isThigh || self == .head && other == .torso || self == .torso && other == .head
  }

  /// Returns whether the surface continues from this part into another.
  ///
  /// A thigh also joins the torso, whose lower edge is at the thigh's crease, and an upper arm
  /// joins the neck across the slope of the shoulder.
  func joins(_ other: PartName) -> Bool {
    Self.joints[Int(rawValue) * Self.allCases.count + Int(other.rawValue)]
  }

  /// Whether two parts join, for each pair.
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
