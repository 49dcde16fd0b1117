internal import PoseRig

/// Reads `"bow"`, `"lean"`, `"twist"`, `"nod"`, `"tiltHead"` and `"turnHead"`. Each distributes one
/// angle over several joints of the spine, by equal shares of their ranges.
package struct SpineReader {
  /// An angle that several joints share.
  private struct Word {
    let key: String
    let angle: AngleName
    let joints: [JointName]
  }

  private static let trunk: [JointName] = [.spine, .chest, .upperChest]
  private static let neck: [JointName] = [.neck, .head]
  private static let words = [
    Word(key: "bow", angle: .flexion, joints: trunk),
    Word(key: "lean", angle: .lateralFlexion, joints: trunk),
    Word(key: "twist", angle: .rotation, joints: trunk),
    Word(key: "nod", angle: .flexion, joints: neck),
    Word(key: "tiltHead", angle: .lateralFlexion, joints: neck),
    Word(key: "turnHead", angle: .rotation, joints: neck),
  ]
  static let keys = words.map(\.key)
  /// The keys with a left and a right, which a mirrored pose swaps.
  package static let sidewardKeys = words.filter { $0.angle != .flexion }.map(\.key)

  let limits: JointLimits
  let file: String
  let log: DiagnosticLog

  /// Rotates the joints of `pose` further from where they are.
  func read(_ reader: ObjectReader, into pose: inout Pose) {
    // A joint's own angles take precedence over these keys.
    let given = Set(
      (reader.node("joints")?.members ?? []).compactMap { JointName(rawValue: $0.key) })
    for word in Self.words {
      guard let value = reader.number(word.key, in: -180...180, "degrees") else { continue }
      let shares = shares(of: word, isForward: value >= 0)
      let most = shares.reduce(0, +)
      guard most > 0 else { continue }
      for (joint, share) in zip(word.joints, shares) {
        pose[joint] = turned(pose[joint], joint, word.angle, by: value * share / most)
      }
      if abs(value) > most {
        let first = limits.reach(word.joints, word.angle)
        log.warning(
          .beyondLimits, file, reader.node(word.key)?.location,
          "\"\(word.key)\" is \(plain(value))°; "
            + "these joints go from \(plain(first.lowerBound))° to \(plain(first.upperBound))°")
      } else {
        warnOfSums(word, pose, besides: given, reader)
      }
    }
  }

  /// Warns about joints that a key, added to the base's rotation, moves beyond their limit.
  private func warnOfSums(
    _ word: Word, _ pose: Pose, besides given: Set<JointName>, _ reader: ObjectReader
  ) {
    let beyond = word.joints.filter { !given.contains($0) }.compactMap { joint -> String? in
      let angle = Anatomy.of(joint).degrees(of: pose[joint], side: joint.side)[word.angle] ?? 0
      // Allow half a degree of slack, as for rounded rotations.
      guard let range = limits.range(of: word.angle, at: joint),
        angle < range.lowerBound - 0.5 || angle > range.upperBound + 0.5
      else { return nil }
      return "\(joint.rawValue) to \(DecimalText.rounded(angle, 0))° "
        + "(it goes from \(plain(range.lowerBound))° to \(plain(range.upperBound))°)"
    }
    guard !beyond.isEmpty else { return }
    log.warning(
      .beyondLimits, file, reader.node(word.key)?.location,
      "\"\(word.key)\" is added to the base's angles, and brings \(beyond.joined(separator: ", "))")
  }

  /// Returns each joint's share of the angle in a direction, in degrees.
  private func shares(of word: Word, isForward: Bool) -> [Double] {
    word.joints.map { joint in
      guard let range = limits.range(of: word.angle, at: joint) else { return 0 }
      return max(0, isForward ? range.upperBound : -range.lowerBound)
    }
  }

  private func turned(
    _ rotation: Quaternion, _ joint: JointName, _ angle: AngleName, by degrees: Double
  ) -> Quaternion {
    let anatomy = Anatomy.of(joint)
    var angles = anatomy.degrees(of: rotation, side: joint.side)
    angles[angle, default: 0] += degrees
    return anatomy.rotation(degrees: angles, side: joint.side)
  }
}

extension JointLimits {
  /// Returns the range that joints have together.
  fileprivate func reach(_ joints: [JointName], _ angle: AngleName) -> ClosedRange<Double> {
    let ranges = joints.compactMap { range(of: angle, at: $0) }
    return ranges.reduce(0) { $0 + $1.lowerBound }...ranges.reduce(0) { $0 + $1.upperBound }
  }
}
