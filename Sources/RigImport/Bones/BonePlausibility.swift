internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// Compares a map of bones with typical bodies, to detect errors: lengths of limbs, symmetry, hands
/// at the ends of arms, and skin on the bones that must bend it.
struct BonePlausibility {
  /// A reason why the map cannot be used, in words that follow "it".
  private(set) var refusal: String?
  /// Sentences about suspicious findings.
  private(set) var warnings: [String] = []

  private let skeleton: Skeleton
  private let nodes: [JointName: Int]
  private let joints: [Int: JointName]
  private let followers: [Int: JointName]

  init(_ map: BoneMap, _ skeleton: Skeleton) {
    self.skeleton = skeleton
    (nodes, joints, followers) = (map.nodes, map.joints, map.followers)
    checkPositions()
    checkSides()
    checkHips()
    checkProportions()
    checkSymmetry()
    checkHands()
    checkSkin()
  }

  // MARK: Parts

  /// The bones of limbs by the joints at their ends, with a word for each.
  private static let segments: [(word: String, start: JointKind, end: JointKind)] = [
    ("upper arm", .upperArm, .lowerArm), ("forearm", .lowerArm, .hand),
    ("thigh", .upperLeg, .lowerLeg), ("shin", .lowerLeg, .foot),
  ]

  private func position(_ joint: JointName) -> Vector3? {
    nodes[joint].map { skeleton.positions[$0] }
  }

  private func length(_ start: JointKind, _ end: JointKind, _ side: Side) -> Double? {
    guard let one = position(JointName(start, side)), let other = position(JointName(end, side))
    else { return nil }
    return (other - one).length
  }

  private func name(_ joint: JointName) -> String {
    guard let node = nodes[joint] else { return joint.rawValue }
    let name = skeleton.model.nodes[node].name
    return "\(joint.rawValue) (\(name.isEmpty ? "node \(node)" : "\"\(name)\""))"
  }

  private static let remedy = "name the right one with a \"bones\" file (docs/models.md)"

  private static func times(_ ratio: Double) -> String { "\((ratio * 10).rounded() / 10)" }

  // MARK: Checks

  /// Checks that the joints of a limb have different positions; otherwise they cannot be
  /// distinguished or bent.
  private mutating func checkPositions() {
    let lengths = Side.both.flatMap { side in
      Self.segments.compactMap { length($0.start, $0.end, side) }
    }
    guard let longest = lengths.max(), longest > 0 else { return }
    for side in Side.both {
      for segment in Self.segments {
        guard let length = length(segment.start, segment.end, side), length < 0.03 * longest
        else { continue }
        let (one, other) = (JointName(segment.start, side), JointName(segment.end, side))
        refusal =
          "its \(name(one)) and \(name(other)) are at the same point: one of them is another bone; \(Self.remedy)"
        return
      }
    }
  }

  /// Checks that the left arm is on the side of the left leg.
  private mutating func checkSides() {
    guard !skeleton.model.skins.isEmpty, refusal == nil,
      let arms = across(.upperArm), let legs = across(.upperLeg), arms.dot(legs) < -0.5
    else { return }
    refusal =
      "its left arm is on the side of its right leg; say which is which with a \"bones\" file (docs/models.md)"
  }

  private func across(_ kind: JointKind) -> Vector3? {
    guard let left = position(JointName(kind, .left)), let right = position(JointName(kind, .right))
    else { return nil }
    return (left - right).normalized
  }

  /// Checks that the hips are near the legs; otherwise they would swing the figure about a point
  /// outside it.
  private mutating func checkHips() {
    guard let hips = nodes[.hips], let distance = HipsDistance(nodes, skeleton),
      distance.isFar(hips)
    else { return }
    warnings.append(
      "its \(name(.hips)) are \(Self.times(distance.thighs(to: hips))) times a thigh's length from its legs, and the figure turns about them; if they are not the pelvis, \(Self.remedy)"
    )
  }

  private mutating func checkProportions() {
    for side in Side.both {
      for (upper, lower) in [(0, 1), (2, 3)] {
        let (one, two) = (Self.segments[upper], Self.segments[lower])
        guard let above = length(one.start, one.end, side),
          let below = length(two.start, two.end, side), above > 0, below > 0
        else { continue }
        let ratio = below / above
        guard !(0.45...2.2).contains(ratio) else { continue }
        let joint = JointName(two.start, side)
        warnings.append(
          "its \(side) \(two.word) is \(Self.times(ratio)) times as long as its \(one.word); if \(name(joint)) is not the joint between them, \(Self.remedy)"
        )
      }
    }
  }

  private mutating func checkSymmetry() {
    for segment in Self.segments {
      guard let left = length(segment.start, segment.end, .left),
        let right = length(segment.start, segment.end, .right), min(left, right) > 0
      else { continue }
      let ratio = max(left, right) / min(left, right)
      guard ratio > 1.25 else { continue }
      let side = left > right ? Side.left : .right
      warnings.append(
        "its \(side) \(segment.word) is \(Self.times(ratio)) times as long as the other; if one of \(name(JointName(segment.start, side))) and \(name(JointName(segment.end, side))) is another bone, \(Self.remedy)"
      )
    }
  }

  /// Checks the length of hands: a hand longer than the forearm is a forearm.
  private mutating func checkHands() {
    for side in Side.both {
      let hand = JointName(.hand, side)
      guard let node = nodes[hand], let forearm = length(.lowerArm, .hand, side), forearm > 0,
        let reach = boneReach(below: node), reach > 1.2 * forearm
      else { continue }
      warnings.append(
        "what hangs on \(name(hand)) reaches \(Self.times(reach / forearm)) times as far as the \(side) forearm is long; if it is not the wrist, \(Self.remedy)"
      )
    }
  }

  /// Returns how far skinned bones extend from a hand, ignoring weapons.
  private func boneReach(below node: Int) -> Double? {
    let isBelow = skeleton.model.isBelow(anyOf: [node])
    let below = skeleton.members.filter {
      $0 != node && skeleton.weights[$0] > 0 && isBelow[$0]
    }
    // A weapon is one bone; fingers, or a forearm that continues, are several.
    guard below.count >= 2 else { return nil }
    return below.map { (skeleton.positions[$0] - skeleton.positions[node]).length }.max()
  }

  /// Checks that the bones of limbs have skin; otherwise other bones do the work.
  private mutating func checkSkin() {
    let whole = skeleton.ownWeights.reduce(0, +)
    guard whole > 0 else { return }
    var carried: [JointName: Double] = [:]
    let joints = joints.merging(followers) { own, _ in own }
    let carriers = skeleton.carriers(joints)
    for node in skeleton.model.nodes.indices where skeleton.ownWeights[node] > 0 {
      if let joint = joints[node] ?? carriers[node] {
        carried[joint, default: 0] += skeleton.ownWeights[node]
      }
    }
    let bending: [JointKind] = [.upperArm, .lowerArm, .upperLeg, .lowerLeg]
    let bare = Side.both.flatMap { side in bending.map { JointName($0, side) } }
      .filter { nodes[$0] != nil && carried[$0] == nil }
    guard !bare.isEmpty else { return }
    let more = bare.count > 2 ? " and \(bare.count - 2) more" : ""
    warnings.append(
      "no skin follows \(bare.prefix(2).map(name).joined(separator: ", "))\(more), which will therefore not bend in depth and outline; if other bones carry it, name them with a \"bones\" file (docs/models.md)"
    )
  }
}
