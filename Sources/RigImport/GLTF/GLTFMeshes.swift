internal import PoseRig

extension GLTFReader {
  /// The largest number of vertices in a scene: more than any character has.
  private static let maximumVertices = 1 << 23

  /// Reads every primitive of every node of the scene, and returns each mesh's origin.
  mutating func readMeshes() throws(ForeignModelError) -> [MeshOrigin] {
    var origins: [MeshOrigin] = []
    var vertices = 0
    let hidden = hiddenNodes()
    var left: [String] = []
    for node in try shownNodes() {
      guard let meshIndex = document.nodes?[node].mesh else { continue }
      if hidden[node] || isFirstPersonOnly(node, meshIndex) {
        left.append(model.nodes[node].name)
        continue
      }
      guard let mesh = document.meshes?[checked: meshIndex] else {
        throw .damaged("its node \(node) shows mesh \(meshIndex), which does not exist")
      }
      for (index, primitive) in mesh.primitives.enumerated() {
        let what = "mesh \(meshIndex), primitive \(index)"
        guard let read = try self.mesh(primitive, of: mesh, node: node, what: what) else {
          continue
        }
        vertices += read.positions.count * (1 + read.morphs.count)
        guard vertices <= Self.maximumVertices else {
          throw .overLimit("it has more than eight million vertices, morph targets included")
        }
        origins.append(MeshOrigin(mesh: meshIndex, node: node, index: model.meshes.count))
        model.meshes.append(read)
      }
    }
    model.hide(byFile: left)
    return origins
  }

  /// Returns the nodes of the default scene, or of the first, in the file's order; all nodes if
  /// there is no scene.
  private func shownNodes() throws(ForeignModelError) -> [Int] {
    guard let scenes = document.scenes, !scenes.isEmpty else { return Array(model.nodes.indices) }
    guard let scene = scenes[checked: document.scene ?? 0] else {
      throw .damaged("its scene \(document.scene ?? 0) does not exist")
    }
    var shown = [Bool](repeating: false, count: model.nodes.count)
    var waiting = scene.nodes ?? []
    while let node = waiting.popLast() {
      guard shown.indices.contains(node) else {
        throw .damaged("its scene shows node \(node), which does not exist")
      }
      if shown[node] { continue }
      shown[node] = true
      waiting += document.nodes?[node].children ?? []
    }
    return shown.indices.filter { shown[$0] }
  }

  /// Returns which nodes are hidden: `KHR_node_visibility` hides a node with everything below it.
  private func hiddenNodes() -> [Bool] {
    model.isBelow(
      anyOf: model.nodes.indices.filter { node in
        document.nodes?[checked: node]?.extensions?.visibility?.value?.visible == false
      })
  }

  /// Returns whether VRM shows a mesh only in first-person views.
  private func isFirstPersonOnly(_ node: Int, _ mesh: Int) -> Bool {
    let vrm0 = document.extensions?.vrm0?.firstPerson?.value?.meshAnnotations ?? []
    let vrm1 = document.extensions?.vrm1?.firstPerson?.value?.meshAnnotations ?? []
    return vrm0.contains { $0.mesh == mesh && $0.firstPersonFlag == "FirstPersonOnly" }
      || vrm1.contains { $0.node == node && $0.type == "firstPersonOnly" }
  }

  private mutating func mesh(
    _ primitive: GLTFDocument.Primitive, of mesh: GLTFDocument.Mesh, node: Int, what: String
  ) throws(ForeignModelError) -> ForeignModel.Mesh? {
    let mode = primitive.mode ?? 4
    guard (4...6).contains(mode), primitive.attributes["POSITION"] != nil else {
      model.notes.append("\(what) has no triangles and was left out")
      return nil
    }
    let data = try GLTFPrimitiveData(primitive, accessors, what)
    var result = ForeignModel.Mesh(node: node)
    result.positions = triples(try data.floats("POSITION", width: 3) ?? [])
    guard !result.positions.isEmpty else { return nil }
    let count = result.positions.count
    if let normals = try data.floats("NORMAL", width: 3) {
      result.normals = triples(normals)
      try check(result.normals.count, count, "NORMAL", what)
    }
    try readMaterial(primitive, data, into: &result, what)
    result.triangles = try triangles(data, mode: mode, count: count, what: what)
    if let skin = document.nodes?[node].skin {
      guard model.skins.indices.contains(skin) else {
        throw .damaged("its node \(node) has skin \(skin), which does not exist")
      }
      try readInfluences(data, skin: skin, into: &result, what)
    }
    try readMorphs(primitive, of: mesh, node: node, into: &result, what)
    return result
  }

  private func check(
    _ found: Int, _ wanted: Int, _ attribute: String, _ what: String
  ) throws(ForeignModelError) {
    guard found == wanted else {
      throw .damaged("its \(what) has \(wanted) positions and \(found) of \(attribute)")
    }
  }

  private func readMaterial(
    _ primitive: GLTFDocument.Primitive, _ data: GLTFPrimitiveData,
    into mesh: inout ForeignModel.Mesh, _ what: String
  ) throws(ForeignModelError) {
    guard let material = primitive.material else { return }
    guard model.materials.indices.contains(material) else {
      throw .damaged("its \(what) has material \(material), which does not exist")
    }
    mesh.material = material
    guard model.materials[material].alphaTexture != nil,
      let use = document.materials?[material].pbrMetallicRoughness?.baseColorTexture
    else { return }
    let transform = use.extensions?.transform
    let set = transform?.texCoord ?? use.texCoord ?? 0
    guard let numbers = try data.floats("TEXCOORD_\(set)", width: 2) else { return }
    try check(numbers.count / 2, mesh.positions.count, "TEXCOORD_\(set)", what)
    mesh.textureCoordinates = stride(from: 0, to: numbers.count, by: 2).map {
      let point = SIMD2(numbers[$0], numbers[$0 + 1])
      return transform?.apply(point) ?? point
    }
  }

  private func triangles(
    _ data: GLTFPrimitiveData, mode: Int, count: Int, what: String
  ) throws(ForeignModelError) -> [SIMD3<UInt32>] {
    let corners = try data.corners() ?? (0..<UInt32(count)).map(\.self)
    guard corners.allSatisfy({ $0 < count }) else {
      throw .damaged("its \(what) has a triangle with a corner that does not exist")
    }
    switch data.isList ? 4 : mode {
    case 5:
      return (0..<max(0, corners.count - 2)).map { i in
        SIMD3(corners[i], corners[i + 1 + i % 2], corners[i + 2 - i % 2])
      }
    case 6:
      return (0..<max(0, corners.count - 2)).map {
        SIMD3(corners[$0 + 1], corners[$0 + 2], corners[0])
      }
    default:
      return stride(from: 0, to: corners.count - corners.count % 3, by: 3).map {
        SIMD3(corners[$0], corners[$0 + 1], corners[$0 + 2])
      }
    }
  }

  // MARK: Skinning

  private func readInfluences(
    _ data: GLTFPrimitiveData, skin: Int, into mesh: inout ForeignModel.Mesh, _ what: String
  ) throws(ForeignModelError) {
    var sets: [(joints: [UInt32], weights: [Float])] = []
    while sets.count < 8, let joints = try data.integers("JOINTS_\(sets.count)", width: 4),
      let weights = try data.floats("WEIGHTS_\(sets.count)", width: 4)
    {
      sets.append((joints, weights))
    }
    // Without weights, a skinned mesh follows its node like one without a skin.
    guard !sets.isEmpty else { return }
    let count = mesh.positions.count
    for set in sets {
      try check(set.joints.count / 4, count, "JOINTS", what)
      try check(set.weights.count / 4, count, "WEIGHTS", what)
    }
    let width = 4 * sets.count
    let jointCount = model.skins[skin].joints.count
    mesh.skin = skin
    mesh.influencesPerVertex = width
    mesh.joints.reserveCapacity(count * width)
    mesh.weights.reserveCapacity(count * width)
    for vertex in 0..<count {
      var total: Float = 0
      for set in sets {
        for slot in (vertex * 4)..<(vertex * 4 + 4) {
          let weight = max(0, set.weights[slot])
          // Exporters fill unused slots with arbitrary values.
          let joint = weight > 0 ? Int(set.joints[slot]) : 0
          guard joint < jointCount else {
            throw .damaged("its \(what) follows joint \(joint) of a skin with \(jointCount)")
          }
          mesh.joints.append(UInt16(joint))
          mesh.weights.append(weight)
          total += weight
        }
      }
      normalize(&mesh.weights, from: vertex * width, width, total)
    }
  }

  private func normalize(_ weights: inout [Float], from start: Int, _ width: Int, _ total: Float) {
    guard total > 0, total.isFinite else {
      for slot in start..<(start + width) { weights[slot] = slot == start ? 1 : 0 }
      return
    }
    for slot in start..<(start + width) { weights[slot] /= total }
  }

  // MARK: Morph targets

  private func readMorphs(
    _ primitive: GLTFDocument.Primitive, of mesh: GLTFDocument.Mesh, node: Int,
    into result: inout ForeignModel.Mesh, _ what: String
  ) throws(ForeignModelError) {
    let targets = primitive.targets ?? []
    let names = mesh.extras?.value?.targetNames ?? primitive.extras?.value?.targetNames ?? []
    let count = result.positions.count
    guard targets.count * count <= Self.maximumVertices else {
      throw .overLimit("its \(what) has \(targets.count) morph targets of \(count) vertices")
    }
    for (index, target) in targets.enumerated() {
      var morph = ForeignModel.Morph(
        name: names[checked: index] ?? "", positions: Array(repeating: .zero, count: count))
      if let position = target["POSITION"] {
        morph.positions = triples(try accessors.floats(position, width: 3))
        try check(morph.positions.count, count, "a morph target's POSITION", what)
      }
      if !result.normals.isEmpty, let normal = target["NORMAL"] {
        morph.normals = triples(try accessors.floats(normal, width: 3))
        try check(morph.normals.count, count, "a morph target's NORMAL", what)
      }
      result.morphs.append(morph)
    }
    let weights = document.nodes?[node].weights ?? mesh.weights ?? []
    result.morphWeights = targets.indices.map { weights[checked: $0] ?? 0 }
    guard result.morphWeights.allSatisfy(\.isFinite) else {
      throw .damaged("the morph weights of its \(what) are not finite")
    }
  }

  func triples(_ numbers: [Float]) -> [SIMD3<Float>] {
    stride(from: 0, to: numbers.count, by: 3).map {
      SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
    }
  }
}
