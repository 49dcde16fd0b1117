internal import PoseRig

/// Joints by words in names of no known scheme: words for sides and for parts of the body.
struct WordMatch {
  /// The side and the part that a name tells of; no side for parts of the middle.
  private struct Label: Hashable {
    var side: Side
    var part: BoneWords.Part
  }

  private let words: BoneWords
  /// The nodes of each label, parents before children.
  private var candidates: [Label: [Int]] = [:]

  /// Returns the map, as far as words give it.
  static func map(_ skeleton: Skeleton, _ words: BoneWords) -> BoneMap {
    let nodes = WordMatch(skeleton, words).nodes()
    return BoneMap(nodes: skeleton.consistent(nodes), source: .words)
  }

  private init(_ skeleton: Skeleton, _ words: BoneWords) {
    self.words = words
    for node in skeleton.members {
      guard let label = label(skeleton.model.nodes[node].name) else { continue }
      candidates[label, default: []].append(node)
    }
  }

  // MARK: Joints

  private static let trunk: [(part: BoneWords.Part, joint: JointName)] = [
    (.hips, .hips), (.neck, .neck), (.head, .head), (.jaw, .jaw),
  ]

  /// The parts that are one joint on either side, by their left joints.
  private static let paired: [(part: BoneWords.Part, joint: JointName)] = [
    (.eye, .leftEye), (.upperLeg, .leftUpperLeg), (.lowerLeg, .leftLowerLeg), (.foot, .leftFoot),
    (.toes, .leftToes), (.shoulder, .leftShoulder), (.upperArm, .leftUpperArm),
    (.lowerArm, .leftLowerArm), (.hand, .leftHand),
  ]

  /// The left joints of each finger, from the hand outward.
  private static let fingers: [(part: BoneWords.Part, joints: [JointName])] = [
    (.thumb, [.leftThumbMetacarpal, .leftThumbProximal, .leftThumbDistal]),
    (.index, [.leftIndexProximal, .leftIndexIntermediate, .leftIndexDistal]),
    (.middle, [.leftMiddleProximal, .leftMiddleIntermediate, .leftMiddleDistal]),
    (.ring, [.leftRingProximal, .leftRingIntermediate, .leftRingDistal]),
    (.little, [.leftLittleProximal, .leftLittleIntermediate, .leftLittleDistal]),
  ]

  private func nodes() -> [JointName: Int] {
    var nodes: [JointName: Int] = [:]
    for (part, joint) in Self.trunk { nodes[joint] = list(.middle, part).first }
    addSpine(list(.middle, .spine), into: &nodes)
    for side in [Side.left, .right] {
      func own(_ joint: JointName) -> JointName { side == .left ? joint : joint.mirrored }
      for (part, joint) in Self.paired { nodes[own(joint)] = list(side, part).first }
      addLimbs(side, own, into: &nodes)
      for (part, joints) in Self.fingers {
        for (joint, node) in zip(joints, list(side, part)) { nodes[own(joint)] = node }
      }
    }
    return nodes
  }

  private func list(_ side: Side, _ part: BoneWords.Part) -> [Int] {
    candidates[Label(side: side, part: part)] ?? []
  }

  /// Adds limbs with bones that share a word: two that are both called leg, or arm, are upper and
  /// lower; a shoulder that carries the elbow is the upper arm.
  private func addLimbs(
    _ side: Side, _ own: (JointName) -> JointName, into nodes: inout [JointName: Int]
  ) {
    for (part, lower) in [
      (BoneWords.Part.upperLeg, JointName.leftLowerLeg), (.upperArm, .leftLowerArm),
    ] {
      let list = list(side, part)
      if nodes[own(lower)] == nil, list.count > 1 { nodes[own(lower)] = list[1] }
    }
    if nodes[own(.leftUpperArm)] == nil {
      let list = list(side, .shoulder)
      nodes[own(.leftUpperArm)] = list.last
      nodes[own(.leftShoulder)] = list.count > 1 ? list.first : nil
    }
  }

  private func addSpine(_ chain: [Int], into nodes: inout [JointName: Int]) {
    switch chain.count {
    case 0: break
    case 1: nodes[.spine] = chain[0]
    case 2: (nodes[.spine], nodes[.chest]) = (chain[0], chain[1])
    default:
      nodes[.spine] = chain[0]
      nodes[.chest] = chain[(chain.count - 1) / 2]
      nodes[.upperChest] = chain[chain.count - 1]
    }
  }

  // MARK: Names

  /// Returns the label of a name; nil for a name without any of the words, or of an unknown side.
  private func label(_ name: String) -> Label? {
    let tokens = Self.tokens(of: name)
    guard !tokens.contains(where: words.excluded.contains) else { return nil }
    let text = tokens.joined()
    guard let part = words.parts.first(where: { $0.words.contains(where: text.contains) })?.part
    else { return nil }
    guard part.isPaired else { return Label(side: .middle, part: part) }
    return side(tokens).map { Label(side: $0, part: part) }
  }

  private func side(_ tokens: [String]) -> Side? {
    if tokens.contains(where: words.left.contains) { return .left }
    if tokens.contains(where: words.right.contains) { return .right }
    return nil
  }

  /// Returns the words of a name, which part at separators and where capitals begin.
  private static func tokens(of name: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var wasLower = false
    for character in name {
      let breaks = !character.isLetter || (character.isUppercase && wasLower)
      if breaks, !token.isEmpty {
        tokens.append(token)
        token = ""
      }
      if character.isLetter { token += character.lowercased() }
      wasLower = character.isLowercase
    }
    return token.isEmpty ? tokens : tokens + [token]
  }
}
