import PoseRig
import TestSupport
import Testing

@testable import RigImport

private func bytes(_ number: Int) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// A GLB with JSON and a binary chunk.
private func glb(_ json: String, binary: [UInt8] = [], padding: UInt8 = 0x20) -> [UInt8] {
  var text = Array(json.utf8)
  while text.count % 4 != 0 { text.append(padding) }
  var data = binary
  while data.count % 4 != 0 { data.append(0) }
  let chunks =
    bytes(text.count) + Array("JSON".utf8) + text
    + (data.isEmpty ? [] : bytes(data.count) + Array("BIN\0".utf8) + data)
  return Array("glTF".utf8) + bytes(2) + bytes(12 + chunks.count) + chunks
}

private func floats(_ numbers: [Float]) -> [UInt8] {
  numbers.flatMap { number in bytes(Int(number.bitPattern)) }
}

private let triangle = floats([0, 0, 0, 1, 0, 0, 0, 1, 0])

/// A file with nodes that all show one triangle.
private func text(_ nodes: String, more: String = "") -> String {
  """
  {"asset": {"version": "2.0"}, "nodes": [\(nodes)],
   "meshes": [{"primitives": [{"attributes": {"POSITION": 0}\(more)}]}],
   "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
   "bufferViews": [{"buffer": 0, "byteLength": 36}], "buffers": [{"byteLength": 36}]}
  """
}

@Suite struct GLTFVariantsTests {
  private func read(_ bytes: [UInt8]) throws -> ForeignModel {
    try ModelReader.read(bytes, path: "x.glb")
  }

  @Test func jsonPaddedWithZerosIsRead() throws {
    for padding in [UInt8(0x20), 0] {
      let model = try read(glb(text(#"{"mesh": 0}"#) + " ", binary: triangle, padding: padding))
      #expect(model.meshes.count == 1)
    }
    let long = glb(text(#"{"mesh": 0}"#) + "\0\0\0\0\0", binary: triangle, padding: 0)
    #expect(try read(long).meshes.count == 1)
  }

  @Test func hiddenNodesAndTheirDescendantsAreNotShown() throws {
    let hidden = #""extensions": {"KHR_node_visibility": {"visible": false}}"#
    let nodes = #"""
      {"name": "a", "mesh": 0}, {"name": "b", "mesh": 0, \#(hidden)},
      {"name": "c", "children": [3], \#(hidden)}, {"name": "d", "mesh": 0},
      {"name": "e", "mesh": 0, "extensions": {"KHR_node_visibility": {"visible": true}}}
      """#
    let model = try read(glb(text(nodes), binary: triangle))
    #expect(model.meshes.map { model.nodes[$0.node].name } == ["a", "e"])
    #expect(model.notes == [#""b", "d" are hidden in the file and not drawn"#])
  }

  @Test func meshesForVRMsFirstPersonViewAreNotShown() throws {
    let own = text(#"{"name": "body", "mesh": 0}, {"name": "arms", "mesh": 0}"#)
    let annotation = #"""
      , "extensions": {"VRMC_vrm": {"specVersion": "1.0", "firstPerson": {"meshAnnotations": [
        {"node": 1, "type": "firstPersonOnly"}, {"node": 0, "type": "both"}]}}}}
      """#
    let model = try read(glb(String(own.dropLast()) + annotation, binary: triangle))
    #expect(model.meshes.map { model.nodes[$0.node].name } == ["body"])
  }

  @Test func meshoptimizerDataIsRead() throws {
    let encoded = MeshoptSample.vertices
    let json = """
      {"asset": {"version": "2.0"}, "extensionsRequired": ["EXT_meshopt_compression"],
       "nodes": [{"mesh": 0}], "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
       "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
       "bufferViews": [{"buffer": 1, "byteLength": 36, "byteStride": 12, "extensions":
         {"EXT_meshopt_compression": {"buffer": 0, "byteLength": \(encoded.count), "byteStride": 12,
          "count": 3, "mode": "ATTRIBUTES"}}}],
       "buffers": [{"byteLength": \(encoded.count)},
         {"byteLength": 36, "extensions": {"EXT_meshopt_compression": {"fallback": true}}}]}
      """
    let model = try read(glb(json, binary: encoded))
    #expect(model.meshes[0].positions == [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)])
    // Damaged data results in a sentence.
    var damaged = encoded
    damaged[0] = 0
    #expect(
      throws: ForeignModelError.damaged(
        "its buffer view 0 is not valid EXT_meshopt_compression data; export it again")
    ) { try read(glb(json, binary: damaged)) }
  }

  @Test func dracoMeshesAreRead() throws {
    let encoded = DracoSample.triangle
    let json = """
      {"asset": {"version": "2.0"}, "extensionsRequired": ["KHR_draco_mesh_compression"],
       "nodes": [{"mesh": 0}], "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1,
         "extensions": {"KHR_draco_mesh_compression": {"bufferView": 0, "attributes": {"POSITION": 0}}}}]}],
       "accessors": [{"componentType": 5126, "count": 3, "type": "VEC3"},
         {"componentType": 5123, "count": 3, "type": "SCALAR"}],
       "bufferViews": [{"buffer": 0, "byteLength": \(encoded.count)}],
       "buffers": [{"byteLength": \(encoded.count)}]}
      """
    let model = try read(glb(json, binary: encoded))
    let mesh = try #require(model.meshes.first)
    #expect(mesh.triangles.count == 1 && mesh.positions.count == 3)
    let corners = Set(mesh.positions.map { [$0.x, $0.y, $0.z].map { ($0 * 1000).rounded() } })
    #expect(corners == [[0, 0, 0], [1000, 0, 0], [0, 1000, 0]])
    #expect(
      throws: ForeignModelError.damaged(
        "its mesh 0, primitive 0 is compressed with Draco and cannot be decoded; export it again")
    ) { try read(glb(json, binary: Array(encoded.reversed()))) }
  }

  @Test func dracoMeshesAreListsWhateverTheirMode() throws {
    let encoded = DracoSample.square
    func mesh(_ mode: Int) throws -> ForeignModel.Mesh? {
      let json = """
        {"asset": {"version": "2.0"}, "nodes": [{"mesh": 0}],
         "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "mode": \(mode),
           "extensions": {"KHR_draco_mesh_compression": {"bufferView": 0, "attributes": {"POSITION": 0}}}}]}],
         "accessors": [{"componentType": 5126, "count": 4, "type": "VEC3"},
           {"componentType": 5123, "count": 6, "type": "SCALAR"}],
         "bufferViews": [{"buffer": 0, "byteLength": \(encoded.count)}],
         "buffers": [{"byteLength": \(encoded.count)}]}
        """
      return try read(glb(json, binary: encoded)).meshes.first
    }
    let list = try #require(try mesh(4))
    #expect(list.triangles == [SIMD3(0, 1, 2), SIMD3(0, 2, 3)])
    #expect(try mesh(5) == list && mesh(6) == list)
  }

  @Test func chunksCanFollowEachOtherWithoutPadding() throws {
    let json = text(#"{"name": "a", "mesh": 0}"#)
    let sound = try read(glb(json, binary: triangle))
    for blanks in 0..<4 {
      let content = Array((json + String(repeating: " ", count: blanks)).utf8)
      let binary = Array(triangle)
      func bytes(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) } }
      let chunks =
        bytes(content.count) + Array("JSON".utf8) + content + bytes(binary.count)
        + Array("BIN\0".utf8) + binary
      for stated in [12 + chunks.count, 0, 8, 24, 1 << 30] {
        let file = Array("glTF".utf8) + bytes(2) + bytes(stated) + chunks
        var model = try read(file)
        let note = "its header states a length of \(stated) bytes; it was read whole"
        #expect(model.notes == (stated < 20 ? [note] : []))
        model.notes = []
        #expect(model == sound, "\(blanks), \(stated)")
      }
      // Data beyond the stated length does not belong to the file.
      let more = Array("glTF".utf8) + bytes(2) + bytes(12 + chunks.count) + chunks + bytes(99) + [7]
      if blanks == 0, json.utf8.count.isMultiple(of: 4) { #expect(try read(more) == sound) }
    }
  }

  /// A file with a picture of some kind and a material that uses it as a cutout.
  private func cutOut(_ texture: String, _ picture: [UInt8]) -> [UInt8] {
    let json = """
      {"asset": {"version": "2.0"}, "nodes": [{"mesh": 0}],
       "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}],
       "materials": [{"alphaMode": "MASK", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
       "textures": [\(texture)], "images": [{"bufferView": 1, "mimeType": "image/webp"}],
       "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
       "bufferViews": [{"buffer": 0, "byteLength": 36},
         {"buffer": 0, "byteOffset": 36, "byteLength": \(picture.count)}],
       "buffers": [{"byteLength": \(36 + picture.count)}]}
      """
    return glb(json, binary: triangle.prefix(36) + picture)
  }

  @Test func theOpacityOfWebPIsRead() throws {
    let texture = #"{"extensions": {"EXT_texture_webp": {"source": 0}}}"#
    let model = try read(cutOut(texture, WebPSample.pixels))
    let found = try #require(model.alphaTextures.first)
    #expect(found.width == 2 && found.height == 1 && found.alpha == [0, 255])
    #expect(model.materials[0].alphaTexture == 0 && model.warnings.isEmpty)
    let damaged = try read(cutOut(texture, Array(WebPSample.pixels.prefix(24))))
    #expect(damaged.alphaTextures.isEmpty)
    #expect(damaged.warnings.count == 1 && damaged.warnings[0].contains("export it with PNG"))
  }

  @Test func unreadBasisOpacityIsReported() throws {
    let texture = #"{"extensions": {"KHR_texture_basisu": {"source": 0}}}"#
    let model = try read(cutOut(texture, WebPSample.pixels))
    #expect(model.alphaTextures.isEmpty && model.warnings.count == 1)
    #expect(model.warnings.first?.hasPrefix("its texture 0 is Basis (KTX2)") ?? false)
  }

  @Test func expressionsCanBeBinary() throws {
    var model = MadeUpModel().model
    var shape = [SIMD3<Float>](repeating: .zero, count: model.meshes[0].positions.count)
    shape[3] = SIMD3(0, 0.1, 0)
    model.meshes[0].morphs = [.init(name: "up", positions: shape)]
    model.meshes[0].morphWeights = [0]
    model.expressions = [
      .init(name: "Wink", binds: [.init(mesh: 0, morph: 0, weight: 1)], isBinary: true)
    ]
    #expect(ForeignModelCodec.decode(ForeignModelCodec.encode(model)) == model)
    let body = try #require(
      HumanoidModel(model, bones: try BoneMap.find(in: model).nodes).body(named: "x"))
    func rise(_ value: Double) -> Float {
      var pose = Pose.rest
      pose.face = ["Wink": value]
      let (moved, still) = (
        Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose).positions,
        body.surface.positions
      )
      return zip(moved, still).map { ($0 - $1).length }.max() ?? 0
    }
    #expect(rise(0.4) < 1e-6 && abs(rise(0.6) - 0.1) < 1e-5 && abs(rise(1) - 0.1) < 1e-5)
  }
}
