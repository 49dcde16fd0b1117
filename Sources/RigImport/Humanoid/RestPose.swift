internal import PoseRig

/// The positions of nodes when the surface was bound. Poses are relative to them.
///
/// A file's default pose can be any pose. VRM files guarantee that it is the T-pose; in others, the
/// skins' inverse bind matrices determine the rest, unless they are trivial.
struct RestPose {
  /// The matrix from each node's frame to the file's world.
  var worldFromNode: [Matrix4]

  init(_ model: ForeignModel, bones: [JointName: Int]) {
    let defaults = NodePose(model).worldFromNode
    worldFromNode = defaults
    guard ![.vrm0, .vrm1, .vrmAnimation].contains(model.format) else { return }
    let order = model.parentsFirst
    let bound = Self.bound(model, bones, defaults, order)
    for node in order {
      if let matrix = bound[node] {
        worldFromNode[node] = matrix
      } else if model.nodes[node].parent >= 0 {
        // Below bound nodes, use the file's own offsets; above and beside them, its default pose.
        worldFromNode[node] =
          worldFromNode[model.nodes[node].parent] * model.nodes[node].local.matrix
      }
    }
  }

  /// The largest number of rounds in which skins are placed relative to others.
  private static let mostRounds = 8

  /// Returns the matrices of the nodes that skins bind.
  ///
  /// Skins that show which way is up are placed first, then those that share joints with them: a
  /// skin of only a head does not show how the body stands.
  private static func bound(
    _ model: ForeignModel, _ bones: [JointName: Int], _ defaults: [Matrix4], _ order: [Int]
  ) -> [Matrix4?] {
    var bound = [Matrix4?](repeating: nil, count: model.nodes.count)
    var ranks = [Int](repeating: 0, count: model.nodes.count)
    for (rank, node) in order.enumerated() { ranks[node] = rank }
    func place(_ skin: ForeignModel.Skin) {
      let bind = SkinBind(skin, model, defaults, ranks)
      guard !bind.isUninformative else { return }
      let placed = bind.placement(bones: bones, bound: bound)
      for (joint, matrix) in zip(skin.joints, bind.binds) where bound[joint] == nil {
        bound[joint] = matrix.map { placed * $0 }
      }
    }
    let tops = [JointName.head, .neck, .spine].compactMap { bones[$0] }
    func showsUp(_ skin: ForeignModel.Skin) -> Bool {
      bones[.hips].map(skin.joints.contains) ?? false && tops.contains(where: skin.joints.contains)
    }
    model.skins.filter(showsUp).forEach(place)
    var rest = model.skins.filter { !showsUp($0) }
    for _ in 0..<mostRounds {
      var apart: [ForeignModel.Skin] = []
      for skin in rest {
        if skin.joints.contains(where: { bound[$0] != nil }) {
          place(skin)
        } else {
          apart.append(skin)
        }
      }
      if apart.count == rest.count { break }
      rest = apart
    }
    rest.forEach(place)
    return bound
  }

  /// Creates a rest with all of a model's rotations at zero.
  init(zeroOf model: ForeignModel) {
    var zero = model
    for index in zero.nodes.indices { zero.nodes[index].local.rotation = .identity }
    worldFromNode = NodePose(zero).worldFromNode
  }

  /// Creates a rest from a moment of a clip.
  init(_ moment: NodePose) { worldFromNode = moment.worldFromNode }

  /// The rotation of each node in the file's world, without scale and mirroring.
  var rotations: [Quaternion] { worldFromNode.map(\.rotation) }

  /// Returns the position of a node in the file's world.
  func position(_ node: Int) -> Vector3 { worldFromNode[node].translation }
}

/// The pose in which a skin was bound, as far as its inverse bind matrices determine it.
private struct SkinBind {
  private let skin: ForeignModel.Skin
  private let model: ForeignModel
  private let defaults: [Matrix4]
  /// The matrix from each joint's frame to the skin's own space; nil for a singular one.
  let binds: [Matrix4?]
  private let slots: [Int: Int]
  /// The index of each node in an order with parents before children.
  private let ranks: [Int]

  init(
    _ skin: ForeignModel.Skin, _ model: ForeignModel, _ defaults: [Matrix4], _ ranks: [Int]
  ) {
    self.ranks = ranks
    self.skin = skin
    self.model = model
    self.defaults = defaults
    binds = skin.inverseBinds.map(\.affineInverse)
    slots = Dictionary(
      skin.joints.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether all joints are bound in one position although their nodes differ, as without inverse
  /// binds: then vertices are in their joints' own spaces, and the rest is the nodes' default pose.
  var isUninformative: Bool {
    guard let first = skin.inverseBinds.first, skin.joints.count > 1 else { return false }
    let spread = skin.joints.map {
      (defaults[$0].translation - defaults[skin.joints[0]].translation).length
    }
    guard let widest = spread.max(), widest > 0 else { return false }
    return skin.inverseBinds.allSatisfy { $0.distance(to: first) < 1e-6 }
  }

  /// Returns the matrix from the skin's own space to the file's world, which inverse binds do not
  /// determine.
  ///
  /// It is that of another skin with a shared joint; otherwise the one that the file states, the
  /// frame above the skeleton, or the identity, if that leaves the skin upright; otherwise the one
  /// that keeps its topmost joint in place. Its scale makes bones as long as between nodes, since
  /// quantized meshes are bound in spaces of another scale.
  func placement(bones: [JointName: Int], bound: [Matrix4?]) -> Matrix4 {
    if let known = skin.joints.indices.first(where: { bound[skin.joints[$0]] != nil }),
      let matrix = bound[skin.joints[known]]
    {
      return matrix * skin.inverseBinds[known]
    }
    let identity = NodeTransform.identity.matrix
    guard let top = skin.joints.min(by: { ranks[$0] < ranks[$1] }), let slot = slots[top]
    else { return identity }
    let stays = defaults[top] * skin.inverseBinds[slot]
    let above = model.nodes[top].parent
    let stated = skin.worldFromMesh
    let (hips, head) = (
      place(.hips, bones),
      place(.head, bones) ?? place(.neck, bones) ?? place(.spine, bones)
    )
    func fits(_ candidate: Matrix4, within share: Double) -> Bool {
      let sizes = binds[slot].map { (candidate * $0).scale / defaults[top].scale } ?? .zero
      return sizes.min() > 1 - share && sizes.max() < 1 + share
    }
    func stands(_ candidate: Matrix4) -> Bool? {
      guard let hips, let head else { return nil }
      let up = (candidate.apply(head) - candidate.apply(hips)).normalized ?? .zero
      return up.y > 0.8
    }
    if let stated, fits(stated, within: 0.1), stands(stated) ?? true { return stated }
    let candidates = [stated, above >= 0 ? defaults[above] : identity, identity]
    for candidate in candidates.compactMap(\.self) where stands(candidate) ?? false {
      if fits(candidate, within: 0.01) { return candidate }
      if let sized = sized(candidate, at: slot, stays: defaults[top].translation) { return sized }
    }
    return stays
  }

  /// Returns a placement with the rotation of another one that makes bones as long as between nodes
  /// and keeps the topmost joint in position.
  private func sized(_ candidate: Matrix4, at slot: Int, stays point: Vector3) -> Matrix4? {
    guard let factor = lengthening, let bind = binds[slot] else { return nil }
    let scale = NodeTransform(
      translation: .zero, rotation: .identity, scale: Vector3(repeating: factor))
    let turned =
      Matrix4(Transform(rotation: candidate.rotation, translation: .zero)) * scale.matrix
    let shift = point - (turned * bind).translation
    return Matrix4(Transform(rotation: .identity, translation: shift)) * turned
  }

  private func place(_ joint: JointName, _ bones: [JointName: Int]) -> Vector3? {
    bones[joint].flatMap { slots[$0] }.flatMap { binds[$0]?.translation }
  }

  /// The ratio of bone lengths between nodes to those between binds: the median.
  private var lengthening: Double? {
    let ratios = skin.joints.indices.compactMap { slot -> Double? in
      let node = skin.joints[slot]
      let parent = model.nodes[node].parent
      guard parent >= 0, let above = slots[parent], let own = binds[slot]?.translation,
        let other = binds[above]?.translation
      else { return nil }
      let (there, here) = (
        (own - other).length, (defaults[node].translation - defaults[parent].translation).length
      )
      return there > 1e-9 && here > 1e-9 ? here / there : nil
    }.sorted()
    return ratios.isEmpty ? nil : ratios[ratios.count / 2]
  }
}

extension Matrix4 {
  /// Returns the largest difference between any two components of the matrices.
  fileprivate func distance(to other: Matrix4) -> Double {
    let (a, b) = (columns, other.columns)
    return [a.0 - b.0, a.1 - b.1, a.2 - b.2, a.3 - b.3].reduce(0) { most, column in
      (0..<4).reduce(most) { max($0, abs(column[$1])) }
    }
  }
}
