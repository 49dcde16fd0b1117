internal import PoseRig

extension ForeignModel {
  /// The largest number of bones of all meshes together: a body numbers them in 16 bits.
  static let maximumBones = 1 << 16

  /// The number of bones in a body of all meshes; a mesh without a skin needs one bone.
  var boneCount: Int {
    meshes.reduce(0) { $0 + ($1.skin.map { skins[$0].joints.count } ?? 1) }
  }

  /// The largest number of nodes, and the largest depth of their hierarchy: hair and ropes have a
  /// few hundred.
  static let (maximumNodes, maximumDepth) = (100_000, 1_000)
  /// The largest number of joints in all skins together.
  static let maximumJoints = 1 << 20

  /// The property in which the model exceeds any character; nil for a model of a sensible size.
  ///
  /// The search for bones walks from nodes to their roots: with these limits it ends soon for any
  /// file.
  var excess: String? {
    if nodes.count > Self.maximumNodes {
      return "it has \(nodes.count) nodes; posemap accepts at most \(Self.maximumNodes)"
    }
    if let deepest = depths.max(), deepest >= Self.maximumDepth {
      return
        "its nodes are nested \(deepest + 1) deep; posemap accepts at most \(Self.maximumDepth)"
    }
    let joints = skins.reduce(0) { $0 + $1.joints.count }
    if joints > Self.maximumJoints {
      return "its skins name \(joints) joints; posemap accepts at most \(Self.maximumJoints)"
    }
    if boneCount > Self.maximumBones {
      return
        "its meshes are bound to \(boneCount) bones; posemap accepts at most \(Self.maximumBones)"
    }
    return nil
  }

  /// The first fault of the model; nil for a valid one. Everything that readers and pipes return is
  /// checked.
  public var fault: String? {
    nodeFault ?? meshes.indices.lazy.compactMap(meshFault).first ?? partFault
      ?? clips.indices.lazy.compactMap(clipFault).first
  }

  private var nodeFault: String? {
    for (index, node) in nodes.enumerated() {
      guard node.parent == -1 || nodes.indices.contains(node.parent) else {
        return "node \(index) has a parent that does not exist"
      }
      let t = node.local
      let numbers = [t.translation.sum(), t.scale.sum(), t.rotation.components.sum()]
      guard numbers.allSatisfy(\.isFinite), isBounded(t.translation), isBounded(t.scale)
      else {
        return "node \(index) is placed by numbers that are out of bounds"
      }
    }
    // Nodes in a cycle cannot be reached from a root.
    var depth = [Bool](repeating: false, count: nodes.count)
    for node in parentsFirst {
      let parent = nodes[node].parent
      guard parent < 0 || depth[parent] else { return "node \(node) is its own ancestor" }
      depth[node] = true
    }
    return nil
  }

  private func meshFault(_ index: Int) -> String? {
    let mesh = meshes[index]
    let count = mesh.positions.count
    let what = "mesh \(index)"
    guard nodes.indices.contains(mesh.node), mesh.skin.map(skins.indices.contains) ?? true,
      mesh.material.map(materials.indices.contains) ?? true
    else { return "\(what) refers to something that does not exist" }
    guard [0, count].contains(mesh.normals.count),
      [0, count].contains(mesh.textureCoordinates.count),
      (0...64).contains(mesh.influencesPerVertex),
      mesh.joints.count == mesh.influencesPerVertex * count,
      mesh.weights.count == mesh.joints.count,
      (mesh.skin != nil) == (mesh.influencesPerVertex > 0 || (mesh.skin != nil && count == 0)),
      mesh.morphWeights.count == mesh.morphs.count
    else { return "\(what) has lists of different lengths" }
    guard mesh.triangles.allSatisfy({ $0.max() < count }) else {
      return "\(what) has a triangle with a corner that does not exist"
    }
    guard mesh.positions.allSatisfy({ isBounded($0) }),
      mesh.normals.allSatisfy({ isBounded($0) }),
      mesh.textureCoordinates.allSatisfy({ $0.x.isFinite && $0.y.isFinite }),
      mesh.weights.allSatisfy({ (0...1.001).contains($0) }),
      mesh.morphWeights.allSatisfy(\.isFinite)
    else { return "\(what) has numbers that are out of bounds" }
    if let skin = mesh.skin {
      let joints = skins[skin].joints.count
      guard mesh.joints.allSatisfy({ $0 < joints }) else {
        return "\(what) follows a joint that its skin does not have"
      }
    }
    for morph in mesh.morphs {
      guard morph.positions.count == count, [0, count].contains(morph.normals.count),
        morph.positions.allSatisfy({ isBounded($0) }),
        morph.normals.allSatisfy({ isBounded($0) })
      else { return "\(what) has a morph target that does not fit it" }
    }
    return nil
  }

  private var partFault: String? {
    for (index, skin) in skins.enumerated() {
      guard skin.joints.allSatisfy(nodes.indices.contains), !skin.joints.isEmpty,
        skin.inverseBinds.count == skin.joints.count
      else { return "skin \(index) has joints that do not exist" }
      let matrices = skin.inverseBinds + [skin.worldFromMesh].compactMap(\.self)
      let sound = matrices.allSatisfy { matrix in
        let c = matrix.columns
        return [c.0, c.1, c.2, c.3].allSatisfy(isBounded)
      }
      guard sound else { return "skin \(index) is bound by numbers that are out of bounds" }
    }
    for (index, material) in materials.enumerated() {
      guard material.alphaTexture.map(alphaTextures.indices.contains) ?? true,
        material.alphaFactor.isFinite, material.alphaCutoff?.isFinite ?? true
      else { return "material \(index) refers to a texture that does not exist" }
    }
    for (index, texture) in alphaTextures.enumerated() {
      guard (1...16_384).contains(texture.width), (1...16_384).contains(texture.height),
        texture.alpha.count == texture.width * texture.height, texture.wrap.count == 2
      else { return "texture \(index) does not have its stated size" }
    }
    guard humanoid.values.allSatisfy(nodes.indices.contains) else {
      return "the humanoid has a joint that is not a node"
    }
    for expression in expressions {
      for bind in expression.binds {
        guard meshes.indices.contains(bind.mesh), bind.weight.isFinite,
          meshes[bind.mesh].morphs.indices.contains(bind.morph)
        else { return "the expression \(expression.name) mixes in a shape that does not exist" }
      }
    }
    return nil
  }

  private func clipFault(_ index: Int) -> String? {
    let clip = clips[index]
    let what = "clip \(index)"
    guard clip.duration >= 0, clip.duration.isFinite,
      clip.frameRate.map({ $0 > 0 && $0.isFinite }) ?? true
    else {
      return "\(what) has no sensible length"
    }
    for track in clip.tracks {
      let keys = track.times.count * (track.interpolation == .cubic ? 3 : 1)
      let width = track.property == .rotation ? 4 : track.property == .morphWeights ? 0 : 3
      guard nodes.indices.contains(track.node), keys > 0, !track.values.isEmpty,
        width == 0 ? track.values.count % keys == 0 : track.values.count == keys * width
      else { return "\(what) has a track that does not fit it" }
      guard zip(track.times, track.times.dropFirst()).allSatisfy({ $0 <= $1 }),
        track.times.allSatisfy(\.isFinite), track.values.allSatisfy({ abs($0) < 1e9 })
      else { return "\(what) has times that do not increase, or numbers that are out of bounds" }
    }
    return nil
  }
}

/// Returns whether all components are numbers below a billion; NaN compares as false.
private func isBounded<Vector: SIMD>(_ vector: Vector) -> Bool
where Vector.Scalar: BinaryFloatingPoint {
  let limit = Vector.Scalar(1e9)
  return vector.indices.allSatisfy { vector[$0] < limit && vector[$0] > -limit }
}
