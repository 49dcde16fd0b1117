internal import PoseRig

/// Describes findings that appeared, disappeared or grew, within one character's group.
struct FindingWords {
  let id: String
  let pronoun: Pronoun
  /// The goals of the character before and after.
  let goals: (before: PoseGoals?, after: PoseGoals?)

  /// Returns the change as a line.
  func line(_ change: FindingChange) -> DifferenceLine? {
    guard let finding = change.after ?? change.before else { return nil }
    let words = parts(finding)
    guard let now = change.after else {
      return DifferenceLine(.better, words.gone)
    }
    let measure = text(now)
    guard let was = change.before else {
      return DifferenceLine(.worse, words.now.replacing("%", with: measure))
    }
    let isWorse = now.fact.measure > was.fact.measure
    return DifferenceLine(
      isWorse ? .worse : .better,
      words.now.replacing(" now ", with: " ").replacing("now ", with: "")
        .replacing("%", with: measure) + " (was \(text(was)))")
  }

  private func text(_ finding: Finding) -> String {
    switch finding.fact {
    case .outOfTurn, .lookMisses, .trunkBends: "\(DecimalText.rounded(finding.fact.measure, 0))°"
    default: MeasureWords.length(finding.fact.measure)
    }
  }

  /// Returns the words for a current finding, with % for its measure, and for one that is gone.
  private func parts(_ finding: Finding) -> (now: String, gone: String) {
    switch finding.fact {
    case .outOfReach(let joint, _, let isPlanted):
      let part = joint.partWords
      let aim = isPlanted ? "where it is planted" : goal(finding)
      return ("\(part) now stays % short of \(aim)", reached(part, finding, aim))
    case .outOfTurn(let joint, let direction, _):
      let part = joint.partWords
      let way = direction.rawValue
      return (
        "\(way) of the \(part) now turned % away from \(pronoun.own) goal",
        "\(way) of the \(part) turned as asked again"
      )
    case .trunkBends(let joint, _):
      return (
        "\(pronoun.own) trunk now bends % for the \(joint.partWords)",
        "\(pronoun.own) trunk no longer bends for the \(joint.partWords)"
      )
    case .lookMisses:
      return (
        "\(pronoun.own) look now misses \(goal(finding)) by %",
        "\(pronoun.own) look no longer misses"
      )
    case .insideItself(let overlap):
      let (limb, rest) = (overlap.joint.partWords, overlap.inside.partWords)
      return (
        "\(limb) is now % inside \(pronoun.own) \(rest)",
        "\(limb) is no longer inside \(pronoun.own) \(rest)"
      )
    case .insideOther(let other, let overlap):
      let (limb, rest) = (overlap.joint.partWords, overlap.inside.partWords)
      return ("now % inside \(other) (\(limb) in \(rest))", "no longer inside \(other)")
    case .insideFloor: return ("now % in the floor", "no longer in the floor")
    case .floats:
      return ("now floats % above what is under \(pronoun.object)", "no longer floats")
    case .insideProp(let joint, let prop, _):
      let part = joint.partWords
      return ("\(part) is now % inside \"\(prop)\"", "no longer inside \"\(prop)\"")
    case .pierced(let hand, let prop):
      return (
        "\"\(prop)\" now goes through \(pronoun.own) \(hand.partWords)",
        "\"\(prop)\" no longer goes through \(pronoun.own) \(hand.partWords)"
      )
    default: return ("cannot be solved", "can be solved again")
    }
  }

  private func reached(_ part: String, _ finding: Finding, _ aim: String) -> String {
    guard case .goal(let name, _) = finding.subject, case .reach(let joint) = name,
      goals.after?.reach[joint] == nil
    else { return "\(part) reaches \(aim) again" }
    return "\(part) no longer stays short of \(aim)"
  }

  /// Returns the point of the goal that a finding is about.
  private func goal(_ finding: Finding) -> String {
    let words = GoalWords(id: id, pronoun: pronoun)
    if case .hold = finding.subject { return "\(pronoun.own) grip" }
    guard case .goal(let name, _) = finding.subject else { return "it" }
    let known = [goals.after, goals.before].compactMap { goals -> PoseGoals.Point? in
      switch name {
      case .reach(let joint): goals?.reach[joint]?.at
      case .seat: goals?.seat
      case .look: goals?.look
      case .feet: nil
      }
    }
    return words.point(known.first)
  }
}
