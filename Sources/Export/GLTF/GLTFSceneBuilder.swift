internal import Glibc
internal import PoseRig

/// Collects the nodes of a scene and everything that they refer to.
struct GLTFSceneBuilder {
  private(set) var buffer = GLTFBuffer()
  private(set) var stiffVertices = 0
  private var roots: [Int] = []
  private var nodes: [GLTFDocument.Node] = []
  private var cameras: [GLTFDocument.Camera] = []
  private var meshes: [GLTFDocument.Mesh] = []
  private var skins: [GLTFDocument.Skin] = []
  private var materials: [GLTFDocument.Material] = []

  /// Returns the document of everything that was added.
  func document(generator: String) -> GLTFDocument {
    func list<Entry>(_ entries: [Entry]) -> [Entry]? { entries.isEmpty ? nil : entries }
    return GLTFDocument(
      asset: .init(generator: generator), scenes: [.init(nodes: list(roots))], nodes: list(nodes),
      cameras: list(cameras), meshes: list(meshes), skins: list(skins), materials: list(materials),
      accessors: list(buffer.accessors), bufferViews: list(buffer.views),
      buffers: buffer.bytes.isEmpty ? nil : [.init(byteLength: buffer.bytes.count)])
  }

  /// Adds the camera, with an infinite far plane.
  mutating func add(_ camera: Camera) {
    let canvas = camera.canvas
    cameras.append(
      .init(
        name: "camera",
        perspective: .init(
          aspectRatio: Double(canvas.width) / Double(canvas.height),
          yfov: 2 * atan(camera.tangents.y), znear: 0.01),
        extras: .init(width: canvas.width, height: canvas.height)))
    var node = GLTFDocument.Node(name: "camera", at: camera.worldFromCamera)
    node.camera = cameras.count - 1
    roots.append(append(node))
  }

  /// Adds a character: a node at its position with its joints as descendants, and its skinned
  /// surface.
  mutating func add(_ character: PosedCharacter) {
    let rig = LinearRig(character)
    let joints = add(rig, name: character.id, at: character.worldFromModel)
    let surface = UnblendedSurface(
      character, motions: rig.motions.map { character.worldFromModel * $0 })
    stiffVertices += surface.stiffVertices
    let attributes = [
      "POSITION": buffer.add(positions: surface.positions),
      "NORMAL": buffer.add(normals: surface.normals),
      "JOINTS_0": buffer.add(joints: surface.joints),
      "WEIGHTS_0": buffer.add(weights: surface.weights),
    ]
    let name = character.id + "-surface"
    // At the top level, since a skinned surface follows its joints and never its own node (glTF 2.0
    // § 3.7.3.3).
    var node = GLTFDocument.Node(name: name, at: .identity)
    node.mesh = add(character.seenBody, attributes, name: name)
    node.skin = skins.count
    roots.append(append(node))
    let binds = rig.frames.map { Matrix4($0.modelFromRest.inverse) }
    skins.append(
      .init(name: character.id, joints: joints, inverseBindMatrices: buffer.add(matrices: binds)))
  }

  /// Adds a surface without a skin.
  mutating func add(_ prop: PosedSurface, name: String) {
    let attributes = [
      "POSITION": buffer.add(positions: prop.positions),
      "NORMAL": buffer.add(normals: prop.normals),
    ]
    var node = GLTFDocument.Node(name: name, at: .identity)
    node.mesh = add(prop, attributes, name: name)
    roots.append(append(node))
  }

  /// Adds a root node with the frames' nodes below it, and returns the frames' nodes in order.
  private mutating func add(_ rig: LinearRig, name: String, at transform: Transform) -> [Int] {
    let root = append(GLTFDocument.Node(name: name, at: transform))
    roots.append(root)
    return rig.frames.map { frame in
      let index = append(GLTFDocument.Node(name: frame.name, at: frame.local))
      let parent = frame.parent.map { root + 1 + $0 } ?? root
      nodes[parent].children = (nodes[parent].children ?? []) + [index]
      return index
    }
  }

  private mutating func add(
    _ surface: PosedSurface, _ attributes: [String: Int], name: String
  ) -> Int {
    let triangles = buffer.add(triangles: surface.triangles, vertices: surface.positions.count)
    let material = material(doubleSided: !surface.isClosed)
    meshes.append(
      .init(
        name: name,
        primitives: [.init(attributes: attributes, indices: triangles, material: material)]))
    return meshes.count - 1
  }

  /// Adds the clay material of the shaded picture, in linear color as glTF requires.
  private mutating func material(doubleSided: Bool) -> Int {
    if let known = materials.firstIndex(where: { $0.doubleSided == doubleSided }) { return known }
    materials.append(
      .init(
        name: doubleSided ? "open clay" : "clay",
        pbrMetallicRoughness: .init(baseColorFactor: [0.8481, 0.7106, 0.587, 1]),
        doubleSided: doubleSided))
    return materials.count - 1
  }

  private mutating func append(_ node: GLTFDocument.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }
}

extension GLTFDocument.Node {
  /// Creates a node with a transform, which is omitted where it is the identity.
  init(name: String, at transform: Transform) {
    self.init(name: name)
    let (q, t) = (transform.rotation.components, transform.translation)
    // Adding 0 turns −0 into 0.
    if transform.rotation != .identity { rotation = [q.x, q.y, q.z, q.w].map { $0 + 0 } }
    if t != .zero { translation = [t.x, t.y, t.z].map { $0 + 0 } }
  }
}
