internal import PoseRig

/// Reads glTF 2.0, VRM 0.x, VRM 1.0 and VRM animations by their own specifications.
///
/// libassimp 5.2 reads integer accessors as floats, crashes on skins without inverse binds and
/// matches bones by name, so these formats are not read through it (`docs/models.md`).
public struct GLTFReader {
  /// The extensions that a file can require, because they are supported or irrelevant here.
  private static let harmless = [
    "VRM", "VRMC_", "KHR_materials_", "KHR_mesh_quantization", "KHR_texture_transform",
    "KHR_lights_punctual", "KHR_texture_basisu", "EXT_texture_webp", "KHR_draco_mesh_compression",
    "EXT_meshopt_compression", "KHR_animation_pointer", "KHR_node_visibility", "MSFT_texture_dds",
    "KHR_xmp", "EXT_mesh_features",
  ]

  let document: GLTFDocument
  let buffers: GLTFBuffers
  let accessors: GLTFAccessors
  var model: ForeignModel

  /// Reads a model from a file's bytes. Separate files are looked up relative to `path`.
  public static func read(_ bytes: [UInt8], path: String) throws(ForeignModelError) -> ForeignModel
  {
    let container = try GLTFContainer(bytes)
    let document = try GLTFDocument.decode(container.json)
    guard document.asset.version.hasPrefix("2") else {
      throw .unsupported(
        "it is glTF \(document.asset.version.prefix(8)); posemap reads glTF 2.0: export it as such")
    }
    for name in document.extensionsRequired ?? []
    where !harmless.contains(where: { name.hasPrefix($0) }) {
      throw .unsupported(
        "it requires the glTF extension \(name.prefix(60)), which posemap does not know; "
          + "export it without")
    }
    let buffers = try GLTFBuffers(document, binary: container.binary, path: path)
    var reader = GLTFReader(
      document: document, buffers: buffers,
      accessors: GLTFAccessors(document: document, buffers: buffers),
      model: ForeignModel(format: format(of: document)))
    reader.model.notes += [container.note].compactMap(\.self)
    try reader.read()
    return reader.model
  }

  private static func format(of document: GLTFDocument) -> ForeignModel.Format {
    if document.extensions?.vrmAnimation != nil { return .vrmAnimation }
    if document.extensions?.vrm1 != nil { return .vrm1 }
    return document.extensions?.vrm0 != nil ? .vrm0 : .glTF
  }

  private mutating func read() throws(ForeignModelError) {
    model.generator = document.asset.generator ?? ""
    try readNodes()
    readHumanoid()
    try readMaterials()
    for (index, skin) in (document.skins ?? []).enumerated() {
      model.skins.append(try self.skin(skin, index))
    }
    let origins = try readMeshes()
    readExpressions(origins)
    for (index, animation) in (document.animations ?? []).enumerated() {
      model.clips.append(try clip(animation, index))
    }
  }

  // MARK: Nodes

  private mutating func readNodes() throws(ForeignModelError) {
    let nodes = document.nodes ?? []
    for (index, node) in nodes.enumerated() {
      model.nodes.append(
        .init(name: node.name ?? "", parent: -1, local: try transform(of: node, index)))
    }
    for (index, node) in nodes.enumerated() {
      for child in node.children ?? [] {
        guard nodes.indices.contains(child), model.nodes[child].parent < 0, child != index else {
          throw .damaged(
            "its node \(index) has the child \(child), which does not exist or belongs to another node"
          )
        }
        model.nodes[child].parent = index
      }
    }
    // Each node has one parent, so only a cycle never reaches a root.
    var rooted = [Bool](repeating: false, count: nodes.count)
    for start in nodes.indices {
      var chain: [Int] = []
      var node = start
      while node >= 0, !rooted[node], chain.count <= nodes.count {
        chain.append(node)
        node = model.nodes[node].parent
      }
      guard chain.count <= nodes.count else {
        throw .damaged("its node \(start) is its own ancestor; export it again")
      }
      for node in chain { rooted[node] = true }
    }
  }

  private func transform(
    of node: GLTFDocument.Node, _ index: Int
  ) throws(ForeignModelError) -> NodeTransform {
    func vector(_ numbers: [Double]?, _ count: Int, _ what: String) throws(ForeignModelError)
      -> [Double]?
    {
      guard let numbers else { return nil }
      guard numbers.count == count, numbers.allSatisfy(\.isFinite) else {
        throw .damaged("the \(what) of its node \(index) is not \(count) finite numbers")
      }
      return numbers
    }
    if let m = try vector(node.matrix, 16, "matrix") {
      guard let transform = NodeTransform(columnMajor: m) else {
        throw .damaged("the matrix of its node \(index) is not a translation, rotation and scale")
      }
      return transform
    }
    let t = try vector(node.translation, 3, "translation") ?? [0, 0, 0]
    let r = try vector(node.rotation, 4, "rotation") ?? [0, 0, 0, 1]
    let s = try vector(node.scale, 3, "scale") ?? [1, 1, 1]
    return NodeTransform(
      translation: Vector3(t[0], t[1], t[2]),
      rotation: Quaternion(x: r[0], y: r[1], z: r[2], w: r[3]).normalized,
      scale: Vector3(s[0], s[1], s[2]))
  }

  // MARK: Humanoid

  /// Reads the assignment of nodes to joints. A bone without a valid node is left out; if its joint
  /// is required, it is looked up by name afterward.
  private mutating func readHumanoid() {
    var bones: [(name: String, joint: JointName?, node: Int?)] = []
    if let humanoid = document.extensions?.vrm0?.humanoid {
      bones = (humanoid.humanBones ?? []).compactMap { $0?.value }.map {
        ($0.bone, VRMNames.joint(vrm0: $0.bone), $0.node?.value)
      }
    }
    let named =
      document.extensions?.vrm1?.humanoid?.nodes
      ?? document.extensions?.vrmAnimation?.humanoid?.nodes
    if let named {
      let all = Set(named.keys)
      bones = named.sorted { $0.key < $1.key }.map {
        ($0.key, VRMNames.joint(vrm1: $0.key, among: all), $0.value)
      }
    }
    for bone in bones {
      guard let joint = bone.joint else { continue }
      guard let node = bone.node, model.nodes.indices.contains(node) else {
        // −1 means that there is no node.
        if let node = bone.node, node != -1 {
          model.warnings.append(
            "its humanoid's \(bone.name) is node \(node), which does not exist; it was left out")
        }
        continue
      }
      // A node and a joint can only be assigned once: the first one counts, or the required one.
      if model.humanoid[joint] != nil { continue }
      if let other = model.humanoid.first(where: { $0.value == node })?.key {
        guard BoneMap.required.contains(joint), !BoneMap.required.contains(other) else { continue }
        model.humanoid[other] = nil
      }
      model.humanoid[joint] = node
    }
  }

  // MARK: Skins

  private func skin(
    _ skin: GLTFDocument.Skin, _ index: Int
  ) throws(ForeignModelError) -> ForeignModel.Skin {
    guard skin.joints.allSatisfy(model.nodes.indices.contains), !skin.joints.isEmpty else {
      throw .damaged("its skin \(index) has a joint that is not a node, or no joints")
    }
    guard skin.joints.count <= 65_535 else {
      throw .damaged("its skin \(index) has \(skin.joints.count) joints")
    }
    guard let binds = skin.inverseBindMatrices else {
      return .init(
        joints: skin.joints,
        inverseBinds: Array(repeating: NodeTransform.identity.matrix, count: skin.joints.count))
    }
    let numbers = try accessors.floats(binds, width: 16)
    guard numbers.count >= skin.joints.count * 16 else {
      throw .damaged(
        "its skin \(index) has \(skin.joints.count) joints and \(numbers.count / 16) inverse bind matrices"
      )
    }
    return .init(
      joints: skin.joints,
      inverseBinds: skin.joints.indices.map { joint in
        func column(_ c: Int) -> SIMD4<Double> {
          let at = joint * 16 + c * 4
          return SIMD4<Double>(
            SIMD4<Float>(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]))
        }
        return Matrix4(column(0), column(1), column(2), column(3))
      })
  }

  // MARK: Expressions

  /// Reads expressions by name; `origins` maps glTF meshes and nodes to the model's meshes.
  private mutating func readExpressions(_ origins: [MeshOrigin]) {
    func binds(_ list: [(meshes: [MeshOrigin], index: Int, weight: Float)]) -> [ForeignModel
      .Expression.Bind]
    {
      list.flatMap { bind in
        bind.meshes.filter { model.meshes[$0.index].morphs.indices.contains(bind.index) }
          .map { .init(mesh: $0.index, morph: bind.index, weight: bind.weight) }
      }
    }
    for group in document.extensions?.vrm0?.blendShapeMaster?.value?.blendShapeGroups ?? [] {
      let name = group.presetName.flatMap(VRMNames.expression) ?? group.name ?? ""
      let list = (group.binds ?? []).map { bind in
        (origins.filter { $0.mesh == bind.mesh }, bind.index, bind.weight / 100)
      }
      model.expressions.append(
        .init(name: name, binds: binds(list), isBinary: group.isBinary ?? false))
    }
    let vrm1 = document.extensions?.vrm1?.expressions?.value
    let all = (vrm1?.custom ?? [:]).merging(vrm1?.preset ?? [:]) { _, preset in preset }
    for (name, expression) in all.sorted(by: { $0.key < $1.key }) {
      let list = (expression.morphTargetBinds ?? []).map { bind in
        (origins.filter { $0.node == bind.node }, bind.index, bind.weight)
      }
      model.expressions.append(
        .init(name: name, binds: binds(list), isBinary: expression.isBinary ?? false))
    }
    model.expressions.removeAll { $0.binds.isEmpty || $0.binds.contains { !$0.weight.isFinite } }
  }
}

/// The glTF mesh and the node that a mesh of the model came from.
struct MeshOrigin {
  /// The index of glTF's mesh.
  var mesh: Int
  /// The node that shows the mesh.
  var node: Int
  /// The index into the model's meshes.
  var index: Int
}

extension NodeTransform {
  /// Decomposes a matrix, given by its 16 numbers column by column; nil if it is not a product of
  /// translation, rotation and scale. Mirroring becomes a negative scale.
  init?(columnMajor m: [Double]) {
    var x = Vector3(m[0], m[1], m[2])
    var y = Vector3(m[4], m[5], m[6])
    var z = Vector3(m[8], m[9], m[10])
    var scale = Vector3(x.length, y.length, z.length)
    guard scale.min() > 1e-12, abs(m[15] - 1) < 1e-6 else { return nil }
    if x.cross(y).dot(z) < 0 { scale.x.negate() }
    x /= scale.x
    y /= scale.y
    z /= scale.z
    self.init(
      translation: Vector3(m[12], m[13], m[14]), rotation: Quaternion(axes: x, y, z), scale: scale)
  }
}
