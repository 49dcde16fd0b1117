internal import PoseRig

/// Describes joints that turned: one by one, except for fingers, of which there are many.
enum TurnWords {
  /// The largest number of joints to list one by one.
  private static let most = 12
  /// The number of a hand's finger joints from which they are summarized.
  private static let handful = 3

  static func lines(_ turns: [PoseDifference.Turn]) -> [DifferenceLine] {
    let hands = [Side.left, .right].map { side in
      turns.filter { $0.joint.isOfFinger && $0.joint.side == side }
    }
    let many = hands.filter { $0.count >= handful }
    let told = turns.filter { turn in
      !many.contains { $0.contains { $0.joint == turn.joint } }
    }
    let largest = told.sorted { $0.degrees > $1.degrees }.prefix(most)
    let least = largest.last?.degrees ?? 0
    let shown =
      told.count <= most
      ? told : told.filter { turn in largest.contains { $0.joint == turn.joint } }
    var lines = shown.map { DifferenceLine(.changed, line($0)) }
    if shown.count < told.count {
      lines.append(
        DifferenceLine(
          .changed,
          "\(told.count - shown.count) more joints, each by \(MeasureWords.degrees(least))° or less"
        ))
    }
    return lines + many.map(hand)
  }

  /// Returns a line for one joint: `left elbow: flexion 20 → 32°`.
  static func line(_ turn: PoseDifference.Turn) -> String {
    let angles = turn.angles.map {
      "\(BodyWords.angle($0.name)) \(MeasureWords.degrees($0.before)) → \(MeasureWords.degrees($0.after))°"
    }
    let joint = turn.joint.jointWords
    return angles.isEmpty
      ? "\(joint) turned \(MeasureWords.degrees(turn.degrees))°"
      : "\(joint): \(angles.joined(separator: ", "))"
  }

  private static func hand(_ turns: [PoseDifference.Turn]) -> DifferenceLine {
    let most = turns.max { $0.degrees < $1.degrees }
    let side = turns.first?.joint.side == .left ? "left" : "right"
    let joint = most.map { $0.joint.jointWords } ?? ""
    return DifferenceLine(
      .changed,
      "\(side) fingers: \(turns.count) joints, most the \(joint) by \(MeasureWords.degrees(most?.degrees ?? 0))°"
    )
  }
}

/// Describes the changes of motions.
enum MotionWords {
  /// The largest number of frame ranges to list.
  private static let most = 8

  static func lines(_ difference: MotionDifference) -> [DifferenceLine] {
    var lines: [DifferenceLine] = []
    let (before, after) = difference.counts
    let rate = difference.rates.after
    if difference.rates.before != rate {
      lines.append(
        DifferenceLine(
          .changed,
          "\(DecimalText.rounded(difference.rates.before, 3)) → \(DecimalText.rounded(rate, 3)) frames per second"
        ))
    }
    if let inserted = difference.inserted {
      let isLonger = after > before
      lines.append(
        DifferenceLine(
          isLonger ? .added : .removed,
          "\(frames(inserted, isLonger ? rate : difference.rates.before)) \(isLonger ? "added" : "removed")"
        ))
    } else if before != after {
      lines.append(DifferenceLine(.changed, "\(before) → \(after) frames"))
    }
    for span in difference.spans.prefix(most) {
      lines.append(DifferenceLine(.changed, line(span, rate)))
    }
    if difference.spans.count > most {
      lines.append(
        DifferenceLine(.changed, "\(difference.spans.count - most) more stretches of frames"))
    }
    return lines
  }

  private static func line(_ span: MotionDifference.Span, _ rate: Double) -> String {
    let turns = span.turns.prefix(3).map {
      "\($0.joint.jointWords) up to \(MeasureWords.degrees($0.degrees))° at \($0.frame)"
    }
    let moves = span.moves.prefix(1).map {
      "\($0.joint.partWords) up to \(MeasureWords.length($0.distance)) at \($0.frame)"
    }
    let more = span.turns.count > 3 ? ["\(span.turns.count - 3) more joints"] : []
    return "\(frames(span.frames, rate)): \((turns + more + moves).joined(separator: ", "))"
  }

  /// Returns frames with their times: `frames 12 to 31 (0.4 to 1.03 s)`.
  private static func frames(_ frames: ClosedRange<Int>, _ rate: Double) -> String {
    func time(_ frame: Int) -> String { DecimalText.rounded(Double(frame) / rate, 2) }
    if frames.count == 1 { return "frame \(frames.lowerBound) (\(time(frames.lowerBound)) s)" }
    return
      "frames \(frames.lowerBound) to \(frames.upperBound) (\(time(frames.lowerBound)) to \(time(frames.upperBound)) s)"
  }
}
