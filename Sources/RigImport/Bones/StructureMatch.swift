internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds joints by the skeleton's structure alone: two chains to the floor, one up, two to the
/// sides.
struct StructureMatch {
  private let skeleton: Skeleton
  private let reach: [Reach]
  /// The largest depth of the hierarchy below each node.
  private let depths: [Int]
  /// The horizontal axis along which the candidates extend farther: from side to side.
  private let widest: Vector3
  private let height: Double
  private let floor: Double

  /// The extent of a node and of everything below it.
  private struct Reach {
    var low: Double
    var high: Double
    var least: Vector3
    var most: Vector3
  }

  /// Returns the map; nil for a skeleton that is not built like a person.
  static func map(_ skeleton: Skeleton) -> BoneMap? {
    guard let match = StructureMatch(skeleton), let nodes = match.nodes() else { return nil }
    return BoneMap(nodes: skeleton.consistent(nodes), source: .structure)
  }

  private init?(_ skeleton: Skeleton) {
    self.skeleton = skeleton
    var reach = skeleton.positions.map { Reach(low: $0.y, high: $0.y, least: $0, most: $0) }
    var depths = [Int](repeating: 0, count: skeleton.positions.count)
    for node in skeleton.members.reversed() {
      for child in skeleton.children[node] {
        depths[node] = max(depths[node], depths[child] + 1)
        reach[node].low = min(reach[node].low, reach[child].low)
        reach[node].high = max(reach[node].high, reach[child].high)
        reach[node].least = pointwiseMin(reach[node].least, reach[child].least)
        reach[node].most = pointwiseMax(reach[node].most, reach[child].most)
      }
    }
    self.reach = reach
    self.depths = depths
    let width = skeleton.members.isEmpty ? .zero : Self.extent(skeleton.members, skeleton)
    widest = width.x >= width.z ? .unitX : .unitZ
    floor = skeleton.members.map { skeleton.positions[$0].y }.min() ?? 0
    height = (skeleton.members.map { skeleton.positions[$0].y }.max() ?? 0) - floor
    guard skeleton.members.count >= 12, height > 0 else { return nil }
  }

  private func nodes() -> [JointName: Int]? {
    // The lowest fork with two branches down to the floor carries the legs. The hips are that fork,
    // or the node above it that also carries the trunk.
    let forks = skeleton.members.filter { legs(of: $0).count == 2 }
    guard let fork = forks.last else { return nil }
    var hips = fork
    while trunk(of: hips, besides: fork) == nil {
      hips = skeleton.model.nodes[hips].parent
      if hips < 0 { return nil }
    }
    guard let trunkStart = trunk(of: hips, besides: fork) else { return nil }
    let up = chain(from: trunkStart) { reach[$0].high }
    let isUp = Set(up)
    guard let chest = up.last(where: { arms(of: $0, besides: isUp).count == 2 }),
      let at = up.firstIndex(of: chest)
    else { return nil }
    var nodes: [JointName: Int] = [.hips: hips]
    for (joint, node) in BoneMapRepair.dealtOut(Array(up[...at])) { nodes[joint] = node }
    let above = Array(up[(at + 1)...])
    guard !above.isEmpty else { return nil }
    let head = headIndex(above)
    nodes[.head] = above[head]
    if head > 0 { nodes[.neck] = above[0] }
    let left = leftwards(fork)
    addLimbs(
      legs(of: fork), [.upperLeg, .lowerLeg, .foot, .toes], left, into: &nodes, legChain)
    addLimbs(
      arms(of: chest, besides: isUp), [.shoulder, .upperArm, .lowerArm, .hand], left, into: &nodes,
      armChain)
    return nodes
  }

  private func addLimbs(
    _ starts: [Int], _ kinds: [JointKind], _ left: Vector3, into nodes: inout [JointName: Int],
    _ bones: (Int) -> [Int?]
  ) {
    let ordered = starts.sorted { lateral($0, left) > lateral($1, left) }
    for (side, start) in zip(Side.both, ordered) {
      for (kind, bone) in zip(kinds, bones(start)) {
        nodes[JointName(kind, side)] = bone
      }
    }
  }

  // MARK: Chains

  private func chain(from start: Int, by measure: (Int) -> Double) -> [Int] {
    var chain = [start]
    while let next = skeleton.children[chain[chain.count - 1]].max(by: { measure($0) < measure($1) }
    ) {
      chain.append(next)
    }
    return chain
  }

  /// Returns the two branches of a node that reach the floor, one on each side; of several on one
  /// side, the one with the most skin.
  private func legs(of node: Int) -> [Int] {
    let down = skeleton.children[node].filter {
      reach[$0].low < floor + 0.12 * height && reach[$0].high < floor + 0.75 * height
    }
    guard down.count >= 2 else { return [] }
    let starts = down.map { skeleton.positions[$0] }
    let spread = Self.extent(down, skeleton)
    let axis: Vector3 = spread.x >= spread.z ? .unitX : .unitZ
    let middle = starts.reduce(.zero, +).dot(axis) / Double(starts.count)
    let sides = [
      down.filter { skeleton.positions[$0].dot(axis) > middle },
      down.filter { skeleton.positions[$0].dot(axis) < middle },
    ]
    return sides.compactMap { side in
      side.enumerated().max {
        (skeleton.weights[$0.element], -$0.offset) < (skeleton.weights[$1.element], -$1.offset)
      }?.element
    }
  }

  private func trunk(of node: Int, besides fork: Int) -> Int? {
    skeleton.children[node].filter { reach[$0].high > floor + 0.8 * height }
      .max { reach[$0].high < reach[$1].high }
  }

  /// Returns the two branches of a node that extend farthest to each side.
  private func arms(of node: Int, besides up: Set<Int>) -> [Int] {
    let branches = skeleton.children[node].filter { child in
      !up.contains(child) && (reach[child].most - reach[child].least).length > 0.12 * height
        && reach[child].low > floor + 0.2 * height
    }
    let axis = widest
    let middle = skeleton.positions[node].dot(axis)
    func side(_ child: Int) -> Double {
      let far =
        abs(reach[child].most.dot(axis) - middle) > abs(reach[child].least.dot(axis) - middle)
      return (far ? reach[child].most : reach[child].least).dot(axis) - middle
    }
    // Of branches that extend equally far, the one with the most skin.
    func rank(_ child: Int, _ sign: Double) -> (Double, Double) {
      ((sign * side(child) / (0.02 * height)).rounded(), skeleton.weights[child])
    }
    guard let one = branches.max(by: { rank($0, 1) < rank($1, 1) }),
      let other = branches.max(by: { rank($0, -1) < rank($1, -1) }), one != other, side(one) > 0,
      side(other) < 0
    else { return [] }
    return [one, other]
  }

  private static func extent(_ nodes: [Int], _ skeleton: Skeleton) -> Vector3 {
    let points = nodes.map { skeleton.positions[$0] }
    return points.reduce(points[0], pointwiseMax) - points.reduce(points[0], pointwiseMin)
  }

  /// Returns thigh, shin, foot and toes; the knee is the joint nearest to halfway to the ankle.
  private func legChain(_ start: Int) -> [Int?] {
    let chain = distinct(chain(from: start) { -reach[$0].low })
    let points = chain.map { skeleton.positions[$0] }
    // The ankle is the last joint well above the floor, before the foot turns forward.
    let legHeight = points[0].y - floor
    let ankle = points.lastIndex { $0.y > floor + 0.06 * legHeight } ?? chain.count - 1
    let foot = max(min(ankle, chain.count - 1), min(2, chain.count - 1))
    let knee = middle(chain, from: 0, to: foot)
    return [
      chain[0], knee.map { chain[$0] }, chain[foot], foot + 1 < chain.count ? chain[foot + 1] : nil,
    ]
  }

  /// Returns the collarbone, upper arm, forearm and hand with the most human proportions.
  private func armChain(_ start: Int) -> [Int?] {
    let chain = distinct(
      chain(from: start) { (reach[$0].most - reach[$0].least).length + Double(depths[$0]) * 1e-6 })
    guard chain.count >= 3 else { return [nil, chain.first, nil, chain.last] }
    var lengths = [0.0]
    for (one, next) in zip(chain, chain.dropFirst()) {
      lengths.append(
        lengths[lengths.count - 1] + (skeleton.positions[next] - skeleton.positions[one]).length)
    }
    var best: (cost: Double, shoulder: Int, elbow: Int, hand: Int)?
    for shoulder in 0...min(1, chain.count - 3) {
      for elbow in (shoulder + 1)..<(chain.count - 1) {
        for hand in (elbow + 1)..<chain.count {
          let upper = lengths[elbow] - lengths[shoulder]
          let lower = lengths[hand] - lengths[elbow]
          let rest = (lengths[chain.count - 1] - lengths[hand]) / lower
          let partsFingers = skeleton.children[chain[hand]].count >= 3
          let cost =
            abs(log(upper / lower / 1.1)) + 3 * max(0, rest - 1) - (partsFingers ? 0.5 : 0)
            + (shoulder == 1 ? 0.05 : 0)
          if best.map({ cost < $0.cost }) ?? true { best = (cost, shoulder, elbow, hand) }
        }
      }
    }
    guard let best else { return [nil, chain.first, nil, chain.last] }
    return [
      best.shoulder > 0 ? chain[0] : nil, chain[best.shoulder], chain[best.elbow],
      chain[best.hand],
    ]
  }

  /// Returns a chain with one node per position: one that carries skin, otherwise the last.
  private func distinct(_ chain: [Int]) -> [Int] {
    var groups: [[Int]] = []
    for node in chain {
      if let last = groups.last?.last,
        (skeleton.positions[last] - skeleton.positions[node]).length < 0.002 * height
      {
        groups[groups.count - 1].append(node)
      } else {
        groups.append([node])
      }
    }
    return groups.compactMap { group in
      group.last { skeleton.ownWeights[$0] > 0 } ?? group.last
    }
  }

  /// Returns the index of the head among the nodes above the chest: the one with the most skin.
  /// Without skin it is the second, or the last but one of more than three, since ends are on top.
  private func headIndex(_ above: [Int]) -> Int {
    let weights = above.map { skeleton.ownWeights[$0] }
    let ranked = weights.indices.sorted { (weights[$0], -$0) > (weights[$1], -$1) }
    if ranked.count > 1, weights[ranked[0]] > 1.5 * weights[ranked[1]] { return ranked[0] }
    return above.count <= 3 ? min(1, above.count - 1) : above.count - 2
  }

  /// Returns the joint between two joints of a chain that is nearest to halfway.
  private func middle(_ chain: [Int], from start: Int, to end: Int) -> Int? {
    guard end - start >= 2 else { return nil }
    var lengths = [0.0]
    for index in (start + 1)...end {
      lengths.append(
        lengths[lengths.count - 1]
          + (skeleton.positions[chain[index]] - skeleton.positions[chain[index - 1]]).length)
    }
    let half = lengths[lengths.count - 1] / 2
    return ((start + 1)..<end).min {
      abs(lengths[$0 - start] - half) < abs(lengths[$1 - start] - half)
    }
  }

  // MARK: Sides

  /// Returns the direction of the character's left. Feet point forward; without feet, forward is
  /// +Z.
  private func leftwards(_ fork: Int) -> Vector3 {
    var forward = Vector3.zero
    for start in legs(of: fork) {
      let bones = legChain(start)
      if let foot = bones[2], let toes = bones[3] {
        forward += skeleton.positions[toes] - skeleton.positions[foot]
      }
    }
    forward.y = 0
    return Vector3.unitY.cross(forward.length > 0.02 * height ? forward : .unitZ)
  }

  private func lateral(_ node: Int, _ left: Vector3) -> Double {
    ((reach[node].most + reach[node].least) / 2).dot(left)
  }
}
