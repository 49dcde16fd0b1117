internal import PoseRig

/// Joints by words in names of no known scheme: words for sides and for parts of the body.
struct WordMatch {
  /// The side and the part that a name tells of; no side for parts of the middle.
  struct Label: Hashable {
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

  /// The label of each node that has one.
  private(set) var labels: [Int: Label] = [:]

  init(_ skeleton: Skeleton, _ words: BoneWords) {
    self.words = words
    for node in skeleton.members {
      guard let label = label(node, skeleton) else { continue }
      labels[node] = label
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

  /// The word's part of each limb's joint.
  static let limbs: [JointKind: BoneWords.Part] = [
    .upperLeg: .upperLeg, .lowerLeg: .lowerLeg, .foot: .foot, .shoulder: .shoulder,
    .upperArm: .upperArm, .lowerArm: .lowerArm, .hand: .hand,
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
    for (joint, node) in BoneMapRepair.dealtOut(list(.middle, .spine)) { nodes[joint] = node }
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

  // MARK: Names

  /// Returns the label of a node; nil for a name without any of the words, or of an unknown side. A
  /// name without a side is on that of the bone it hangs on.
  private func label(_ node: Int, _ skeleton: Skeleton) -> Label? {
    let tokens = Self.tokens(of: skeleton.model.nodes[node].name)
    guard !tokens.contains(where: words.excluded.contains) else { return nil }
    let text = tokens.joined()
    // Japanese does not part its words.
    guard !words.excluded.contains(where: { !$0.allSatisfy(\.isASCII) && text.contains($0) })
    else { return nil }
    guard let part = words.parts.first(where: { $0.words.contains(where: text.contains) })?.part
    else { return nil }
    guard part.isPaired else { return Label(side: .middle, part: part) }
    if let own = side(tokens) { return Label(side: own, part: part) }
    for above in skeleton.ancestors(of: node) {
      if let side = side(Self.tokens(of: skeleton.model.nodes[above].name)) {
        return Label(side: side, part: part)
      }
    }
    return nil
  }

  private func side(_ tokens: [String]) -> Side? {
    if tokens.contains(where: words.left.contains) { return .left }
    if tokens.contains(where: words.right.contains) { return .right }
    return nil
  }

  /// Returns the words of a name, which part at separators, where capitals begin, at Japanese marks
  /// of sides, and where another script begins.
  static func tokens(of name: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var last: Swift.Character?
    for character in BoneKey.narrow(name) {
      let isMark = character == "左" || character == "右"
      let breaks =
        !character.isLetter || isMark
        || (last.map { last in
          (character.isUppercase && last.isLowercase) || last == "左" || last == "右"
            || (last.isLetter && last.isASCII != character.isASCII)
        } ?? false)
      if breaks, !token.isEmpty {
        tokens.append(token)
        token = ""
      }
      if character.isLetter { token += character.lowercased() }
      last = character
    }
    return token.isEmpty ? tokens : tokens + [token]
  }
}
