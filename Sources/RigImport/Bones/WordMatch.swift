internal import PoseRig

/// Finds joints by words for sides and parts of the body in names outside of any known scheme.
struct WordMatch {
  /// The side and the part that a name suggests; parts in the middle have no side.
  struct Label: Hashable {
    var side: Side
    var part: BoneWords.Part
  }

  private let skeleton: Skeleton
  private let words: BoneWords
  /// The nodes of each label, parents before children.
  private var candidates: [Label: [Int]] = [:]

  /// Returns the map, as far as words identify joints.
  static func map(_ skeleton: Skeleton, _ words: BoneWords) -> BoneMap {
    let nodes = WordMatch(skeleton, words).nodes()
    return BoneMap(nodes: skeleton.consistent(nodes), source: .words)
  }

  /// The label of each node that has one.
  private(set) var labels: [Int: Label] = [:]

  init(_ skeleton: Skeleton, _ words: BoneWords) {
    self.skeleton = skeleton
    self.words = words
    // The side of each node: its own, or that of the bone above it.
    let nodes = skeleton.model.nodes
    var sides = [Side?](repeating: nil, count: nodes.count)
    for node in skeleton.order {
      let parent = nodes[node].parent
      sides[node] = side(Self.tokens(of: nodes[node].name)) ?? (parent >= 0 ? sides[parent] : nil)
    }
    for node in skeleton.members {
      guard let label = label(nodes[node].name, sides[node]) else { continue }
      labels[node] = label
      candidates[label, default: []].append(node)
    }
  }

  // MARK: Joints

  private static let trunk: [(part: BoneWords.Part, joint: JointName)] = [
    (.hips, .hips), (.neck, .neck), (.head, .head), (.jaw, .jaw),
  ]

  /// The parts that are one joint on each side, by their left joints.
  private static let paired: [(part: BoneWords.Part, joint: JointName)] = [
    (.eye, .leftEye), (.upperLeg, .leftUpperLeg), (.lowerLeg, .leftLowerLeg), (.foot, .leftFoot),
    (.toes, .leftToes), (.shoulder, .leftShoulder), (.upperArm, .leftUpperArm),
    (.lowerArm, .leftLowerArm), (.hand, .leftHand),
  ]

  /// The part that words identify for each joint of a limb.
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
    hangTogether().chosen()
  }

  private func chosen() -> [JointName: Int] {
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

  /// Adds limbs with bones that share a word: two bones named leg, or arm, are its upper and lower
  /// parts; a shoulder that carries the elbow is the upper arm.
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

  // MARK: Hanging together

  /// Returns the match with only connected candidates, where there are any: rings below the hand
  /// and not at the ears, arms above it, the neck below the head.
  private func hangTogether() -> WordMatch {
    var match = self
    let head = list(.middle, .head).first
    match.keep(.middle, [.neck, .spine], above: head)
    for side in Side.both {
      for (end, limb) in [
        (BoneWords.Part.hand, [BoneWords.Part.shoulder, .upperArm, .lowerArm]),
        (.foot, [.upperLeg, .lowerLeg]),
      ] {
        let bones = Set(limb.flatMap { list(side, $0) })
        match.keep(side, end) { node in skeleton.ancestors(of: node).contains(where: bones.contains)
        }
        let last = match.list(side, end).first
        match.keep(side, limb, above: last)
        if end == .foot { match.keep(.middle, [.hips], above: last) }
      }
      let hand = match.list(side, .hand).first
      match.keep(side, [.thumb, .index, .middle, .ring, .little], below: hand)
      match.keep(side, [.eye], below: head)
    }
    return match
  }

  private mutating func keep(
    _ side: Side, _ part: BoneWords.Part, where fits: (Int) -> Bool
  ) {
    let fitting = list(side, part).filter(fits)
    if !fitting.isEmpty { candidates[Label(side: side, part: part)] = fitting }
  }

  private mutating func keep(_ side: Side, _ parts: [BoneWords.Part], above node: Int?) {
    guard let node else { return }
    let above = Set(skeleton.ancestors(of: node))
    for part in parts { keep(side, part, where: above.contains) }
  }

  private mutating func keep(_ side: Side, _ parts: [BoneWords.Part], below node: Int?) {
    guard let node else { return }
    let isBelow = skeleton.model.isBelow(anyOf: [node])
    for part in parts { keep(side, part) { isBelow[$0] } }
  }

  // MARK: Names

  /// Returns the label of a node by its name and its side; nil for a name without any of the words,
  /// or with an unknown side.
  private func label(_ name: String, _ side: Side?) -> Label? {
    let tokens = Self.tokens(of: name)
    guard !words.exclude(tokens) else { return nil }
    let text = tokens.joined()
    guard let part = words.parts.first(where: { $0.words.contains(where: text.contains) })?.part
    else { return nil }
    guard part.isPaired else { return Label(side: .middle, part: part) }
    return side.map { Label(side: $0, part: part) }
  }

  private func side(_ tokens: [String]) -> Side? {
    if tokens.contains(where: words.left.contains) { return .left }
    if tokens.contains(where: words.right.contains) { return .right }
    return nil
  }

  /// Returns the words of a name, which is split at separators, capital letters, Japanese side
  /// marks, and changes of script.
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
