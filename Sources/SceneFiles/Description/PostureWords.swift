internal import PoseRig

/// Words for a body's posture.
enum PostureWords {
  /// Returns the verb of a sentence: `stands`.
  static func verb(_ posture: Posture) -> String {
    switch posture {
    case .stands: "stands"
    case .bendsOver: "bends over"
    case .crouches: "crouches"
    case .kneels: "kneels"
    case .kneelsOnLeft: "kneels on the left knee"
    case .kneelsOnRight: "kneels on the right knee"
    case .sits: "sits"
    case .sitsOnFloor: "sits on the floor"
    case .liesOnBack: "lies face up"
    case .liesFaceDown: "lies face down"
    case .liesOnLeft: "lies on the left side"
    case .liesOnRight: "lies on the right side"
    case .onHandsAndKnees: "is on hands and knees"
    case .upsideDown: "is upside down"
    }
  }

  /// Returns tags that generators know, from Danbooru's vocabulary.
  static func tags(_ posture: Posture) -> [String] {
    switch posture {
    case .stands: ["standing"]
    case .bendsOver: ["bent over"]
    case .crouches: ["squatting"]
    case .kneels: ["kneeling"]
    case .kneelsOnLeft, .kneelsOnRight: ["on one knee"]
    case .sits: ["sitting"]
    case .sitsOnFloor: ["sitting", "on floor"]
    case .liesOnBack: ["lying", "on back"]
    case .liesFaceDown: ["lying", "on stomach"]
    case .liesOnLeft, .liesOnRight: ["lying", "on side"]
    case .onHandsAndKnees: ["all fours"]
    case .upsideDown: ["upside-down"]
    }
  }
}

/// Words for legs.
enum LegWords {
  /// Returns a sentence; nil for legs that simply stand.
  static func sentence(_ legs: LegAttitude, _ pronoun: Pronoun) -> String? {
    let own = pronoun.own.capitalizedFirst
    switch legs {
    case .straight, .together: return nil
    case .apart: return "\(own) legs are apart."
    case .stride: return "\(own) legs are in a stride."
    case .crossed: return "\(own) legs are crossed."
    case .bothBent: return "\(own) knees are bent."
    case .leftKneeRaised: return "\(own) left knee is raised."
    case .rightKneeRaised: return "\(own) right knee is raised."
    case .leftAhead: return "\(own) left leg is raised to the front."
    case .rightAhead: return "\(own) right leg is raised to the front."
    case .leftBack: return "\(own) left leg is raised to the back."
    case .rightBack: return "\(own) right leg is raised to the back."
    case .leftAside: return "\(own) left leg is raised to the side."
    case .rightAside: return "\(own) right leg is raised to the side."
    case .inTheAir: return "\(own) feet are off the ground."
    }
  }

  /// Returns tags that generators know.
  static func tags(_ legs: LegAttitude) -> [String] {
    switch legs {
    case .straight, .together: []
    case .apart: ["legs apart"]
    case .stride: ["walking"]
    case .crossed: ["crossed legs"]
    case .bothBent: ["bent knees"]
    case .leftKneeRaised, .rightKneeRaised: ["standing on one leg", "knee up"]
    case .leftAhead, .rightAhead, .leftBack, .rightBack, .leftAside, .rightAside:
      ["standing on one leg", "leg up"]
    case .inTheAir: ["midair"]
    }
  }
}
