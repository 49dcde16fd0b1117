internal import PoseRig

extension BoneMap {
  /// Swaps left and right if toes and other parts point backward for the assigned sides: names can
  /// be from the viewer's side, or the whole figure can be mirrored.
  mutating func checkSides(_ skeleton: Skeleton, isExplicit: Bool) {
    guard !skeleton.model.skins.isEmpty, BoneSides(nodes, skeleton)?.areExchanged ?? false
    else { return }
    let fault = "with left and right as its bones say, its toes point backward"
    guard !isExplicit else {
      warnings.append("\(fault); if it is seen from behind, swap them in the \"bones\" file")
      return
    }
    warnings.append(
      "\(fault); they were swapped (to keep them, say which is which with a "
        + "\"bones\" file: docs/models.md)")
    nodes = Dictionary(uniqueKeysWithValues: nodes.map { ($0.key.mirrored, $0.value) })
    followers = followers.mapValues(\.mirrored)
  }
}

/// The directions in which parts of a figure point, with forward determined by its left and right
/// bones.
private struct BoneSides {
  private let nodes: [JointName: Int]
  private let skeleton: Skeleton
  private let forward: Vector3

  init?(_ nodes: [JointName: Int], _ skeleton: Skeleton) {
    (self.nodes, self.skeleton) = (nodes, skeleton)
    func at(_ joint: JointName) -> Vector3? { nodes[joint].map { skeleton.positions[$0] } }
    guard let hips = at(.hips), let head = at(.head), let left = at(.leftUpperLeg),
      let right = at(.rightUpperLeg), let leftArm = at(.leftUpperArm),
      let rightArm = at(.rightUpperArm), let up = (head - hips).normalized,
      let forward = (left - right).cross(up).normalized,
      let armsForward = (leftArm - rightArm).cross(up).normalized,
      forward.dot(armsForward) > 0.7
    else { return nil }
    self.forward = forward
  }

  /// Whether both feet clearly point backward, and neither eyes nor thumbs forward.
  var areExchanged: Bool {
    let toes = Side.both.compactMap {
      way(from: JointName(.foot, $0), to: JointName(.toes, $0))
    }
    guard toes.count == 2, toes.allSatisfy({ $0 < -0.6 }) else { return false }
    let eyes = Side.both.compactMap { way(from: .head, to: JointName(.eye, $0)) }
    let thumbs = Side.both.compactMap {
      way(from: JointName(.littleProximal, $0), to: JointName(.thumbProximal, $0))
    }
    return (eyes + thumbs).allSatisfy { $0 < 0.3 }
  }

  /// Returns how far forward one joint is from another, as a share of their distance.
  private func way(from start: JointName, to end: JointName) -> Double? {
    guard let one = nodes[start], let other = nodes[end] else { return nil }
    return (skeleton.positions[other] - skeleton.positions[one]).normalized?.dot(forward)
  }
}
