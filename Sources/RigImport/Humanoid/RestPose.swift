internal import PoseRig

/// The positions of nodes when the surface is as it was bound. Poses are relative to them.
///
/// A file's default pose may be any pose. VRM files promise that it is the T-pose; in others the
/// skins' inverse bind matrices tell.
struct RestPose {
  /// The matrix from each node's frame to the file's world.
  var worldFromNode: [Matrix4]

  init(_ model: ForeignModel, bones: [JointName: Int]) {
    let defaults = NodePose(model).worldFromNode
    worldFromNode = defaults
    guard ![.vrm0, .vrm1, .vrmAnimation].contains(model.format) else { return }
    var bound = [Matrix4?](repeating: nil, count: model.nodes.count)
    for skin in model.skins {
      let binds = skin.inverseBinds.map(\.affineInverse)
      let placed = Self.placement(skin, binds, model, defaults, bones: bones, bound: bound)
      for (joint, bind) in zip(skin.joints, binds) where bound[joint] == nil {
        bound[joint] = bind.map { placed * $0 }
      }
    }
    for node in model.parentsFirst {
      if let matrix = bound[node] {
        worldFromNode[node] = matrix
      } else if model.nodes[node].parent >= 0 {
        // Below bound nodes the file's own offsets hold, above and beside them its default pose.
        worldFromNode[node] =
          worldFromNode[model.nodes[node].parent] * model.nodes[node].local.matrix
      }
    }
  }

  /// The rotation of each node in the file's world, without scale and mirroring.
  var rotations: [Quaternion] { worldFromNode.map(\.rotation) }

  /// Returns the position of a node in the file's world.
  func position(_ node: Int) -> Vector3 { worldFromNode[node].translation }

  /// Returns the matrix from a skin's binds to the file's world, which inverse binds do not say.
  ///
  /// A skin lies as another skin with one of its joints does; else as the file says, or as the frame
  /// above the skeleton does, where that leaves it upright; else so that its topmost joint stays
  /// put.
  private static func placement(
    _ skin: ForeignModel.Skin, _ binds: [Matrix4?], _ model: ForeignModel, _ defaults: [Matrix4],
    bones: [JointName: Int], bound: [Matrix4?]
  ) -> Matrix4 {
    let identity = NodeTransform.identity.matrix
    if let known = skin.joints.indices.first(where: { bound[skin.joints[$0]] != nil }),
      let matrix = bound[skin.joints[known]]
    {
      return matrix * skin.inverseBinds[known]
    }
    let slots = Dictionary(
      skin.joints.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let order = model.parentsFirst
    guard let top = order.first(where: { slots[$0] != nil }), let slot = slots[top] else {
      return identity
    }
    let above = model.nodes[top].parent
    func bind(_ joint: JointName) -> Vector3? {
      bones[joint].flatMap { slots[$0] }.flatMap { binds[$0]?.translation }
    }
    let (hips, head) = (bind(.hips), bind(.head) ?? bind(.neck) ?? bind(.spine))
    func fits(_ candidate: Matrix4, within share: Double) -> Bool {
      let sizes = binds[slot].map { (candidate * $0).scale / defaults[top].scale } ?? .zero
      return sizes.min() > 1 - share && sizes.max() < 1 + share
    }
    func stands(_ candidate: Matrix4) -> Bool? {
      guard let hips, let head else { return nil }
      let up = (candidate.apply(head) - candidate.apply(hips)).normalized ?? .zero
      return up.y > 0.8
    }
    if let said = skin.worldFromMesh, fits(said, within: 0.1), stands(said) ?? true { return said }
    for candidate in [above >= 0 ? defaults[above] : identity, identity]
    where stands(candidate) ?? false && fits(candidate, within: 0.01) {
      return candidate
    }
    return defaults[top] * skin.inverseBinds[slot]
  }
}
