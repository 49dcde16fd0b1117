internal import PoseRig

/// Completes and corrects a map of names by the skeleton's structure: the trunk between known
/// limbs, limbs without a named end or with a wrongly named one, and fingers with a metacarpal
/// bone.
struct BoneMapRepair {
  private let skeleton: Skeleton
  private let words: BoneWords
  /// The parts of the body that words in the nodes' names suggest.
  private let labels: [Int: WordMatch.Label]
  private var nodes: [JointName: Int]

  /// Returns a repaired map.
  static func repaired(_ map: BoneMap, _ skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap {
    var repair = BoneMapRepair(skeleton: skeleton, words: naming.words, nodes: map.nodes)
    repair.addExtremities()
    repair.correctExtremities()
    repair.addHead()
    repair.addHips()
    repair.addTrunk()
    repair.addNeck()
    repair.dealFingers()
    var repaired = map
    repaired.nodes = skeleton.consistent(repair.nodes)
    return repaired
  }

  private init(skeleton: Skeleton, words: BoneWords, nodes: [JointName: Int]) {
    (self.skeleton, self.words, self.nodes) = (skeleton, words, nodes)
    labels = WordMatch(skeleton, words).labels
  }

  private func nodes(of joints: [JointName]) -> [Int] { joints.compactMap { nodes[$0] } }

  private func isFree(_ node: Int) -> Bool { !nodes.values.contains(node) }

  // MARK: Ends

  /// Uses the unnamed end of a forearm or shin as the missing hand or foot.
  private mutating func addExtremities() {
    for side in Side.both {
      for (kind, above) in [(JointKind.hand, JointKind.lowerArm), (.foot, .lowerLeg)] {
        let joint = JointName(kind, side)
        guard nodes[joint] == nil, let parent = nodes[JointName(above, side)],
          let end = farthestChild(of: parent)
        else { continue }
        nodes[joint] = end
      }
    }
  }

  /// Returns the free child that is farthest from a node, if it is far enough for a limb's end.
  private func farthestChild(of node: Int) -> Int? {
    func distance(_ other: Int) -> Double {
      (skeleton.positions[other] - skeleton.positions[node]).length
    }
    let above = skeleton.model.nodes[node].parent
    guard above >= 0 else { return nil }
    // If several are equally far, the first.
    return skeleton.children[node].filter { isFree($0) && distance($0) > 0.4 * distance(above) }
      .reversed().max { distance($0) < 0.999 * distance($1) }
  }

  /// Finds ankles and wrists between the shin or forearm and a bone further down that is named foot
  /// or hand: `wrist` before `hand`, or an ankle bone before one at the ball.
  private mutating func correctExtremities() {
    for side in Side.both {
      for (kind, above) in [(JointKind.hand, JointKind.lowerArm), (.foot, .lowerLeg)] {
        let joint = JointName(kind, side)
        guard let end = nodes[joint], let start = nodes[JointName(above, side)],
          let earlier = earlierEnd(kind, from: start, to: end)
        else { continue }
        nodes[joint] = earlier
        if kind == .foot, nodes[JointName(.toes, side)] == nil {
          nodes[JointName(.toes, side)] = end
        }
      }
    }
  }

  /// Returns the first bone between a shin or forearm and its end that is the actual end: by its
  /// name, or at the ankle by its skin, if it has any. A bone on the straight line between the two
  /// is part of the shin.
  private func earlierEnd(_ kind: JointKind, from start: Int, to end: Int) -> Int? {
    let bone = skeleton.positions[end] - skeleton.positions[start]
    guard let way = bone.normalized else { return nil }
    return skeleton.path(from: start, to: end).dropLast().first { node in
      let offset = skeleton.positions[node] - skeleton.positions[start]
      let along = offset.dot(way) / bone.length
      let beyond = (skeleton.positions[end] - skeleton.positions[node]).length / bone.length
      // Twist bones are in between, and a bone in the position of the end is the same joint.
      guard isFree(node), along > Self.leastReach, beyond > Self.leastDistance else { return false }
      if labels[node]?.part == WordMatch.limbs[kind] { return true }
      let bears = skeleton.ownWeights[node] > 0 || skeleton.model.meshes.isEmpty
      return kind == .foot && bears
        && (offset - way * offset.dot(way)).length / bone.length > Self.leastBend
    }
  }

  /// The least share of the shin's or forearm's length at which its end can be, and the largest
  /// share at which two bones count as one joint.
  private static let (leastReach, leastDistance) = (0.6, 0.03)
  /// The least distance of the ankle from the line between the knee and the ball of the foot, as a
  /// share of its length.
  private static let leastBend = 0.08

  /// Uses the end of the neck as the missing head.
  private mutating func addHead() {
    guard nodes[.head] == nil, let neck = nodes[.neck],
      let end = skeleton.children[neck].filter(isFree).max(by: {
        (skeleton.weights[$0], skeleton.positions[$0].y)
          < (skeleton.weights[$1], skeleton.positions[$1].y)
      })
    else { return }
    nodes[.head] = end
  }

  // MARK: Trunk

  /// The node that carries legs and head: the hips, or a node above them.
  private var fork: Int? {
    let legs = nodes(of: [.leftUpperLeg, .rightUpperLeg])
    let top = nodes(of: [.neck, .head]).first
    guard legs.count == 2, let top else { return nil }
    return skeleton.commonAncestor(of: legs + [top])
  }

  /// Uses the node that carries both legs and the head as the hips, unless a name identifies them.
  /// If it is far from the legs, the body would turn about a point outside it, so a nearer node is
  /// used.
  private mutating func addHips() {
    guard let fork else { return }
    if nodes[.hips] == nil || !skeleton.members.contains(nodes[.hips] ?? -1) || hipsCarryOneLeg {
      for joint in [JointName.spine, .chest, .upperChest] where nodes[joint] == fork {
        for trunk in [JointName.spine, .chest, .upperChest] { nodes[trunk] = nil }
      }
      guard isFree(fork) else { return }
      nodes[.hips] = fork
    }
    guard let hips = nodes[.hips], let left = nodes[.leftUpperLeg],
      let right = nodes[.rightUpperLeg], let distance = HipsDistance(nodes, skeleton),
      skeleton.model.isBelow(left, hips), skeleton.model.isBelow(right, hips)
    else { return }
    guard !distance.isNear(hips), let shared = skeleton.commonAncestor(of: [left, right])
    else { return }
    let between = skeleton.path(from: hips, to: shared).filter {
      isFree($0) && distance.isNear($0)
    }
    if let nearest = between.first { nodes[.hips] = nearest }
  }

  /// Whether the assumed hips carry only one leg: then they are a hip joint.
  private var hipsCarryOneLeg: Bool {
    guard let hips = nodes[.hips] else { return false }
    let legs = nodes(of: [.leftUpperLeg, .rightUpperLeg])
    return legs.count == 2 && legs.count(where: { skeleton.model.isBelow($0, hips) }) == 1
  }

  /// Assigns spine, chest and upper chest along the chain from hips to neck if names leave out the
  /// spine or the chest although bones for them exist.
  private mutating func addTrunk() {
    guard let top = nodes(of: [.neck, .head]).first, let start = nodes[.hips].flatMap(trunkStart)
    else { return }
    let trunk: [JointName] = [.spine, .chest, .upperChest]
    var chain = skeleton.path(from: start, to: top).dropLast().filter { !isHelper($0) }
    // Arms can branch off below the neck: everything above them belongs to the neck.
    let arms = nodes(of: [.leftUpperArm, .rightUpperArm])
    if arms.count == 2, let carrier = skeleton.commonAncestor(of: arms + [top]),
      let at = chain.firstIndex(of: carrier)
    {
      chain = Array(chain[...at])
    }
    let others = nodes.filter { !trunk.contains($0.key) }.values
    chain.removeAll { others.contains($0) }
    let isShort = nodes[.spine] == nil || (nodes[.chest] == nil && chain.count >= 2)
    guard isShort, !chain.isEmpty else { return }
    for joint in trunk { nodes[joint] = nil }
    for (joint, node) in Self.dealtOut(chain) { nodes[joint] = node }
  }

  /// Returns the lowest node above the hips, or the hips themselves, that carries the head.
  private func trunkStart(_ hips: Int) -> Int? {
    guard let top = nodes(of: [.neck, .head]).first else { return nil }
    return skeleton.commonAncestor(of: [hips, top])
  }

  /// Returns the spine, chest and upper chest of a chain: its first, middle and last bone.
  static func dealtOut(_ chain: [Int]) -> [(JointName, Int)] {
    switch chain.count {
    case 0: []
    case 1: [(.spine, chain[0])]
    case 2: [(.spine, chain[0]), (.chest, chain[1])]
    default:
      [
        (.spine, chain[0]), (.chest, chain[(chain.count - 1) / 2]),
        (.upperChest, chain[chain.count - 1]),
      ]
    }
  }

  private mutating func addNeck() {
    guard nodes[.neck] == nil, let head = nodes[.head],
      let chest = nodes(of: [.upperChest, .chest, .spine]).first
    else { return }
    let arms = nodes(of: [.leftUpperArm, .rightUpperArm])
    let below = arms.count == 2 ? skeleton.commonAncestor(of: arms + [head]) : nil
    let start = below.flatMap { skeleton.model.isBelow($0, chest) ? $0 : nil } ?? chest
    let between = skeleton.path(from: start, to: head).dropLast()
    nodes[.neck] = between.first { isFree($0) && !isHelper($0) }
  }

  private func isHelper(_ node: Int) -> Bool {
    words.exclude(WordMatch.tokens(of: skeleton.model.nodes[node].name))
  }

  // MARK: Fingers

  /// Assigns a finger's joints along its bones if names do not begin at the first bone. If the
  /// first of four bones is in the palm, it is the metacarpal, so the joints move outward by one
  /// bone.
  private mutating func dealFingers() {
    for side in Side.both {
      guard let hand = nodes[JointName(.hand, side)] else { continue }
      for finger in Finger.allCases {
        let joints = finger.joints.map { JointName($0, side) }
        guard let known = nodes(of: joints).first else { continue }
        if nodes[joints[0]] == nil { deal(joints, along: chain(of: known, from: hand, joints)) }
        if finger != .thumb { shift(joints, hand) }
      }
    }
  }

  /// Returns the bones of a finger from the hand outward, up to the first that another finger uses.
  private func chain(of known: Int, from hand: Int, _ joints: [JointName]) -> [Int] {
    let own = Set(nodes(of: joints))
    func isOfFinger(_ node: Int) -> Bool { own.contains(node) || isFree(node) }
    var chain = skeleton.path(from: hand, to: known)
    while let last = chain.last, chain.count < joints.count,
      let next = skeleton.children[last].first(where: isOfFinger)
    {
      chain.append(next)
    }
    return chain.allSatisfy(isOfFinger) ? chain : []
  }

  private mutating func deal(_ joints: [JointName], along chain: [Int]) {
    guard !chain.isEmpty else { return }
    for joint in joints { nodes[joint] = nil }
    for (joint, node) in zip(joints, chain) { nodes[joint] = node }
  }

  private mutating func shift(_ joints: [JointName], _ hand: Int) {
    let bones = nodes(of: joints)
    guard bones.count == 3, let tip = skeleton.children[bones[2]].first(where: isFree),
      skeleton.model.nodes[bones[1]].parent == bones[0]
    else { return }
    let positions = ([hand] + bones).map { skeleton.positions[$0] }
    guard (positions[1] - positions[0]).length < 0.6 * (positions[2] - positions[1]).length else {
      return
    }
    deal(joints, along: [bones[1], bones[2], tip])
  }
}
