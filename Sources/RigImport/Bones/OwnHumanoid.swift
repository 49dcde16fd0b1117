internal import PoseRig

/// Checks a file's own humanoid against the requirements of its format.
extension BoneMap {
  /// Returns the map of a file's own humanoid with corrections: joints that are not below the bones
  /// that formats require are looked up by name, and the hips are at the legs.
  func hangingTogether(in skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap {
    var map = lookingForAstray(in: skeleton, naming)
    map.moveHipsToLegs(in: skeleton)
    return map
  }

  /// Returns the map of a file's own humanoid with missing required joints added, which some VRM
  /// files omit. Optional joints are omitted on purpose, except for those that are requested.
  func mended(
    in levels: [Skeleton], _ naming: BoneNaming, also joints: Set<JointName> = []
  ) -> BoneMap {
    var map = self
    for level in levels {
      for other in Self.attempts(level, naming) {
        map.add(other, in: level, only: Array(joints.union(Self.required)))
      }
    }
    return map
  }

  // MARK: Ancestry

  private func lookingForAstray(in skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap {
    let (astray, carriers) = astray(in: skeleton)
    guard !astray.isEmpty else { return self }
    let levels = [skeleton.carrying, skeleton].compactMap(\.self)
    // Either of a bone and the one that carries it can be wrong.
    for joints in [astray, astray.union(carriers)] {
      var map = self
      for joint in joints { map.nodes[joint] = nil }
      map = map.mended(in: levels, naming, also: joints)
      let isWhole = joints.allSatisfy { map.nodes[$0] != nil }
      guard isWhole, map.missing.isEmpty, map.astray(in: skeleton).joints.isEmpty else { continue }
      let moved = joints.filter { map.nodes[$0] != nodes[$0] }
      map.warnings.append(
        "its own humanoid's \(named(moved, skeleton)) \(Self.fault(moved)); it was found by name instead"
      )
      return map
    }
    var map = self
    map.warnings.append(
      "its own humanoid's \(named(astray, skeleton)) \(Self.fault(astray)), and no bone by that name "
        + "does; say which is which with a \"bones\" file (docs/models.md)")
    return map
  }

  /// Returns the joints that are not below any bone that can carry them, and the bones that carry
  /// them or should. Optional joints are included only if they carry the bone that they should be
  /// below.
  private func astray(
    in skeleton: Skeleton
  ) -> (joints: Set<JointName>, carriers: Set<JointName>) {
    let joints = joints
    var astray: Set<JointName> = []
    var carriers: Set<JointName> = []
    for (joint, node) in nodes where joint != .hips {
      let carrier = skeleton.carrier(of: node, joints)
      if carrier?.mayCarry(joint) ?? false { continue }
      let isReversed = carrier.map { joint.isAncestor(of: $0) } ?? false
      guard isReversed || Self.required.contains(joint) else { continue }
      astray.insert(joint)
      if let above = carrier ?? nearestAbove(joint) { carriers.insert(above) }
    }
    return (astray, carriers)
  }

  /// Returns the nearest joint above another one that has a node.
  private func nearestAbove(_ joint: JointName) -> JointName? {
    var above = joint.parent
    while let candidate = above, nodes[candidate] == nil { above = candidate.parent }
    return above
  }

  private func named(_ joints: Set<JointName>, _ skeleton: Skeleton) -> String {
    joints.sorted { $0.index < $1.index }.map { joint in
      "\(joint.rawValue) (\"\(nodes[joint].map { skeleton.model.nodes[$0].name } ?? "")\")"
    }.joined(separator: ", ")
  }

  private static func fault(_ joints: Set<JointName>) -> String {
    "\(joints.count == 1 ? "does" : "do") not hang on the bone before"
  }

  // MARK: Hips

  /// Uses the bone at the legs that carries them and the spine as the hips if the node that the
  /// file names is far away, such as an armature's node on the floor: rotations of the hips would
  /// swing the figure about it.
  private mutating func moveHipsToLegs(in skeleton: Skeleton) {
    guard let hips = nodes[.hips], let spine = nodes[.spine], let left = nodes[.leftUpperLeg],
      let right = nodes[.rightUpperLeg], let distance = HipsDistance(nodes, skeleton),
      distance.isFar(hips), let shared = skeleton.commonAncestor(of: [left, right, spine]),
      let nearer = skeleton.path(from: hips, to: shared).first(where: { node in
        !nodes.values.contains(node) && distance.isNear(node)
      })
    else { return }
    warnings.append(
      "its own humanoid's hips (\"\(skeleton.model.nodes[hips].name)\") are far from its legs; "
        + "\"\(skeleton.model.nodes[nearer].name)\", which carries them, was taken instead")
    nodes[.hips] = nearer
  }
}

/// The distances of nodes from the midpoint between the upper legs.
struct HipsDistance {
  private let skeleton: Skeleton
  private let middle: Vector3
  private let thigh: Double

  /// Measures distances relative to the legs of a map; nil for a map without legs.
  init?(_ nodes: [JointName: Int], _ skeleton: Skeleton) {
    guard let left = nodes[.leftUpperLeg], let right = nodes[.rightUpperLeg],
      let knee = nodes[.leftLowerLeg]
    else { return nil }
    self.skeleton = skeleton
    middle = (skeleton.positions[left] + skeleton.positions[right]) / 2
    thigh = (skeleton.positions[left] - skeleton.positions[knee]).length
    guard thigh > 0 else { return nil }
  }

  /// Returns the distance in lengths of a thigh.
  func thighs(to node: Int) -> Double { (skeleton.positions[node] - middle).length / thigh }

  /// Returns whether the distance is plausible for hips.
  func isNear(_ node: Int) -> Bool { thighs(to: node) < 0.4 }

  /// Returns whether the distance is impossible for hips.
  func isFar(_ node: Int) -> Bool { thighs(to: node) > 0.8 }
}
