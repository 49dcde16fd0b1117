internal import PoseRig

/// Finds joints by the names of known schemes.
struct NameMatch {
  /// The weights of a joint, in tenths: with skin on its bone or below it, and without.
  private static let (worth, worthOfBare) = (10, 3)

  /// The largest number of bones with one name to try.
  private static let mostNamesakes = 256

  private let skeleton: Skeleton
  private let naming: BoneNaming
  /// The nodes of each reading of a name, with its rank: full names come before shortened ones.
  private let nodes: [String: [(node: Int, rank: Int)]]
  /// The parts of the body that words in the nodes' names suggest.
  private let labels: [Int: WordMatch.Label]
  private let labeled: Set<WordMatch.Label>

  /// Returns the map of the scheme that names most joints, completed with joints that only other
  /// schemes name; nil if no name is known.
  static func best(_ skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap? {
    let match = NameMatch(skeleton, naming)
    let ranked = naming.schemes.map(match.map).enumerated().sorted {
      (match.score($0.element), -$0.offset) > (match.score($1.element), -$1.offset)
    }
    .map(\.element)
    guard var best = ranked.first, !best.nodes.isEmpty else { return nil }
    for other in ranked.dropFirst() { best.add(other, in: skeleton) }
    return best
  }

  init(_ skeleton: Skeleton, _ naming: BoneNaming) {
    self.skeleton = skeleton
    self.naming = naming
    var nodes: [String: [(node: Int, rank: Int)]] = [:]
    for node in skeleton.members {
      let readings = BoneKey(skeleton.model.nodes[node].name, prefixes: naming.prefixes).readings
      for (rank, reading) in readings.enumerated() {
        nodes[reading, default: []].append((node, rank))
      }
    }
    for (reading, list) in nodes where list.count > Self.mostNamesakes {
      let bearing = list.filter { skeleton.weights[$0.node] > 0 }
      nodes[reading] = Array((bearing.isEmpty ? list : bearing).prefix(Self.mostNamesakes))
    }
    self.nodes = nodes
    labels = WordMatch(skeleton, naming.words).labels
    labeled = Set(labels.values)
  }

  /// Returns the map of one scheme. Of several bones with one name, chooses the one that has skin
  /// and is connected to the joints found so far.
  func map(_ scheme: BoneScheme) -> BoneMap {
    var found: [JointName: Int] = [:]
    var joints: [Int: JointName] = [:]
    for entry in scheme.bones {
      let fitting = candidates(entry).first { node in
        joints[node] == nil
          && (skeleton.carrier(of: node, joints).map { $0.mayCarry(entry.joint) } ?? true)
      }
      guard let node = fitting else { continue }
      found[entry.joint] = node
      joints[node] = entry.joint
    }
    return BoneMap(nodes: skeleton.consistent(found), source: .names(scheme.name))
  }

  /// Returns the nodes that a joint's names can refer to, the most likely first: those with skin on
  /// them or below come first, then the order of the scheme's names decides, then full names, then
  /// skin on the node itself, then parents before children.
  func candidates(_ entry: BoneScheme.Entry) -> [Int] {
    var ranked: [(node: Int, rank: [Int])] = []
    for (index, name) in entry.names.enumerated() {
      let readings = naming.readings[name] ?? []
      for (order, reading) in readings.enumerated() {
        for (node, rank) in nodes[reading] ?? [] {
          let (isBare, isEmpty) = (skeleton.weights[node] == 0, skeleton.ownWeights[node] == 0)
          ranked.append((node, [isBare ? 1 : 0, index, order, rank, isEmpty ? 1 : 0]))
        }
      }
    }
    // Sort stably, so that parents come first.
    return ranked.enumerated().sorted { one, other in
      one.element.rank == other.element.rank
        ? one.offset < other.offset
        : one.element.rank.lexicographicallyPrecedes(other.element.rank)
    }
    .map(\.element.node)
  }

  /// Returns the score of a map, as a whole number: the sum must not depend on the order of joints.
  private func score(_ map: BoneMap) -> Int {
    map.nodes.reduce(0) { sum, entry in
      let times = BoneMap.required.contains(entry.key) ? 3 : 1
      let isBare = skeleton.weights[entry.value] == 0 && !skeleton.model.meshes.isEmpty
      if isContradicted(entry.key, entry.value) { return sum - times * Self.worth }
      return sum + times * (isBare ? Self.worthOfBare : Self.worth)
    }
  }

  /// Returns whether a scheme assigns a limb's joint to a node with a name that suggests another
  /// bone, while another node's name suggests that joint: then the model uses another scheme.
  private func isContradicted(_ joint: JointName, _ node: Int) -> Bool {
    guard let part = WordMatch.limbs[joint.kind], let label = labels[node], label.part != part
    else { return false }
    return labeled.contains(WordMatch.Label(side: joint.side, part: part))
  }
}
