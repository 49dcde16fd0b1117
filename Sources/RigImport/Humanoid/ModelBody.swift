public import PoseRig

extension HumanoidModel {
  /// Returns the model as a body, which is posed and drawn like any other; nil if it has no
  /// surface.
  public func body(named name: String) -> Body? {
    bodyAndNotes(named: name)?.body
  }

  /// Sentences about assumptions on the position of its face.
  public var faceNotes: [String] { bodyAndNotes(named: "")?.notes ?? [] }

  private func bodyAndNotes(named name: String) -> (body: Body, notes: [String])? {
    guard model.meshes.contains(where: { !$0.triangles.isEmpty }) else { return nil }
    let builder = SurfaceBuilder(self)
    let tPose = builder.tPose()
    let parts = builder.parts()
    var skin = builder.skin
    skin.source = source
    skin.look = SurfaceLook(
      materials: builder.materials,
      textures: model.alphaTextures.map {
        OpacityTexture(
          width: $0.width, height: $0.height, wrapX: $0.wrap[0], wrapY: $0.wrap[1],
          opacity: $0.alpha)
      },
      textureCoordinates: builder.hasTextures ? builder.textureCoordinates : [])
    var body = Body(
      name: name, rig: rig,
      surface: BodySurface(
        positions: tPose, triangles: builder.triangles, labels: parts.map(SurfaceLabel.init(part:)),
        sides: []),
      binding: .linear(skin))
    body.surface.sides = body.sides(parts: parts)
    body.missing = missing
    let landmarks = ModelLandmarks(self, body, builder.ownJoints, carriers: builder.carriers)
    let head = landmarks.head
    body.landmarks = landmarks.all(with: head)
    return (body, head?.notes ?? [])
  }
}

/// Combines all meshes of a model into one surface.
struct SurfaceBuilder {
  private let humanoid: HumanoidModel
  private(set) var skin = LinearSkin(
    positions: [], normals: [], starts: [0], influences: [], weights: [], bones: [])
  private(set) var triangles: [SIMD3<UInt32>] = []
  private(set) var materials: [SurfaceMaterial] = []
  private(set) var textureCoordinates: [SIMD2<Float>] = []
  /// Whether each bone of the skin is a joint itself, rather than hair, a skirt or a twist below
  /// one.
  private var boneIsOwn: [Bool] = []
  /// The first vertex of each of the model's meshes, and the source of each of its vertices if its
  /// triangles were separated.
  private var ranges: [(first: Int, sources: [UInt32]?, normalsTurned: Bool)] = []

  init(_ humanoid: HumanoidModel) {
    self.humanoid = humanoid
    for index in humanoid.model.meshes.indices { add(index) }
    addShapes()
    for expression in humanoid.model.expressions { add(expression) }
  }

  /// Whether any material is cut out by a texture.
  var hasTextures: Bool { materials.contains { $0.cutout?.texture != nil } }

  /// Returns all positions in the T-pose.
  func tPose() -> [SIMD3<Float>] {
    skin.pose(Array(repeating: .identity, count: JointName.allCases.count)).positions
  }

  /// The joint with the largest weight at each vertex; nil for vertices that follow bones of hair
  /// or cloth.
  var ownJoints: [JointName?] {
    skin.positions.indices.map { vertex in
      let bone = strongest(vertex)
      return boneIsOwn[bone] ? skin.bones[bone].joint : nil
    }
  }

  /// The joint that carries the bone with the largest weight at each vertex.
  var carriers: [JointName] { skin.positions.indices.map { skin.bones[strongest($0)].joint } }

  /// Returns the part of each triangle.
  func parts() -> [PartName] {
    let parts = skin.positions.indices.map { PartName(bentBy: skin.bones[strongest($0)].joint) }
    return triangles.map { corners in
      let (a, b, c) = (parts[Int(corners.x)], parts[Int(corners.y)], parts[Int(corners.z)])
      return b == c ? b : a
    }
  }

  private func strongest(_ vertex: Int) -> Int {
    let slots = Int(skin.starts[vertex])..<Int(skin.starts[vertex + 1])
    let best = slots.max { (skin.weights[$0], -$0) < (skin.weights[$1], -$1) }
    return best.map { Int(skin.influences[$0]) } ?? 0
  }

  // MARK: Meshes

  private mutating func add(_ index: Int) {
    var mesh = humanoid.model.meshes[index]
    let sources = mesh.normals.isEmpty ? mesh.takeApart() : nil
    let first = skin.positions.count
    mesh.mixDefaults()
    let normalsTurned = mesh.hasNormalsInside
    if normalsTurned { mesh.normals = mesh.normals.map { -$0 } }
    mesh.windTrianglesByNormals()
    ranges.append((first, sources, normalsTurned))
    let firstBone = skin.bones.count
    addBones(of: mesh)
    skin.positions += mesh.positions
    skin.normals += mesh.normals
    addInfluences(of: mesh, firstBone: firstBone)
    textureCoordinates +=
      mesh.textureCoordinates.isEmpty
      ? Array(repeating: .zero, count: mesh.positions.count) : mesh.textureCoordinates
    // Mirroring turns triangles inside out.
    let mirrored = skin.bones[firstBone].modelFromMesh.isMirroring
    let start = triangles.count
    triangles += mesh.triangles.map { corners in
      let moved = corners &+ SIMD3(repeating: UInt32(first))
      return mirrored ? SIMD3(moved.x, moved.z, moved.y) : moved
    }
    addMaterial(of: mesh, triangles: start..<triangles.count)
  }

  private mutating func addBones(of mesh: ForeignModel.Mesh) {
    let own = Set(humanoid.bones.values)
    for (node, bind) in humanoid.model.binds(of: mesh) {
      let joint = humanoid.joint(carrying: node)
      let placed = humanoid.modelFromFile * humanoid.rest.worldFromNode[node] * bind
      skin.bones.append(
        .init(joint: joint, modelFromMesh: humanoid.tPoseFromRest(joint) * placed))
      boneIsOwn.append(mesh.skin == nil || own.contains(node))
    }
  }

  private mutating func addInfluences(of mesh: ForeignModel.Mesh, firstBone: Int) {
    for vertex in mesh.positions.indices {
      if mesh.skin == nil {
        skin.influences.append(UInt16(firstBone))
        skin.weights.append(1)
      } else {
        let width = mesh.influencesPerVertex
        for slot in (vertex * width)..<((vertex + 1) * width) where mesh.weights[slot] > 0 {
          skin.influences.append(UInt16(firstBone + Int(mesh.joints[slot])))
          skin.weights.append(mesh.weights[slot])
        }
      }
      skin.starts.append(UInt32(skin.influences.count))
    }
  }

  private mutating func addMaterial(of mesh: ForeignModel.Mesh, triangles: Range<Int>) {
    let material = mesh.material.map { humanoid.model.materials[$0] }
    let texture = mesh.textureCoordinates.isEmpty ? nil : material?.alphaTexture
    let cutout = material.flatMap { material in
      material.alphaCutoff.map {
        SurfaceMaterial.Cutout(cutoff: $0, factor: material.alphaFactor, texture: texture)
      }
    }
    materials.append(
      SurfaceMaterial(
        triangles: triangles, doubleSided: material?.doubleSided ?? false, cutout: cutout))
  }

  // MARK: Faces

  private mutating func add(_ expression: ForeignModel.Expression) {
    var shape = morph(of: expression.binds)
    shape.isBinary = expression.isBinary
    skin.expressions[expression.name] = shape
  }

  /// Adds every shape of the file separately if any clip animates one.
  private mutating func addShapes() {
    let model = humanoid.model
    let tracks = model.clips.lazy.flatMap(\.tracks)
    guard tracks.contains(where: { $0.property == .morphWeights }) else { return }
    for (index, mesh) in model.meshes.enumerated() {
      for shape in mesh.morphs.indices {
        skin.morphs.append(morph(of: [.init(mesh: index, morph: shape, weight: 1)]))
      }
      skin.morphWeights += mesh.morphWeights
    }
  }

  private func morph(of binds: [ForeignModel.Expression.Bind]) -> LinearSkin.Morph {
    var moves: [UInt32: (SIMD3<Float>, SIMD3<Float>)] = [:]
    for bind in binds {
      let morph = humanoid.model.meshes[bind.mesh].morphs[bind.morph]
      let (first, sources, normalsTurned) = ranges[bind.mesh]
      let turning = normalsTurned ? -bind.weight : bind.weight
      let count = sources?.count ?? morph.positions.count
      for vertex in 0..<count {
        let source = sources.map { Int($0[vertex]) } ?? vertex
        let move = morph.positions[source] * bind.weight
        let turn = morph.normals.isEmpty ? .zero : morph.normals[source] * turning
        if move == .zero, turn == .zero { continue }
        let before = moves[UInt32(first + vertex)] ?? (.zero, .zero)
        moves[UInt32(first + vertex)] = (before.0 + move, before.1 + turn)
      }
    }
    let vertices = moves.keys.sorted()
    return LinearSkin.Morph(
      vertices: vertices, positions: vertices.map { moves[$0]?.0 ?? .zero },
      normals: vertices.map { moves[$0]?.1 ?? .zero })
  }
}

extension ForeignModel {
  /// Returns the nodes that a mesh follows, each with the matrix from the mesh's frame to its own.
  func binds(of mesh: Mesh) -> [(node: Int, bind: Matrix4)] {
    guard let skin = mesh.skin.map({ skins[$0] }) else {
      return [(mesh.node, NodeTransform.identity.matrix)]
    }
    return zip(skin.joints, skin.inverseBinds).map { ($0, $1) }
  }
}

extension ForeignModel.Mesh {
  /// Whether most normals point to the backs of triangles, which some exporters cause by flipping
  /// only one of the two.
  var hasNormalsInside: Bool {
    let facing = Skinning.vertexNormals(positions: positions, triangles: triangles)
    let against = zip(normals, facing).count { $0.dot($1) < 0 }
    return against * 2 > normals.count
  }

  /// Flips triangles that wind against their corners' normals, as mirrored halves often do:
  /// renderers orient normals by a triangle's front.
  mutating func windTrianglesByNormals() {
    for (index, corners) in triangles.enumerated() {
      let (a, b, c) = (Int(corners.x), Int(corners.y), Int(corners.z))
      let winding = (positions[b] - positions[a]).cross(positions[c] - positions[a])
      let normal = normals[a] + normals[b] + normals[c]
      // A custom normal can lean, but an opposite one is a fault of the winding.
      if winding.dot(normal) < -0.5 * winding.length * normal.length {
        triangles[index] = SIMD3(corners.x, corners.z, corners.y)
      }
    }
  }

  /// Blends in the shapes that are on by default.
  mutating func mixDefaults() {
    for (morph, weight) in zip(morphs, morphWeights) where weight != 0 {
      for vertex in positions.indices { positions[vertex] += morph.positions[vertex] * weight }
      guard !morph.normals.isEmpty else { continue }
      for vertex in normals.indices { normals[vertex] += morph.normals[vertex] * weight }
    }
  }

  /// Gives each triangle its own corners and a flat normal, as glTF requires for meshes without
  /// normals, and returns the source of each vertex.
  mutating func takeApart() -> [UInt32] {
    let sources = triangles.flatMap { [$0.x, $0.y, $0.z] }
    func spread<T>(_ values: [T], _ width: Int = 1) -> [T] {
      values.isEmpty
        ? [] : sources.flatMap { values[(Int($0) * width)..<((Int($0) + 1) * width)] }
    }
    positions = spread(positions)
    textureCoordinates = spread(textureCoordinates)
    joints = spread(joints, influencesPerVertex)
    weights = spread(weights, influencesPerVertex)
    for index in morphs.indices {
      morphs[index].positions = spread(morphs[index].positions)
      morphs[index].normals = []
    }
    triangles = (0..<UInt32(sources.count / 3)).map { SIMD3(3 * $0, 3 * $0 + 1, 3 * $0 + 2) }
    normals = Skinning.vertexNormals(positions: positions, triangles: triangles)
    return sources
  }
}

extension Matrix4 {
  /// Whether the matrix turns right hands into left ones.
  var isMirroring: Bool {
    func axis(_ c: SIMD4<Double>) -> Vector3 { Vector3(c.x, c.y, c.z) }
    return axis(columns.0).cross(axis(columns.1)).dot(axis(columns.2)) < 0
  }
}
