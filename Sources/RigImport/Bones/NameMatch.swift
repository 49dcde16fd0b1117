internal import PoseRig

/// Joints by the names of known schemes.
struct NameMatch {
  /// The worth of a joint, in tenths, and of one whose bone carries no skin, nor any below it.
  private static let (worth, worthOfBare) = (10, 3)

  /// The most bones of one name that are looked at.
  private static let mostNamesakes = 256

  private let skeleton: Skeleton
  private let naming: BoneNaming
  /// The nodes of each reading of a name, with its rank: full names come before shortened ones.
  private let nodes: [String: [(node: Int, rank: Int)]]
  /// What words in the names say of the nodes.
  private let labels: [Int: WordMatch.Label]
  private let labeled: Set<WordMatch.Label>

  /// Returns the map of the scheme that names most joints, with joints that only others name added;
  /// nil if no name is known.
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

  /// Returns the map of one scheme. Of several bones of one name that is taken which carries skin,
  /// and hangs on the joints that are known by then.
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

  /// Returns the nodes that a joint's names may mean, the likeliest first: those with skin on them or
  /// below, then in the order of the scheme's names, full names first, those with skin of their own
  /// first, parents before children.
  func candidates(_ entry: BoneScheme.Entry) -> [Int] {
    var ranked: [(node: Int, rank: [Int])] = []
    for (place, name) in entry.names.enumerated() {
      let readings = naming.readings[name] ?? []
      for (order, reading) in readings.enumerated() {
        for (node, rank) in nodes[reading] ?? [] {
          let (isBare, isEmpty) = (skeleton.weights[node] == 0, skeleton.ownWeights[node] == 0)
          ranked.append((node, [isBare ? 1 : 0, place, order, rank, isEmpty ? 1 : 0]))
        }
      }
    }
    // A sort that keeps the order of equals: parents come first.
    return ranked.enumerated().sorted { one, other in
      one.element.rank == other.element.rank
        ? one.offset < other.offset
        : one.element.rank.lexicographicallyPrecedes(other.element.rank)
    }
    .map(\.element.node)
  }

  /// Returns the worth of a map, a whole number: the sum must not depend on the order of joints.
  private func score(_ map: BoneMap) -> Int {
    map.nodes.reduce(0) { sum, entry in
      let times = BoneMap.required.contains(entry.key) ? 3 : 1
      let isBare = skeleton.weights[entry.value] == 0 && !skeleton.model.meshes.isEmpty
      if isContradicted(entry.key, entry.value) { return sum - times * Self.worth }
      return sum + times * (isBare ? Self.worthOfBare : Self.worth)
    }
  }

  /// Returns whether a node is a limb's joint in a scheme though its name says that it is another
  /// bone, while that of another node says that it is the joint: the model is of another scheme.
  private func isContradicted(_ joint: JointName, _ node: Int) -> Bool {
    guard let part = WordMatch.limbs[joint.kind], let label = labels[node], label.part != part
    else { return false }
    return labeled.contains(WordMatch.Label(side: joint.side, part: part))
  }
}
