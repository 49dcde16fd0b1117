internal import PoseRig

/// Joints by the names of known schemes.
enum NameMatch {
  /// How many readings of a node's name are looked at: with a copy number and a numbered prefix.
  private static let readingsPerName = 4

  /// Returns the map of the scheme that names most joints, with joints that only others name added;
  /// nil if no name is known.
  static func best(_ skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap? {
    let nodesByReading = self.nodesByReading(skeleton, naming)
    let maps = naming.schemes.map { scheme in
      var nodes: [JointName: Int] = [:]
      for (joint, name) in scheme.bones {
        for reading in BoneKey(name, prefixes: naming.prefixes).readings where nodes[joint] == nil {
          nodes[joint] = nodesByReading[reading]
        }
      }
      return BoneMap(nodes: skeleton.consistent(nodes), source: .names(scheme.name))
    }
    let ranked = maps.enumerated().sorted {
      (score($0.element), -$0.offset) > (score($1.element), -$1.offset)
    }
    .map(\.element)
    guard var best = ranked.first, !best.nodes.isEmpty else { return nil }
    for other in ranked.dropFirst() { best.add(other, in: skeleton) }
    return best
  }

  /// Returns the node of each reading. Full names come before shortened ones, parents before
  /// children.
  private static func nodesByReading(
    _ skeleton: Skeleton, _ naming: BoneNaming
  ) -> [String: Int] {
    let keys = skeleton.members.map { node in
      (node, BoneKey(skeleton.model.nodes[node].name, prefixes: naming.prefixes).readings)
    }
    var nodes: [String: Int] = [:]
    for rank in 0..<readingsPerName {
      for (node, readings) in keys where rank < readings.count && nodes[readings[rank]] == nil {
        nodes[readings[rank]] = node
      }
    }
    return nodes
  }

  private static func score(_ map: BoneMap) -> Int {
    map.nodes.keys.reduce(0) { $0 + (BoneMap.required.contains($1) ? 3 : 1) }
  }
}
