internal import PoseRig

/// The skeletons of a file that has more than one: several people, or clothes with their own
/// skeleton.
struct SkeletonParts {
  /// The selected skeleton.
  private(set) var main: Skeleton
  /// The topmost nodes of other people.
  private(set) var others: [Int] = []
  /// The nodes of joints in skeletons that coincide with the selected one, such as those of
  /// clothes.
  private(set) var doubles: [[JointName: Int]] = []

  /// The number of required joints, of fifteen, that identify a skeleton by their names.
  private static let enough = 12
  /// The number of skeletons up to which each is examined: more are a crowd.
  private static let mostLookedAt = 64
  /// The largest distance between a double's joints and the originals, as a share of the skeleton's
  /// height.
  private static let nearness = 0.03

  init(_ whole: Skeleton, _ naming: BoneNaming) {
    main = whole
    let tops = Self.tops(whole, naming)
    guard tops.count > 1,
      // The skeleton with the most skin; if equal, the first.
      let best = tops.enumerated().max(by: {
        (whole.weights[$0.element], -$0.offset) < (whole.weights[$1.element], -$1.offset)
      })?.element
    else { return }
    let rest = tops.filter { $0 != best }
    let isOther = whole.model.isBelow(anyOf: rest)
    main = whole.limited { !isOther[$0] }
    let taken = NameMatch.best(main, naming)?.nodes ?? [:]
    let rivals = rest.filter { whole.weights[$0] > 0 || whole.model.meshes.isEmpty }
    guard rivals.count <= Self.mostLookedAt else {
      others = rivals
      return
    }
    for top in rivals {
      let isPart = whole.model.isBelow(anyOf: [top])
      let part = whole.limited { isPart[$0] }
      let nodes = NameMatch.best(part, naming)?.nodes ?? [:]
      if Self.lies(nodes, on: taken, whole) { doubles.append(nodes) } else { others.append(top) }
    }
  }

  /// Returns sentences about the other skeletons.
  func warnings(_ model: ForeignModel) -> [String] {
    guard !others.isEmpty else { return [] }
    let shown = others.prefix(8).map { "\"\(model.nodes[$0].name)\"" }.joined(separator: ", ")
    let names = others.count > 8 ? "\(shown) and \(others.count - 8) more" : shown
    let count = others.count == 1 ? "two" : "\(others.count + 1)"
    return [
      "it contains \(count) skeletons; the one with the most skin was taken and the rest left out (\(names)); "
        + "to use another, export it alone"
    ]
  }

  /// Returns the lowest nodes that have enough of a person's joints on or below them, each by the
  /// names of a single scheme.
  private static func tops(_ skeleton: Skeleton, _ naming: BoneNaming) -> [Int] {
    var joints: [String: [(scheme: Int, bit: Int)]] = [:]
    for (index, scheme) in naming.schemes.enumerated() {
      for entry in scheme.bones {
        guard let bit = BoneMap.required.firstIndex(of: entry.joint) else { continue }
        for name in entry.names {
          for reading in naming.readings[name] ?? [] {
            joints[reading, default: []].append((index, bit))
          }
        }
      }
    }
    // The joints that each scheme finds on each node and below it, scheme by scheme.
    let count = naming.schemes.count
    var found = [UInt16](repeating: 0, count: skeleton.model.nodes.count * count)
    var hasTop = [Bool](repeating: false, count: found.count)
    var tops = [[Int]](repeating: [], count: count)
    for node in skeleton.members.reversed() {
      let name = skeleton.model.nodes[node].name
      for reading in BoneKey(name, prefixes: naming.prefixes).readings {
        for (scheme, bit) in joints[reading] ?? [] { found[node * count + scheme] |= 1 << bit }
      }
      let parent = skeleton.model.nodes[node].parent
      for scheme in 0..<count {
        let own = node * count + scheme
        if !hasTop[own], found[own].nonzeroBitCount >= enough {
          hasTop[own] = true
          tops[scheme].append(node)
        }
        guard parent >= 0 else { continue }
        found[parent * count + scheme] |= found[own]
        if hasTop[own] { hasTop[parent * count + scheme] = true }
      }
    }
    // A scheme with fewer tops misses some of the skeletons.
    return (tops.max { $0.count < $1.count } ?? []).reversed()
  }

  /// Returns whether the joints of one map coincide with those of another.
  private static func lies(
    _ nodes: [JointName: Int], on others: [JointName: Int], _ skeleton: Skeleton
  ) -> Bool {
    let distances = BoneMap.required.compactMap { joint -> Double? in
      guard let one = nodes[joint], let other = others[joint] else { return nil }
      return (skeleton.positions[one] - skeleton.positions[other]).length
    }
    guard !distances.isEmpty else { return false }
    let mean = distances.reduce(0, +) / Double(distances.count)
    return mean < nearness * skeleton.extent
  }
}

extension ForeignModel {
  /// Returns the model without the surfaces of some nodes and of everything below them.
  public func withoutSurfaces(below tops: [Int]) -> ForeignModel {
    guard !tops.isEmpty else { return self }
    let isBelow = isBelow(anyOf: tops)
    return keepingMeshes { mesh in
      guard let skin = mesh.skin.map({ skins[$0] }) else { return !isBelow[mesh.node] }
      return zip(mesh.joints, mesh.weights).contains { joint, weight in
        weight > 0 && !isBelow[skin.joints[Int(joint)]]
      }
    }
  }

  /// Returns the model with only those meshes that satisfy a condition.
  func keepingMeshes(where isWanted: (Mesh) -> Bool) -> ForeignModel {
    let kept = meshes.indices.filter { isWanted(meshes[$0]) }
    guard kept.count < meshes.count else { return self }
    let indices = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    var part = self
    part.meshes = kept.map { meshes[$0] }
    for index in part.expressions.indices {
      part.expressions[index].binds = expressions[index].binds.compactMap { bind in
        indices[bind.mesh].map { .init(mesh: $0, morph: bind.morph, weight: bind.weight) }
      }
    }
    return part
  }
}
