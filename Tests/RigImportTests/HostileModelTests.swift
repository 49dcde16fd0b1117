import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import RigImport

/// Files that are intended to break their reader: each quickly results in a sentence or a model.
@Suite struct HostileModelTests {
  private func refusal(_ json: String) -> String? {
    let error = #expect(throws: ForeignModelError.self) {
      try ModelReader.read(Array(json.utf8), path: "x.gltf")
    }
    return error?.description
  }

  /// Adds nodes below a person's left hand, named `names[i % names.count]`, in chains of some
  /// length.
  private func crowded(_ count: Int, chain: Int, names: [String]) throws -> ForeignModel {
    var model = MadeUpModel().model
    let hand = try #require(model.nodes.firstIndex { $0.name == "leftHand" })
    var parent = hand
    for index in 0..<count {
      if index % chain == 0 { parent = hand }
      model.nodes.append(
        .init(name: names[index % names.count], parent: parent, local: .identity))
      parent = model.nodes.count - 1
    }
    return model
  }

  // MARK: Nodes

  @Test func excessivelyDeepNodesAreRejected() {
    let nodes = (0..<1_000).map { #"{"children": [\#($0 + 1)]}"# } + ["{}"]
    #expect(
      refusal(
        #"{"asset": {"version": "2.0"}, "nodes": [\#(nodes.joined(separator: ", "))]}"#)
        == "its nodes are nested 1001 deep; posemap accepts at most 1000; export the character alone"
    )
  }

  @Test func excessiveNodesAndJointsAreRejected() throws {
    let nodes = Array(repeating: "{}", count: 100_001).joined(separator: ",")
    #expect(
      refusal(#"{"asset": {"version": "2.0"}, "nodes": [\#(nodes)]}"#)
        == "it has 100001 nodes; posemap accepts at most 100000; export the character alone")
    // Skins that no mesh follows count too.
    var model = MadeUpModel().model
    let skin = model.skins[0]
    model.skins = Array(repeating: skin, count: (1 << 20) / skin.joints.count + 1)
    #expect(model.fault == nil && model.excess?.hasPrefix("its skins name ") ?? false)
    #expect(ForeignModelCodec.decode(ForeignModelCodec.encode(model)) == nil)
  }

  @Test func aCycleOfNodesIsAFault() {
    var model = ForeignModel(format: .glTF)
    for parent in [1, 2, 0, 0] {
      model.nodes.append(.init(name: "", parent: parent, local: .identity))
    }
    #expect(model.fault?.hasSuffix("is its own ancestor") ?? false)
  }

  @Test func parentsComeFirstInTheFilesOrder() {
    var model = ForeignModel(format: .glTF)
    for parent in [3, -1, 0, 1, 1] {
      model.nodes.append(.init(name: "", parent: parent, local: .identity))
    }
    #expect(model.parentsFirst == [1, 3, 4, 0, 2] && model.depths == [2, 0, 3, 1, 1])
    #expect(model.isBelow(anyOf: [0]) == [true, false, true, false, false])
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [[""], ["hand"], ["hand", "spine", "leftIndexProximal"], ["arm_L"]])
  func crowdsOfNodesAreSearchedQuickly(_ names: [String]) throws {
    let model = try crowded(20_000, chain: 900, names: names)
    #expect(model.fault == nil && model.excess == nil)
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.leftUpperArm] == model.nodes.firstIndex { $0.name == "leftUpperArm" })
    #expect(HumanoidModel(model, bones: map.nodes).height > 1)
  }

  @Test(.timeLimit(.minutes(1))) func crowdsOfNodesWithSkinAreSearchedQuickly() throws {
    var model = try crowded(20_000, chain: 900, names: [""])
    let first = model.nodes.count - 20_000
    // All are in one position, all have skin, and each has a skin that no mesh follows.
    for node in stride(from: first, to: model.nodes.count, by: 20) {
      var mesh = ForeignModel.Mesh(node: node)
      mesh.positions = [.zero, SIMD3(0.1, 0, 0), SIMD3(0, 0.1, 0)]
      mesh.triangles = [SIMD3(0, 1, 2)]
      model.meshes.append(mesh)
    }
    let bind = NodeTransform.identity.matrix
    for node in first..<model.nodes.count {
      model.skins.append(.init(joints: [node], inverseBinds: [bind]))
    }
    #expect(model.fault == nil && model.excess == nil)
    let map = try BoneMap.find(in: model)
    let humanoid = HumanoidModel(model, bones: map.nodes, followers: map.followers)
    #expect(humanoid.body(named: "x") != nil)
  }

  @Test(.timeLimit(.minutes(1))) func aCrowdOfPeopleIsSearchedQuickly() throws {
    var made = MadeUpModel()
    made.names = made.names.filter { !$0.key.isOfFinger }
    let one = made.model
    var model = one
    for person in 1..<100 {
      let shift = model.nodes.count
      model.nodes += one.nodes.map { node in
        var node = node
        if node.parent < 0 { node.local.translation.x += 2 * Double(person) }
        node.parent = node.parent < 0 ? -1 : node.parent + shift
        return node
      }
      var skin = one.skins[0]
      skin.joints = skin.joints.map { $0 + shift }
      model.skins.append(skin)
      var mesh = one.meshes[0]
      mesh.node = shift
      mesh.skin = person
      model.meshes.append(mesh)
    }
    let map = try BoneMap.find(in: model)
    #expect(map.others.count == 99 && model.withoutSurfaces(below: map.others).meshes.count == 1)
    #expect(map.warnings.first?.contains("it contains 100 skeletons") ?? false)
    #expect(map.warnings.first?.contains(#""hips" and 91 more)"#) ?? false)
  }

  // MARK: Numbers

  @Test func anExcessiveStrideIsRejected() {
    let encoded = MeshoptSample.vertices
    let json = """
      {"asset": {"version": "2.0"}, "nodes": [{"mesh": 0}],
       "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
       "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
       "bufferViews": [{"buffer": 1, "byteLength": 36, "byteStride": 9223372036854775807, "extensions":
         {"EXT_meshopt_compression": {"buffer": 0, "byteLength": \(encoded.count), "byteStride": 12,
          "count": 3, "mode": "ATTRIBUTES"}}}],
       "buffers": [{"byteLength": \(encoded.count), "uri": "data:;base64,\(base64(encoded))"},
         {"byteLength": 36, "extensions": {"EXT_meshopt_compression": {"fallback": true}}}]}
      """
    #expect(
      refusal(json) == "its buffer view 0 has a stride of 9223372036854775807; it must be 4 to 252")
  }

  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = (part + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      for slot in 0..<4 {
        text.append(slot <= part.count ? letters[bits >> (18 - 6 * slot) & 63] : "=")
      }
    }
    return text
  }

  @Test func textureFaultsAreReportedOnce() throws {
    let material =
      #"{"alphaMode": "MASK", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}"#
    let materials = Array(repeating: material, count: 12).joined(separator: ", ")
    let json = #"""
      {"asset": {"version": "2.0"}, "nodes": [{}], "materials": [\#(materials)],
       "textures": [{"extensions": {"KHR_texture_basisu": {"source": 0}}}],
       "images": [{"uri": "x.ktx2"}]}
      """#
    let model = try ModelReader.read(Array(json.utf8), path: "x.gltf")
    #expect(model.materials.count == 12 && model.warnings.count == 1)
  }
}
