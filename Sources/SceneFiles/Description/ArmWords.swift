internal import PoseRig

/// Descriptions of arms.
enum ArmWords {
  /// Returns words for one arm, to follow a possessive: `left arm is raised overhead`.
  static func one(_ arm: ArmAttitude, _ side: Side, _ pronoun: Pronoun) -> String {
    let (part, attitude) = words(arm, pronoun)
    return "\(side.rawValue) \(part) is \(attitude)"
  }

  /// Returns words for both arms if they are alike: `arms are raised overhead`.
  static func both(_ arm: ArmAttitude, _ pronoun: Pronoun) -> String {
    let (part, attitude) = words(arm, pronoun)
    let isOnBothSides = arm == .hangs || arm == .handAtHip
    return "\(part)s are \(attitude)" + (isOnBothSides ? "s" : "")
  }

  private static func words(_ arm: ArmAttitude, _ pronoun: Pronoun) -> (
    part: String, attitude: String
  ) {
    let own = pronoun.own
    return switch arm {
    case .hangs: ("arm", "down at \(own) side")
    case .overhead: ("arm", "stretched overhead")
    case .sideways: ("arm", "stretched to the side")
    case .forward: ("arm", "stretched forward")
    case .back: ("arm", "stretched back")
    case .across: ("arm", "across \(own) body")
    case .raisedForward: ("arm", "raised forward and up")
    case .raisedSideways: ("arm", "raised to the side and up")
    case .handAtFace: ("hand", "at \(own) face")
    case .handBehindHead: ("hand", "behind \(own) head")
    case .handAboveHead: ("hand", "above \(own) head")
    case .handAtChest: ("hand", "in front of \(own) chest")
    case .handAtBelly: ("hand", "in front of \(own) belly")
    case .handAtHip: ("hand", "at \(own) hip")
    case .handBehindBack: ("hand", "behind \(own) back")
    case .folded: ("arm", "folded across \(own) chest")
    case .elbowBent: ("elbow", "bent")
    case .handRaised: ("hand", "raised")
    }
  }

  /// Returns tags that generators know for both arms, the left one first.
  static func tags(_ arms: [ArmAttitude]) -> [String] {
    let same = arms.count == 2 && arms[0] == arms[1]
    return Set(arms).sorted { $0.rawValue < $1.rawValue }.compactMap { arm -> String? in
      switch arm {
      case .overhead, .raisedForward, .raisedSideways, .handAboveHead: same ? "arms up" : "arm up"
      case .sideways: same ? "outstretched arms, spread arms" : "outstretched arm"
      case .forward: same ? "outstretched arms, reaching" : "outstretched arm, reaching"
      case .handAtFace: same ? "hands on own face" : "hand on own face"
      case .handBehindHead: same ? "arms behind head" : "arm behind head"
      case .folded: same ? "crossed arms" : nil
      case .handBehindBack: same ? "arms behind back" : "arm behind back"
      case .handAtHip: same ? "hands on own hips" : "hand on own hip"
      case .handAtChest: same ? "hands up" : "hand on own chest"
      case .handRaised: same ? "hands up" : "hand up"
      case .hangs: same ? "arms at sides" : nil
      case .back, .across, .handAtBelly, .elbowBent: nil
      }
    }
  }
}
