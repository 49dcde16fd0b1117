internal import PoseRig

/// Finds skinned bones in the position of a joint that are not the joint itself: a rig copies the
/// joint's motion to them, such as the second legs of MikuMikuDance.
enum BoneDoubles {
  /// The largest distance of a double from its joint, as a share of the skeleton's height.
  private static let nearness = 0.004

  /// Returns the joints that such bones follow.
  static func found(_ map: BoneMap, in skeleton: Skeleton) -> [Int: JointName] {
    let joints = map.joints
    let reach = nearness * skeleton.extent
    guard reach > 0 else { return [:] }
    func lies(_ node: Int, at joint: JointName) -> Bool {
      guard let own = map.nodes[joint] else { return false }
      return (skeleton.positions[node] - skeleton.positions[own]).length < reach
    }
    let nodes = skeleton.model.nodes
    // The joints at which other bones below a node are positioned.
    var below = [Set<JointName>?](repeating: nil, count: nodes.count)
    var isMember = [Bool](repeating: false, count: nodes.count)
    for node in skeleton.members { isMember[node] = true }
    let nexts = Set(limbs.map(\.1))
    for node in skeleton.order.reversed() where nodes[node].parent >= 0 {
      var standing = below[node] ?? []
      if isMember[node], joints[node] == nil {
        standing.formUnion(nexts.filter { lies(node, at: $0) })
      }
      guard !standing.isEmpty else { continue }
      below[nodes[node].parent] = (below[nodes[node].parent] ?? []).union(standing)
    }
    var found: [Int: JointName] = [:]
    var doubled: Set<JointName> = []
    var carriers = [JointName?](repeating: nil, count: nodes.count)
    for node in skeleton.order {
      if case let parent = nodes[node].parent, parent >= 0 {
        carriers[node] = joints[parent] ?? found[parent] ?? carriers[parent]
      }
      guard isMember[node], joints[node] == nil, skeleton.weights[node] > 0 else { continue }
      let carrier = carriers[node]
      for (joint, next) in limbs where carrier.map({ $0.isAncestor(of: joint) }) ?? true {
        guard lies(node, at: joint) else { continue }
        // A single match can be chance, or a helper at the elbow; two are a limb.
        let isLimb = below[node]?.contains(next) ?? false
        let isEnd = carrier.map(doubled.contains) ?? false
        guard isLimb || (isEnd && carrier == joint.parent) else { continue }
        found[node] = joint
        doubled.insert(joint)
      }
    }
    return found
  }

  /// The joints of limbs, each with the next joint.
  private static let limbs: [(JointName, JointName)] = Side.both.flatMap { side in
    [
      (JointKind.upperLeg, JointKind.lowerLeg), (.lowerLeg, .foot), (.foot, .toes),
      (.upperArm, .lowerArm), (.lowerArm, .hand),
    ].map { (JointName($0, side), JointName($1, side)) }
  }
}
