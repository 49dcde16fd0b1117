internal import PoseRig

/// Artists' names for joints and parts of the body.
extension JointName {
  /// The name of the joint itself: `leftLowerArm` is the left elbow.
  package var jointWords: String { sided(kind.jointWords) }

  /// The part of the body that the joint carries: for `leftLowerArm`, the left forearm.
  package var partWords: String { sided(kind.partWords) }

  private func sided(_ words: String) -> String {
    side == .middle ? words : "\(side.rawValue) \(words)"
  }
}

extension JointKind {
  fileprivate var jointWords: String {
    switch self {
    case .spine: "waist"
    case .chest: "chest"
    case .upperChest: "upper chest"
    case .shoulder: "collarbone"
    case .upperArm: "shoulder"
    case .lowerArm: "elbow"
    case .hand: "wrist"
    case .upperLeg: "hip"
    case .lowerLeg: "knee"
    case .foot: "ankle"
    default: fingerJoint ?? name
    }
  }

  fileprivate var partWords: String {
    switch self {
    case .spine: "belly"
    case .upperChest: "upper chest"
    case .shoulder: "collarbone"
    case .upperArm: "upper arm"
    case .lowerArm: "forearm"
    case .upperLeg: "thigh"
    case .lowerLeg: "shin"
    default: fingerWords ?? name
    }
  }

  private var fingerWords: String? {
    finger.map { $0 == .thumb ? "thumb" : "\($0.rawValue) finger" }
  }

  /// The joints of a finger by their order from the palm.
  private var fingerJoint: String? {
    guard let finger, let words = fingerWords, let index = finger.joints.firstIndex(of: self) else {
      return nil
    }
    return words + [" base", " middle joint", " tip"][index]
  }
}
