internal import PoseRig

extension FBXReader {
  /// The largest number of vertices in a file, including shapes: more than any character has.
  private static let maximumVertices = 1 << 23

  /// Reads every mesh for every node that shows it.
  mutating func readMeshes(path: String) throws(ForeignModelError) {
    var materials = FBXMaterials(objects, path: path)
    let worlds = FBXWorlds(model, skeleton)
    var geometries: [Int: FBXGeometry] = [:]
    var hidden: [String] = []
    var vertices = 0
    var broken = 0
    var loose = 0
    var dual = 0
    for index in skeleton.nodes.indices {
      let node = skeleton.nodes[index]
      let found = objects.children(of: node.object, "Geometry", "Mesh")
      guard !found.isEmpty else { continue }
      if node.isHidden {
        hidden.append(objects.objects[node.object].name)
        continue
      }
      let looks = materials.materials(of: node.object, into: &model)
      for (order, object) in found.enumerated() {
        if geometries[object] == nil {
          let read = try FBXGeometry(objects.objects[object].record, of: objects.file)
          broken += read?.brokenPolygons ?? 0
          geometries[object] = read
        }
        guard let geometry = geometries[object] else { continue }
        var builder = FBXMeshBuilder(
          objects: objects, skeleton: skeleton, index: index, geometryObject: object,
          geometry: geometry, looks: looks)
        try builder.build(
          &model, worlds, isAlone: order == 0,
          room: Self.maximumVertices - vertices)
        vertices += builder.vertexCount
        loose += builder.looseVertices
        dual += builder.asksForDualQuaternions ? 1 : 0
        if let read = builder.shapes { shapes.append(read) }
      }
      // Meshes that several nodes show are kept until the end.
      if found.count == 1, objects.parents[found[0]].count == 1 { geometries[found[0]] = nil }
    }
    model.hide(byFile: hidden)
    note(broken: broken, loose: loose, dual: dual)
    showFullyTransparentSurfaces()
  }

  private mutating func note(broken: Int, loose: Int, dual: Int) {
    if broken > 0 {
      model.notes.append(
        "\(broken) of its polygons have corners that do not exist and were left out")
    }
    if dual > 0 {
      model.notes.append(
        "\(dual == 1 ? "a mesh" : "\(dual) meshes") asks for dual quaternions; it is bent by "
          + "matrices, which is thinner where it twists")
    }
    if loose > 0 {
      model.notes.append(
        "\(loose) of its skinned vertices are bound to no bone; they stay with the node of their mesh"
      )
    }
  }

  /// Draws materials as opaque if the model would be almost invisible otherwise: programs state
  /// transparency in different ways, and nobody exports an invisible character.
  private mutating func showFullyTransparentSurfaces() {
    var all = 0
    var clear = 0
    for mesh in model.meshes {
      all += mesh.triangles.count
      if let material = mesh.material.map({ model.materials[$0] }), material.alphaTexture == nil,
        let cutoff = material.alphaCutoff, material.alphaFactor < cutoff
      {
        clear += mesh.triangles.count
      }
    }
    guard clear * 10 > all * 9 else { return }
    for index in model.materials.indices where model.materials[index].alphaTexture == nil {
      model.materials[index].alphaCutoff = nil
      model.materials[index].alphaFactor = 1
    }
    if clear > 0 {
      model.notes.append(
        "its materials say that nearly all of it is transparent; it is drawn opaque")
    }
  }
}

/// Builds the model's meshes from one FBX mesh at one node.
struct FBXMeshBuilder {
  let objects: FBXObjects
  let skeleton: FBXSkeleton
  let index: Int
  let geometryObject: Int
  let geometry: FBXGeometry
  /// The indices of the node's materials in the model.
  let looks: [Int]

  /// The number of vertices created, including shapes.
  private(set) var vertexCount = 0
  /// The number of skinned vertices without a bone.
  private(set) var looseVertices = 0
  /// Whether the skin was made for dual quaternions, which are not supported.
  private(set) var asksForDualQuaternions = false
  /// The shapes and the node that animates them.
  private(set) var shapes: (node: Int, shapes: FBXShapes)?

  init(
    objects: FBXObjects, skeleton: FBXSkeleton, index: Int, geometryObject: Int,
    geometry: FBXGeometry, looks: [Int]
  ) {
    self.objects = objects
    self.skeleton = skeleton
    self.index = index
    self.geometryObject = geometryObject
    self.geometry = geometry
    self.looks = looks
  }

  /// Adds the meshes to a model.
  ///
  /// - Parameters:
  ///   - isAlone: whether the node must not have another mesh with shapes.
  ///   - room: the number of vertices that can still be created.
  mutating func build(
    _ model: inout ForeignModel, _ worlds: FBXWorlds, isAlone: Bool, room: Int
  ) throws(ForeignModelError) {
    let (shown, nodeFromOwn) = skeleton.target(of: index)
    let shapes = try FBXShapes(of: geometryObject, objects)
    let skin = try FBXSkin(
      of: geometryObject, pointCount: geometry.points.count, node: index, objects, skeleton, worlds)
    var node = shown
    if !isAlone, !shapes.shapes.isEmpty {
      // The weights of shapes are stored by node.
      node = model.nodes.count
      model.nodes.append(.init(name: "", parent: shown, local: .identity))
    }
    // A skin binds the space of the node that shows the mesh, which the geometric transform leads
    // to.
    let geometric = FBXChain.geometric(skeleton.nodes[index].object, of: objects)
    let meshFromPoints = skin == nil ? nodeFromOwn * geometric : geometric
    var skinIndex: (skin: Int, loose: Int)?
    if let skin {
      skinIndex = try addSkin(skin, to: &model)
      asksForDualQuaternions = skin.asksForDualQuaternions
    }
    let surfaces = FBXSurface.all(of: geometry) { slot in
      look(slot).map { model.materials[$0].alphaTexture != nil } ?? false
    }
    let added = surfaces.reduce(0) { $0 + $1.points.count } * (1 + shapes.shapes.count)
    guard added <= room else {
      throw .overLimit("it has more than eight million vertices, shapes included")
    }
    vertexCount = added
    for surface in surfaces {
      var mesh = ForeignModel.Mesh(node: node)
      mesh.material = look(surface.material)
      put(surface, by: meshFromPoints, in: &mesh)
      if let skin, let skinIndex { addInfluences(skin, surface, skinIndex, to: &mesh) }
      add(shapes, surface, by: meshFromPoints, to: &mesh)
      model.meshes.append(mesh)
    }
    if !shapes.shapes.isEmpty { self.shapes = (node, shapes) }
  }

  /// Returns the model's material for a slot; slots beyond the node's materials use the last one.
  private func look(_ slot: Int) -> Int? { slot < looks.count ? looks[slot] : looks.last }

  // MARK: Vertices

  private func put(
    _ surface: FBXSurface, by matrix: Matrix4, in mesh: inout ForeignModel.Mesh
  ) {
    let turn = FBXNormalMatrix(matrix)
    mesh.positions = surface.points.map { SIMD3<Float>(matrix.apply(geometry.points[Int($0)])) }
    mesh.normals = surface.normals.map { SIMD3<Float>(turn.apply(SIMD3<Double>($0))) }
    mesh.textureCoordinates = surface.textureCoordinates
    mesh.triangles =
      matrix.isMirroring
      ? surface.triangles.map { SIMD3($0.x, $0.z, $0.y) } : surface.triangles
  }

  private func add(
    _ shapes: FBXShapes, _ surface: FBXSurface, by matrix: Matrix4,
    to mesh: inout ForeignModel.Mesh
  ) {
    let turn = FBXNormalMatrix(matrix)
    let origin = matrix.translation
    var moves = [SIMD3<Double>](repeating: .zero, count: geometry.points.count)
    var turns = moves
    for shape in shapes.shapes {
      for (slot, point) in shape.points.enumerated()
      where moves.indices.contains(point) && slot < shape.moves.count {
        moves[point] = shape.moves[slot]
        if slot < shape.turns.count { turns[point] = shape.turns[slot] }
      }
      mesh.morphs.append(
        .init(
          name: shape.name,
          positions: surface.points.map {
            SIMD3<Float>(matrix.apply(moves[Int($0)]) - origin)
          },
          normals: shape.turns.isEmpty
            ? [] : surface.points.map { SIMD3<Float>(turn.linear(turns[Int($0)])) }))
      for point in shape.points where moves.indices.contains(point) {
        moves[point] = .zero
        turns[point] = .zero
      }
    }
    mesh.morphWeights = shapes.defaults
  }

  // MARK: Skin

  /// Adds the skin, with the mesh's node as the last joint for vertices without a bone.
  private mutating func addSkin(
    _ skin: FBXSkin, to model: inout ForeignModel
  ) throws(ForeignModelError) -> (skin: Int, loose: Int) {
    var joints: [Int] = []
    var binds: [Matrix4] = []
    for (bone, bind) in skin.joints {
      let (node, nodeFromOwn) = skeleton.target(of: bone)
      joints.append(node)
      binds.append(nodeFromOwn * bind)
    }
    // If a bone's animated scale is in a separate node, the bone's frame is bound too, so that its
    // rest is known.
    var bound = Set(joints)
    for (bone, bind) in skin.joints {
      let node = skeleton.nodes[bone]
      guard node.scaled != nil, bound.insert(node.frame).inserted else { continue }
      let carried = NodeTransform(
        translation: .zero, rotation: .identity, scale: skeleton.scale(bone)
      ).matrix
      joints.append(node.frame)
      binds.append(carried * bind)
    }
    let isLoose = geometry.corners.contains { corner in
      corner >= 0 && corner < geometry.points.count
        && skin.starts[Int(corner)] == skin.starts[Int(corner) + 1]
    }
    let loose = joints.count
    if isLoose {
      let (node, nodeFromOwn) = skeleton.target(of: index)
      model.nodes.append(.init(name: "", parent: node, local: .identity))
      joints.append(model.nodes.count - 1)
      binds.append(nodeFromOwn)
    }
    // Vertices refer to their joints by 16-bit indices.
    guard joints.count <= 1 << 16 else {
      throw .overLimit("a mesh of the FBX file is bound to more than 65,536 bones")
    }
    model.skins.append(
      .init(joints: joints, inverseBinds: binds, worldFromMesh: skin.worldFromMesh))
    return (model.skins.count - 1, loose)
  }

  private mutating func addInfluences(
    _ skin: FBXSkin, _ surface: FBXSurface, _ index: (skin: Int, loose: Int),
    to mesh: inout ForeignModel.Mesh
  ) {
    mesh.skin = index.skin
    let most = surface.points.map { Int(skin.starts[Int($0) + 1] - skin.starts[Int($0)]) }.max()
    let width = (min(max(most ?? 1, 1), FBXSkin.maximumInfluences) + 3) / 4 * 4
    mesh.influencesPerVertex = width
    mesh.joints = Array(repeating: 0, count: surface.points.count * width)
    mesh.weights = Array(repeating: 0, count: surface.points.count * width)
    for (vertex, point) in surface.points.enumerated() {
      let list = skin.influences(of: Int(point))
      for (slot, influence) in list.enumerated() {
        mesh.joints[vertex * width + slot] = UInt16(influence.joint)
        mesh.weights[vertex * width + slot] = influence.weight
      }
      if list.isEmpty {
        looseVertices += 1
        mesh.joints[vertex * width] = UInt16(index.loose)
        mesh.weights[vertex * width] = 1
      }
    }
  }
}
