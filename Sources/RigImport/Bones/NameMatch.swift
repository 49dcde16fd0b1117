internal import PoseRig

/// Joints by the names of known schemes.
enum NameMatch {
  /// The scheme that names most of a skeleton, required joints counting more; nil if none names any. What it leaves out, another that
  /// agrees with it may add.
  static func best(_ skeleton: Skeleton) -> BoneMap? {
    var nodesByReading: [String: Int] = [:]
    for rank in 0..<4 {
      for node in skeleton.members {
        let readings = BoneKey(skeleton.model.nodes[node].name).readings
        if rank < readings.count, nodesByReading[readings[rank]] == nil {
          nodesByReading[readings[rank]] = node
        }
      }
    }
    let maps = BoneNames.schemes.map { scheme in
      var nodes: [JointName: Int] = [:]
      for (joint, name) in scheme.joints {
        for reading in BoneKey(name).readings where nodes[joint] == nil {
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

  private static func score(_ map: BoneMap) -> Int {
    map.nodes.keys.reduce(0) { $0 + (BoneMap.required.contains($1) ? 3 : 1) }
  }
}
