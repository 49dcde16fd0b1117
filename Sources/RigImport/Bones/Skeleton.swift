internal import PoseRig

/// The nodes of a model that can be bones: names, parents, positions, and the amount of skin they
/// carry.
struct Skeleton {
  let model: ForeignModel
  /// All nodes, parents before children.
  let order: [Int]
  /// The candidates, parents before children.
  private(set) var members: [Int]
  /// The position of each node at rest, in the file's world.
  let positions: [Vector3]
  /// The candidates below each node.
  private(set) var children: [[Int]]
  /// The total weight of vertices that each node itself carries.
  let ownWeights: [Double]
  /// The total weight of vertices that each node and everything below it carry.
  let weights: [Double]

  init(_ model: ForeignModel) {
    self.model = model
    positions = RestPose(model, bones: [:]).worldFromNode.map(\.translation)
    order = model.parentsFirst
    ownWeights = Self.ownWeights(model)
    var weights = ownWeights
    for node in order.reversed() where model.nodes[node].parent >= 0 {
      weights[model.nodes[node].parent] += weights[node]
    }
    self.weights = weights
    let skinned = Set(model.skins.flatMap(\.joints))
    // With skins, bones are the skins' joints, the nodes between them, and the nodes below them
    // (ends); without skins, any node.
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
    var showing = Set(model.meshes.map(\.node))
    if skinned.isEmpty {
      // In figures of rigid parts, bones often show the parts themselves; a leaf below a bone that
      // shows nothing is that bone's surface.
      let parents = Set(model.nodes.map(\.parent))
      showing = showing.filter { node in
        let parent = model.nodes[node].parent
        return !parents.contains(node) && parent >= 0 && !showing.contains(parent)
      }
    }
    members = order.filter { isMember[$0] && (skinned.contains($0) || !showing.contains($0)) }
    children = Self.children(of: members, model)
  }

  private static func children(of members: [Int], _ model: ForeignModel) -> [[Int]] {
    var children = [[Int]](repeating: [], count: model.nodes.count)
    for node in members where model.nodes[node].parent >= 0 {
      children[model.nodes[node].parent].append(node)
    }
    return children
  }

  private static func ownWeights(_ model: ForeignModel) -> [Double] {
    var weights = [Double](repeating: 0, count: model.nodes.count)
    for mesh in model.meshes {
      guard let skin = mesh.skin.map({ model.skins[$0] }) else {
        weights[mesh.node] += Double(mesh.positions.count)
        continue
      }
      var bySlot = [Double](repeating: 0, count: skin.joints.count)
      for (slot, weight) in zip(mesh.joints, mesh.weights) { bySlot[Int(slot)] += Double(weight) }
      for (joint, weight) in zip(skin.joints, bySlot) { weights[joint] += weight }
    }
    return weights
  }

  // MARK: Parts

  /// Returns the skeleton of only those candidates that satisfy a condition.
  func limited(where isWanted: (Int) -> Bool) -> Skeleton {
    var part = self
    part.members = members.filter(isWanted)
    part.children = Self.children(of: part.members, model)
    return part
  }

  /// The skeleton of the bones that carry skin, or have such bones below; nil if no bone or every
  /// bone carries skin. It leaves out controls, IK bones and doubles of other bones.
  var carrying: Skeleton? {
    let part = limited { weights[$0] > 0 }
    return part.members.isEmpty || part.members.count == members.count ? nil : part
  }

  /// The height from the lowest candidate to the highest.
  var extent: Double {
    let heights = members.map { positions[$0].y }
    return (heights.max() ?? 0) - (heights.min() ?? 0)
  }

  /// Returns the nodes above a node, the nearest first.
  func ancestors(of node: Int) -> some Sequence<Int> {
    let nodes = model.nodes
    return sequence(state: node) { state -> Int? in
      state = nodes[state].parent
      return state < 0 ? nil : state
    }
  }

  /// Returns the nearest node that contains all of some nodes, itself included; nil if there is no
  /// such node.
  func commonAncestor(of nodes: [Int]) -> Int? {
    guard let first = nodes.first else { return nil }
    let candidates = [first] + ancestors(of: first)
    return candidates.first { candidate in
      nodes.allSatisfy { model.isBelow($0, candidate) }
    }
  }

  /// Returns the nodes on the way from one node (exclusive) down to another (inclusive); empty if
  /// the second is not below the first.
  func path(from top: Int, to bottom: Int) -> [Int] {
    var path = [bottom]
    guard bottom != top else { return [] }
    for node in ancestors(of: bottom) {
      if node == top { return path.reversed() }
      path.append(node)
    }
    return []
  }

  /// Returns the joint of the nearest ancestor that has one, for each node.
  func carriers(_ joints: [Int: JointName]) -> [JointName?] {
    var carriers = [JointName?](repeating: nil, count: model.nodes.count)
    for node in order where model.nodes[node].parent >= 0 {
      let parent = model.nodes[node].parent
      carriers[node] = joints[parent] ?? carriers[parent]
    }
    return carriers
  }

  // MARK: Fitting together

  /// Returns whether arms are parallel to legs and both perpendicular to the back, whichever way is
  /// up: an animal with human bone names.
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

  /// Returns the joints of a map that are connected like VRM's, or as near as programs come:
  /// Biped's thighs are below the spine, its collarbones below the neck.
  func consistent(_ nodes: [JointName: Int]) -> [JointName: Int] {
    let joints = Dictionary(
      nodes.sorted { $0.key.index < $1.key.index }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first })
    return nodes.filter { joint, node in
      guard joints[node] == joint else { return false }
      return carrier(of: node, joints).map { $0.mayCarry(joint) } ?? true
    }
  }

  /// Returns the joint of the nearest ancestor that has one.
  func carrier(of node: Int, _ joints: [Int: JointName]) -> JointName? {
    for above in ancestors(of: node) {
      if let found = joints[above] { return found }
    }
    return nil
  }
}

extension JointName {
  /// Returns whether another joint can be below this one in some program's skeleton.
  func mayCarry(_ other: JointName) -> Bool {
    if isAncestor(of: other) { return true }
    switch self {
    case .spine, .chest: return other.kind == .upperLeg
    case .neck: return [.shoulder, .upperArm].contains(other.kind)
    default: return false
    }
  }

  /// Returns whether another joint is below this one.
  func isAncestor(of other: JointName) -> Bool {
    var above = other.parent
    while let joint = above {
      if joint == self { return true }
      above = joint.parent
    }
    return false
  }
}
