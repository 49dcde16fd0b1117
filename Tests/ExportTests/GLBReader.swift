import Foundation
import PoseRig
import SceneFiles

/// A binary glTF file parsed by the rules of the specification, without knowledge of its making.
struct GLBReader {
  struct Document: Decodable {
    struct Asset: Decodable { var version: String, generator: String }
    struct Scene: Decodable { var nodes: [Int] }
    struct Node: Decodable {
      var name: String
      var children: [Int]?
      var camera: Int?, mesh: Int?, skin: Int?
      var rotation: [Double]?, translation: [Double]?
    }
    struct Camera: Decodable {
      struct Perspective: Decodable { var aspectRatio: Double, yfov: Double, znear: Double }
      var perspective: Perspective
    }
    struct Mesh: Decodable {
      struct Primitive: Decodable {
        var attributes: [String: Int]
        var indices: Int, material: Int
      }
      var primitives: [Primitive]
    }
    struct Skin: Decodable { var joints: [Int], inverseBindMatrices: Int }
    struct Material: Decodable { var doubleSided: Bool }
    struct Accessor: Decodable {
      var bufferView: Int, componentType: Int, count: Int, type: String
      var min: [Double]?, max: [Double]?
    }
    struct View: Decodable { var buffer: Int, byteOffset: Int, byteLength: Int, target: Int? }
    struct Buffer: Decodable { var byteLength: Int }
    var asset: Asset
    var scene: Int
    var scenes: [Scene]
    var nodes: [Node]
    var cameras: [Camera], meshes: [Mesh], skins: [Skin], materials: [Material]
    var accessors: [Accessor], bufferViews: [View], buffers: [Buffer]
  }

  struct Broken: Error { var what: String }

  var document: Document
  var json: [UInt8]
  var binary: [UInt8]

  init(_ bytes: [UInt8]) throws {
    func number(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
    guard bytes.count >= 20, Array(bytes[..<4]) == Array("glTF".utf8), number(4) == 2 else {
      throw Broken(what: "header")
    }
    guard number(8) == bytes.count, bytes.count % 4 == 0 else { throw Broken(what: "length") }
    let jsonEnd = 20 + number(12)
    guard Array(bytes[16..<20]) == Array("JSON".utf8), jsonEnd % 4 == 0 else {
      throw Broken(what: "JSON chunk")
    }
    json = Array(bytes[20..<jsonEnd])
    guard Array(bytes[(jsonEnd + 4)..<(jsonEnd + 8)]) == Array("BIN\0".utf8),
      jsonEnd + 8 + number(jsonEnd) == bytes.count
    else { throw Broken(what: "BIN chunk") }
    binary = Array(bytes[(jsonEnd + 8)...])
    document = try JSONDecoder().decode(Document.self, from: Data(json))
  }

  static let widths = ["SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16]
  static let sizes = [5121: 1, 5123: 2, 5125: 4, 5126: 4]

  /// Returns an accessor's elements as doubles.
  func elements(_ index: Int) throws -> [[Double]] {
    let accessor = document.accessors[index]
    let view = document.bufferViews[accessor.bufferView]
    guard let width = Self.widths[accessor.type], let size = Self.sizes[accessor.componentType]
    else { throw Broken(what: "accessor \(index)") }
    guard view.byteOffset % 4 == 0, view.byteLength == accessor.count * width * size,
      view.byteOffset + view.byteLength <= document.buffers[view.buffer].byteLength,
      document.buffers[view.buffer].byteLength <= binary.count
    else { throw Broken(what: "view of accessor \(index)") }
    return (0..<accessor.count).map { element in
      (0..<width).map { component in
        let start = view.byteOffset + (element * width + component) * size
        let bits = (0..<size).reduce(UInt32(0)) { $0 | UInt32(binary[start + $1]) << (8 * $1) }
        return accessor.componentType == 5126 ? Double(Float(bitPattern: bits)) : Double(bits)
      }
    }
  }

  func vectors(_ index: Int) throws -> [Vector3] {
    try elements(index).map { Vector3($0[0], $0[1], $0[2]) }
  }

  func node(_ name: String) throws -> Int {
    guard let index = document.nodes.firstIndex(where: { $0.name == name }) else {
      throw Broken(what: "no node \(name)")
    }
    return index
  }

  /// Returns each node's frame in world coordinates.
  func globals() throws -> [Transform] {
    var globals = [Transform?](repeating: nil, count: document.nodes.count)
    func visit(_ index: Int, _ parent: Transform) throws {
      guard globals[index] == nil else { throw Broken(what: "node \(index) has two parents") }
      let node = document.nodes[index]
      let (q, t) = (node.rotation ?? [0, 0, 0, 1], node.translation ?? [0, 0, 0])
      let global =
        parent
        * Transform(
          rotation: Quaternion(x: q[0], y: q[1], z: q[2], w: q[3]),
          translation: Vector3(t[0], t[1], t[2]))
      globals[index] = global
      for child in node.children ?? [] { try visit(child, global) }
    }
    for root in document.scenes[document.scene].nodes { try visit(root, .identity) }
    return try globals.map {
      guard let global = $0 else { throw Broken(what: "a node outside the scene") }
      return global
    }
  }

  /// Returns a mesh as a viewer shows it: positions and normals after linear blending (glTF 2.0 §
  /// 3.7.3.3).
  func shown(_ name: String) throws -> (positions: [Vector3], normals: [Vector3]) {
    let node = document.nodes[try node(name)]
    guard let mesh = node.mesh, let primitive = document.meshes[mesh].primitives.first,
      let position = primitive.attributes["POSITION"], let normal = primitive.attributes["NORMAL"]
    else { throw Broken(what: "no mesh \(name)") }
    let (positions, normals) = (try vectors(position), try vectors(normal))
    guard let skin = node.skin, let jointsAccessor = primitive.attributes["JOINTS_0"],
      let weightsAccessor = primitive.attributes["WEIGHTS_0"]
    else { return (positions, normals) }
    let globals = try globals()
    let binds = try elements(document.skins[skin].inverseBindMatrices)
    let matrices = zip(document.skins[skin].joints, binds).map { joint, bind in
      Matrix4(globals[joint])
        * Matrix4(
          SIMD4(bind[0], bind[1], bind[2], bind[3]), SIMD4(bind[4], bind[5], bind[6], bind[7]),
          SIMD4(bind[8], bind[9], bind[10], bind[11]), SIMD4(bind[12], bind[13], bind[14], bind[15])
        )
    }
    let (joints, weights) = (try elements(jointsAccessor), try elements(weightsAccessor))
    func blended(_ vertex: Int, _ vector: SIMD4<Double>) -> Vector3 {
      var sum = SIMD4<Double>.zero
      for slot in 0..<4 {
        sum += matrices[Int(joints[vertex][slot])] * vector * weights[vertex][slot]
      }
      return Vector3(sum.x, sum.y, sum.z)
    }
    return (
      positions.indices.map { blended($0, SIMD4(positions[$0], 1)) },
      normals.indices.map { blended($0, SIMD4(normals[$0], 0)).normalized ?? .zero }
    )
  }
}
