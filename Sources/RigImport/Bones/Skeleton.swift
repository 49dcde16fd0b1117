internal import PoseRig

/// The nodes of a model that may be bones: names, parents and positions.
struct Skeleton {
  let model: ForeignModel
  /// The candidates, parents before children.
  let members: [Int]
  /// The position of each node at rest, in the file's world.
  let positions: [Vector3]
  /// The candidates below each node.
  let children: [[Int]]

  init(_ model: ForeignModel) {
    self.model = model
    positions = RestPose(model, bones: [:]).worldFromNode.map(\.translation)
    let skinned = Set(model.skins.flatMap(\.joints))
    // With skins, bones are their joints, nodes between these, and nodes that hang on them (ends);
    // else any node.
    let order = model.parentsFirst
    var isMember = [Bool](repeating: skinned.isEmpty, count: model.nodes.count)
    for node in skinned {
      var above = node
      while above >= 0, !isMember[above] {
        isMember[above] = true
        above = model.nodes[above].parent
      }
    }
    for node in order where model.nodes[node].parent >= 0 && isMember[model.nodes[node].parent] {
      isMember[node] = true
    }
    let showing = Set(model.meshes.map(\.node))
    members = order.filter { isMember[$0] && (skinned.contains($0) || !showing.contains($0)) }
    var children = [[Int]](repeating: [], count: model.nodes.count)
    for node in members where model.nodes[node].parent >= 0 {
      children[model.nodes[node].parent].append(node)
    }
    self.children = children
  }

  /// Returns whether arms are parallel to legs and both square to the back, wherever up is: a beast
  /// with a person's names.
  func standsOnFourLegs(_ nodes: [JointName: Int]) -> Bool {
    func way(_ from: JointName, _ to: JointName) -> Vector3 {
      guard let start = nodes[from], let end = nodes[to] else { return .zero }
      return positions[end] - positions[start]
    }
    let legs = way(.leftUpperLeg, .leftFoot) + way(.rightUpperLeg, .rightFoot)
    let arms = way(.leftUpperArm, .leftHand) + way(.rightUpperArm, .rightHand)
    guard let back = way(.hips, .head).normalized, let down = legs.normalized,
      let front = arms.normalized
    else { return false }
    return abs(back.dot(down)) < 0.6 && front.dot(down) > 0.8
  }

  /// Returns the joints of a map that hang on each other as VRM's do, or as near as programs come:
  /// Biped's thighs hang on the spine, its collar bones on the neck.
  func consistent(_ nodes: [JointName: Int]) -> [JointName: Int] {
    let joints = Dictionary(
      nodes.sorted { $0.key.index < $1.key.index }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first })
    return nodes.filter { joint, node in
      guard joints[node] == joint else { return false }
      var above = model.nodes[node].parent
      while above >= 0 {
        if let found = joints[above] { return found.mayCarry(joint) }
        above = model.nodes[above].parent
      }
      return true
    }
  }
}

extension JointName {
  fileprivate func mayCarry(_ other: JointName) -> Bool {
    if isAncestor(of: other) { return true }
    switch self {
    case .spine, .chest: return other.kind == .upperLeg
    case .neck: return [.shoulder, .upperArm].contains(other.kind)
    default: return false
    }
  }

  /// Returns whether another joint hangs on this one.
  func isAncestor(of other: JointName) -> Bool {
    var above = other.parent
    while let joint = above {
      if joint == self { return true }
      above = joint.parent
    }
    return false
  }
}
