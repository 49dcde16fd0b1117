internal import MapRender
internal import PoseRig

/// Describes the changes of one character.
struct CharacterWords {
  let difference: CharacterDifference
  /// The characters and props that hide it, and the hidden shares, before and after.
  var hidden: (before: [HiddenShare], after: [HiddenShare]) = ([], [])

  private var pronoun: Pronoun {
    (difference.after ?? difference.before).map { Pronoun($0.figure) } ?? .they
  }
  private var id: String { difference.id }

  /// Returns the changes, in the order in which to list them.
  func lines() -> [DifferenceLine] {
    guard let before = difference.before, let after = difference.after else {
      return difference.before == nil
        ? [DifferenceLine(.added, "is new")] : [DifferenceLine(.removed, "is gone")]
    }
    var lines: [DifferenceLine] = []
    if let old = difference.oldId { lines.append(DifferenceLine(.changed, "was called \(old)")) }
    lines += FigureWords.lines(before, after)
    lines += placeLines() + turnLines() + faceLines() + motionLines()
    lines += difference.goals.map(GoalWords(id: id, pronoun: pronoun).line)
    lines += moveLines() + contactLines() + balanceLines() + strayLines()
    let findings = FindingWords(
      id: id, pronoun: pronoun, goals: (before.pose.goals, after.pose.goals))
    lines += difference.findings.compactMap(findings.line)
    return lines + pictureLines() + PromptWords.lines(before.prompt, after.prompt)
      + referenceLines(before.reference, after.reference)
  }

  private func referenceLines(_ before: String?, _ after: String?) -> [DifferenceLine] {
    guard before != after else { return [] }
    let (old, new) = (before ?? "none", after ?? "none")
    return [DifferenceLine(.changed, "reference picture \(old) → \(new)")]
  }

  private func placeLines() -> [DifferenceLine] {
    var lines: [DifferenceLine] = []
    if difference.shift != .zero {
      lines.append(
        DifferenceLine(.changed, "stands \(MeasureWords.way(difference.shift, pronoun))"))
    }
    if abs(difference.turn) >= 0.01 {
      let side = difference.turn > 0 ? "left" : "right"
      lines.append(
        DifferenceLine(
          .changed,
          "turned \(MeasureWords.degrees(abs(difference.turn)))° to \(pronoun.own) \(side)"))
    }
    return lines
  }

  private func turnLines() -> [DifferenceLine] { TurnWords.lines(difference.turns) }

  private func faceLines() -> [DifferenceLine] {
    difference.face.map {
      DifferenceLine(
        .changed,
        "face: \(BodyWords.spaced($0.name)) \(DecimalText.rounded($0.before, 2)) → \(DecimalText.rounded($0.after, 2))"
      )
    }
  }

  private func motionLines() -> [DifferenceLine] {
    let (before, after) = (difference.before, difference.after)
    var lines = difference.motion.map(MotionWords.lines) ?? []
    if let old = before?.motion, let new = after?.motion, old.isGrounded != new.isGrounded {
      let holds = new.isGrounded ? "are now held" : "are no longer held"
      lines.append(DifferenceLine(.changed, "\(pronoun.own) feet \(holds) where they stand"))
    }
    if (before?.motion == nil) != (after?.motion == nil) {
      lines.append(
        DifferenceLine(.changed, after?.motion == nil ? "no longer moves" : "now moves by a clip"))
    } else if let old = before?.time, let new = after?.time, old != new {
      lines.append(
        DifferenceLine(
          .changed,
          "taken at \(DecimalText.rounded(old, 3)) → \(DecimalText.rounded(new, 3)) s of the clip"))
    }
    return lines
  }

  /// The smallest movement in meters to mention.
  private static let leastMove = 0.01

  private func moveLines() -> [DifferenceLine] {
    if let way = difference.carried {
      return [
        DifferenceLine(.changed, "all of \(pronoun.object) \(MeasureWords.way(way, pronoun))")
      ]
    }
    var lines = difference.moves.filter { $0.way.length >= Self.leastMove }.map {
      DifferenceLine(
        .changed, "\($0.joint.partWords) \(MeasureWords.way($0.way, pronoun))")
    }
    if let gaze = difference.gaze {
      var ways: [String] = []
      if abs(gaze.left) >= 1 {
        ways.append(
          "\(DecimalText.rounded(abs(gaze.left), 0))° to \(pronoun.own) \(gaze.left > 0 ? "left" : "right")"
        )
      }
      if abs(gaze.up) >= 1 {
        ways.append("\(DecimalText.rounded(abs(gaze.up), 0))° \(gaze.up > 0 ? "up" : "down")")
      }
      if !ways.isEmpty {
        lines.append(DifferenceLine(.changed, "gaze \(MeasureWords.list(ways))"))
      }
    }
    return lines
  }

  private func contactLines() -> [DifferenceLine] {
    difference.won.map { DifferenceLine(.added, contact($0, isWon: true)) }
      + difference.lost.map { DifferenceLine(.removed, contact($0, isWon: false)) }
  }

  private func contact(_ contact: Contact, isWon: Bool) -> String {
    let part = BodyWords.region(contact.part)
    let isFoot = contact.part == .leftFoot || contact.part == .rightFoot
    switch contact.other {
    case .floor where isFoot: return "\(part) is \(isWon ? "now on" : "off") the floor"
    case .floor: return "\(part) \(isWon ? "now touches" : "no longer touches") the floor"
    case .prop(let prop):
      return "\(part) \(isWon ? "now touches" : "no longer touches") \"\(prop)\""
    case .body(let other, let region):
      let owner = other == id || other == difference.oldId ? pronoun.own : "\(other)'s"
      return
        "\(part) \(isWon ? "now touches" : "no longer touches") \(owner) \(BodyWords.region(region))"
    }
  }

  private func balanceLines() -> [DifferenceLine] {
    guard let balance = difference.balance else { return [] }
    if balance.after.margin >= 0 {
      return [
        DifferenceLine(
          .better, "\(pronoun.own) weight is over \(pronoun.own) support again")
      ]
    }
    let way = MeasureWords.way(balance.after.overhang, pronoun)
    return [
      DifferenceLine(
        .worse,
        "\(pronoun.own) weight is now outside \(pronoun.own) support"
          + (way.isEmpty ? "" : ", \(way)"))
    ]
  }

  private func strayLines() -> [DifferenceLine] {
    difference.straysNow.map { stray in
      DifferenceLine(
        .worse,
        "\(stray.joint.jointWords) \(BodyWords.angle(stray.angle)) "
          + "\(MeasureWords.degrees(stray.degrees))° is past its range, which ends at "
          + "\(MeasureWords.degrees(stray.end))°")
    }
      + difference.straysGone.map { stray in
        DifferenceLine(
          .better,
          "\(stray.joint.jointWords) \(BodyWords.angle(stray.angle)) is within its range again"
        )
      }
  }

  private func pictureLines() -> [DifferenceLine] {
    var lines: [DifferenceLine] = []
    if let (before, after, edge) = difference.outside {
      let beyond = edge.map { ", beyond its \($0.rawValue) edge" } ?? ""
      lines.append(
        DifferenceLine(
          after > before ? .worse : .better,
          "\(MeasureWords.share(after)) of \(pronoun.object) outside the picture\(beyond) "
            + "(was \(MeasureWords.share(before)))"))
    }
    return lines + HiddenWords.lines(hidden.before, hidden.after, pronoun)
  }
}

/// Describes the characters and props that hide another.
enum HiddenWords {
  /// The smallest change of a share to mention.
  static let least = 0.04

  static func lines(
    _ before: [HiddenShare], _ after: [HiddenShare], _ pronoun: Pronoun
  ) -> [DifferenceLine] {
    let covers =
      after.map(\.cover)
      + before.map(\.cover).filter { cover in
        !after.contains { $0.cover == cover }
      }
    return covers.compactMap { cover in
      let old = before.first { $0.cover == cover }?.share ?? 0
      let new = after.first { $0.cover == cover }?.share ?? 0
      guard abs(old - new) >= least else { return nil }
      let name =
        switch cover {
        case .character(let id): id
        case .prop(let sceneClass): "the \(sceneClass.rawValue)"
        }
      if new < 0.005 {
        return DifferenceLine(
          .changed, "no longer hidden by \(name) (was \(MeasureWords.share(old)))")
      }
      return DifferenceLine(
        .changed,
        "\(MeasureWords.share(new)) of \(pronoun.object) now hidden by \(name) "
          + "(was \(MeasureWords.share(old)))")
    }
  }
}
