internal import PoseRig

/// Bones with skin that stand where a joint does and are not the joint: what a rig copies a joint's
/// motion to, such as the second legs of MikuMikuDance.
enum BoneDoubles {
  /// How near a double lies to its joint, in heights of the skeleton.
  private static let nearness = 0.004

  /// Returns the joints that such bones follow.
  static func found(
    _ map: BoneMap, in skeleton: Skeleton, _ naming: BoneNaming
  ) -> [Int: JointName] {
    let joints = Dictionary(map.nodes.map { ($1, $0) }, uniquingKeysWith: { one, _ in one })
    let reach = nearness * skeleton.extent
    guard reach > 0 else { return [:] }
    func lies(_ node: Int, at joint: JointName) -> Bool {
      guard let own = map.nodes[joint] else { return false }
      return (skeleton.positions[node] - skeleton.positions[own]).length < reach
    }
    var found: [Int: JointName] = [:]
    for node in skeleton.members where joints[node] == nil && skeleton.weights[node] > 0 {
      let carrier = skeleton.ancestors(of: node).lazy.compactMap { joints[$0] ?? found[$0] }.first
      for (joint, next) in limbs where carrier.map({ $0.isAncestor(of: joint) }) ?? true {
        guard lies(node, at: joint) else { continue }
        // One place alone may be chance, or a helper at the elbow; two are a limb.
        let isLimb = skeleton.members.contains { below in
          below != node && skeleton.model.isBelow(below, node) && joints[below] == nil
            && lies(below, at: next)
        }
        let isEnd = carrier.map { found.values.contains($0) } ?? false
        if isLimb || (isEnd && carrier == joint.parent) { found[node] = joint }
      }
    }
    return found
  }

  /// Joints of limbs, each with the next one.
  private static let limbs: [(JointName, JointName)] = Side.both.flatMap { side in
    [
      (JointKind.upperLeg, JointKind.lowerLeg), (.lowerLeg, .foot), (.foot, .toes),
      (.upperArm, .lowerArm), (.lowerArm, .hand),
    ].map { (JointName($0, side), JointName($1, side)) }
  }
}
