internal import PoseRig

/// Reads the formats that libassimp 5.2 reads correctly: COLLADA (see `docs/models.md`).
enum AssimpReader {
  private static let maximumVertices = 1 << 23

  /// Reads a model from a file's bytes.
  static func read(
    _ bytes: [UInt8], hint: String, format: ForeignModel.Format
  ) throws(ForeignModelError) -> ForeignModel {
    let scene = try AssimpScene(bytes, hint: hint)
    var model = ForeignModel(format: format)
    let nodes = scene.nodes
    // assimp names nodes by their ids, which its bones and tracks refer to.
    let names = ColladaText.nodeNames(bytes)
    for node in nodes {
      model.nodes.append(
        .init(
          name: names[node.name] ?? node.name, parent: node.parent,
          local: NodeTransform(lenient: node.matrix)))
    }
    model.materials = scene.twoSided.map { .init(name: "", doubleSided: $0) }
    try addMeshes(scene, nodes, to: &model)
    let byName = Dictionary(
      nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    model.clips = scene.animations.compactMap { clip($0, byName) }
    return model
  }

  // MARK: Surfaces

  private static func addMeshes(
    _ scene: borrowing AssimpScene, _ nodes: [AssimpScene.Node], to model: inout ForeignModel
  ) throws(ForeignModelError) {
    let meshes = scene.meshes
    let byName = Dictionary(
      nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var vertices = 0
    for (index, node) in nodes.enumerated() {
      for mesh in node.meshes where meshes.indices.contains(mesh) {
        let source = meshes[mesh]
        vertices += source.positions.count * (1 + source.morphs.count)
        guard vertices <= maximumVertices else {
          throw .overLimit("it has more than eight million vertices, morph targets included")
        }
        guard !source.triangles.isEmpty else { continue }
        try add(source, at: index, byName, to: &model)
      }
    }
  }

  private static func add(
    _ source: AssimpScene.Mesh, at node: Int, _ byName: [String: Int], to model: inout ForeignModel
  ) throws(ForeignModelError) {
    var mesh = ForeignModel.Mesh(node: node)
    mesh.material = model.materials.indices.contains(source.material) ? source.material : nil
    mesh.positions = source.positions
    mesh.normals = source.normals
    mesh.triangles = source.triangles
    mesh.morphs = source.morphs
    mesh.morphWeights = Array(repeating: 0, count: source.morphs.count)
    let bones = source.bones.filter { byName[$0.name] != nil }
    if !bones.isEmpty {
      // Vertices refer to their joints by 16-bit indices.
      guard bones.count <= 1 << 16 else {
        throw .overLimit("one of its meshes is bound to more than 65,536 bones")
      }
      mesh.skin = model.skins.count
      model.skins.append(
        .init(joints: bones.compactMap { byName[$0.name] }, inverseBinds: bones.map(\.inverseBind)))
      addInfluences(bones, to: &mesh)
    }
    VertexJoin.join(&mesh)
    model.meshes.append(mesh)
  }

  private static func addInfluences(_ bones: [AssimpScene.Bone], to mesh: inout ForeignModel.Mesh) {
    var influences = [[(bone: Int, weight: Float)]](repeating: [], count: mesh.positions.count)
    for (index, bone) in bones.enumerated() {
      for (vertex, weight) in bone.weights
      where weight > 0 && weight.isFinite && influences.indices.contains(vertex) {
        influences[vertex].append((index, weight))
      }
    }
    let most = min(max(influences.map(\.count).max() ?? 1, 1), 64)
    let width = (most + 3) / 4 * 4
    mesh.influencesPerVertex = width
    for list in influences {
      // A vertex without bones follows the first bone.
      let kept = list.isEmpty ? [(bone: 0, weight: 1)] : list.prefix(width).map(\.self)
      let total = kept.reduce(Float(0)) { $0 + $1.weight }
      for slot in 0..<width {
        mesh.joints.append(slot < kept.count ? UInt16(kept[slot].bone) : 0)
        mesh.weights.append(slot < kept.count ? kept[slot].weight / total : 0)
      }
    }
  }

  // MARK: Motion

  private static func clip(
    _ animation: AssimpScene.Animation, _ byName: [String: Int]
  ) -> ForeignModel.Clip? {
    let rate = animation.ticksPerSecond > 0 ? animation.ticksPerSecond : 25
    var tracks: [ForeignModel.Track] = []
    for channel in animation.channels {
      guard let node = byName[channel.node] else { continue }
      for (property, keys) in [
        (ForeignModel.Track.Property.translation, channel.translations),
        (.rotation, channel.rotations), (.scale, channel.scales),
      ] {
        let sound = keys.filter { key in
          key.0.isFinite && abs(key.0) < 1e12 && key.1.allSatisfy { abs($0) < 1e9 }
        }.sorted { $0.0 < $1.0 }
        guard !sound.isEmpty else { continue }
        tracks.append(
          .init(
            node: node, property: property, interpolation: .linear,
            times: sound.map { Float(max(0, $0.0 / rate)) }, values: sound.flatMap(\.1)))
      }
    }
    guard !tracks.isEmpty else { return nil }
    let duration = tracks.compactMap(\.times.last).max() ?? 0
    return .init(
      name: animation.name, duration: Double(duration), frameRate: frameRate(tracks, duration),
      tracks: tracks)
  }

  /// Returns the rate of motion that is sampled evenly, like motion capture; nil for keys that are
  /// many minutes apart.
  private static func frameRate(_ tracks: [ForeignModel.Track], _ duration: Float) -> Double? {
    let most = tracks.map(\.times.count).max() ?? 0
    guard most > 2, duration > 0 else { return nil }
    let rate = Double(most - 1) / Double(duration)
    let rounded = (rate * 1000).rounded() / 1000
    return rounded > 0 ? rounded : nil
  }
}

extension NodeTransform {
  /// Decomposes a matrix as far as possible, ignoring skew and scales of 0.
  fileprivate init(lenient matrix: Matrix4) {
    let c = matrix.columns
    let numbers = [c.0, c.1, c.2, c.3].flatMap { [$0.x, $0.y, $0.z, $0.w] }
    self =
      numbers.allSatisfy(\.isFinite)
      ? NodeTransform(columnMajor: numbers)
        ?? NodeTransform(
          translation: matrix.translation, rotation: .identity, scale: Vector3(1, 1, 1))
      : .identity
  }
}
