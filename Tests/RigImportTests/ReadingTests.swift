import Foundation
import PoseRig
import TestSupport
import Testing

@testable import RigImport

private func bvh(_ frames: Int, claimed: String? = nil) -> String {
  """
  HIERARCHY
  ROOT Hips
  {
    OFFSET 0 0 0
    CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
    JOINT Upper Leg
    {
      OFFSET 0 -40 0
      CHANNELS 3 zrotation xrotation yrotation
      End Site
      {
        OFFSET 0 -40 0
      }
    }
  }
  MOTION
  Frames: \(claimed ?? String(frames))
  Frame Time: 0.05

  """ + (0..<frames).map { "1 \(90 + $0) 3 10 0 0 0 20 0\n" }.joined()
}

private func refusal(_ text: String) -> String? {
  do {
    _ = try ModelReader.read(Array(text.utf8), path: "x")
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct ReadingTests {
  @Test(arguments: ["", "\u{FEFF}"])
  func bvhIsReadInAnySpelling(_ start: String) throws {
    let model = try ModelReader.read(Array((start + bvh(3, claimed: "4000000000")).utf8), path: "x")
    #expect(model.format == .bvh && model.meshes.isEmpty)
    #expect(model.nodes.contains { $0.name == "Upper_Leg" })
    let clip = try #require(model.clips.first)
    #expect(abs(clip.duration - 0.1) < 1e-6)
    let pose = NodePose(model, clip: clip, time: 0.1)
    let root = try #require(model.nodes.firstIndex { $0.name == "Hips" })
    #expect((pose.position(root) - Vector3(1, 92, 3)).length < 1e-4)
  }

  @Test(arguments: [
    (bvh(0), "the BVH file has no frames of motion"),
    (
      bvh(2).replacing("20 0\n", with: "\n"),
      "its frame 1 has 7 numbers for 9 channels: the file ends early"
    ),
    (
      bvh(1).replacing("zrotation", with: "wrotation"),
      #"it has the channel "wrotation", which BVH does not know"#
    ),
    (
      "hello",
      "it is not in a format that posemap reads: glTF, GLB, VRM, VRMA, FBX, BVH, COLLADA; export it as one of these"
    ),
    (
      #"{"asset": {"version": "1.0"}}"#, "it is glTF 1.0; posemap reads glTF 2.0: export it as such"
    ), ("{}", #"its glTF JSON is not valid: the document has no "asset"; export it again"#),
    (
      #"{"asset": {"version": "2.0"}, "extensionsRequired": ["X_y"]}"#,
      "it requires the glTF extension X_y, which posemap does not know; export it without"
    ),
    (
      #"{"asset": {"version": "2.0"}, "nodes": [{"children": [0]}]}"#,
      "its node 0 has the child 0, which does not exist or belongs to another node"
    ),
    (
      #"{"file_version": "0.6.0.0", "asset_info": {"type": "figure"}}"#,
      "it is a DAZ Studio file, which posemap does not read; export the figure or its motion as FBX"
    ),
    ("BLENDER-v300", "it is a Blender file; export it from Blender as glTF (.glb)"),
    ("PK\u{3}\u{4}", "it is a zip archive; unpack it and name the model in it"),
    ("", "the file is empty"),
    (
      #"{"asset": {"version": "2.0"}, "buffers": [{"uri": "../x.bin", "byteLength": 1}]}"#,
      #"its buffer 0 is "../x.bin", outside the model's folder; put it beside the model, or export as GLB"#
    ),
    (
      #"{"asset": {"version": "2.0"}, "buffers": [{"uri": "https://x/y.bin", "byteLength": 1}]}"#,
      "its buffer 0 is at https://x/y.bin; posemap does not use the network: save it beside the model, or export as GLB"
    ),
  ])
  func anUnreadableFileIsReportedInASentence(_ text: String, _ sentence: String) {
    #expect(refusal(text) == sentence)
  }

  @Test func aModelRoundTripsThroughThePipe() throws {
    var model = MadeUpModel().model
    model.materials = [.init(name: "skin", doubleSided: true, alphaCutoff: 0.5, alphaTexture: 0)]
    model.alphaTextures = [.init(width: 2, height: 1, wrap: [.clamp, .repeat], alpha: [0, 255])]
    model.meshes[0].material = 0
    model.humanoid = [.hips: 0]
    model.clips = [
      .init(
        name: "c", duration: 1, frameRate: 30,
        tracks: [
          .init(
            node: 1, property: .rotation, interpolation: .step, times: [0], values: [0, 0, 0, 1])
        ])
    ]
    model.notes = ["noted"]
    let bytes = ForeignModelCodec.encode(model)
    #expect(ForeignModelCodec.decode(bytes) == model)
  }

  @Test func aDamagedPipeYieldsNothingOrAValidModel() {
    let bytes = ForeignModelCodec.encode(MadeUpModel().model)
    var random = SplitMix64(seed: 7)
    for _ in 0..<300 {
      var damaged = bytes
      switch random.next() % 3 {
      case 0: damaged.removeLast(Int(random.next() % UInt64(bytes.count)) + 1)
      case 1:
        damaged[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      default:
        let at = Int(random.next() % UInt64(bytes.count - 8))
        for byte in 0..<8 { damaged[at + byte] = 0xFF }
      }
      if let model = ForeignModelCodec.decode(damaged) { #expect(model.fault == nil) }
    }
  }

  @Test func theChildReturnsTheModelOrASentence() throws {
    let runner = try CommandRunner()
    try runner.write(bvh(2), to: "two.bvh")
    let model = try ChildImport.read(runner.folder + "/two.bvh", command: CommandRunner.command)
    #expect(model.nodes.contains { $0.name == "Hips" })
    // So deep that a recursive reader runs out of stack.
    let deep = String(repeating: "[", count: 1_000_000)
    try runner.write(#"{"asset": {"version": "2.0"}, "extras": \#(deep)"#, to: "deep.gltf")
    #expect(throws: ForeignModelError.self) {
      try ChildImport.read(runner.folder + "/deep.gltf", command: CommandRunner.command)
    }
    #expect(throws: ForeignModelError.self) {
      try ChildImport.read(runner.folder + "/none.glb", command: CommandRunner.command)
    }
  }

  @Test func dracoThatClaimsTooMuchIsReportedInASentence() throws {
    let runner = try CommandRunner()
    let sample = DracoSample.triangle
    // The LEB128 encodings of 2³² − 1 and of 2²⁴.
    let (most, many): ([UInt8], [UInt8]) = ([255, 255, 255, 255, 15], [128, 128, 128, 8])
    let header = Array(sample[..<9])
    var files = [
      // Sequential and edgebreaker encodings, claimed faces and points, and metadata of any length.
      header[..<8] + [0, 0, 0] + most + most + [0], header[..<8] + [0, 0, 0] + many + many + [1],
      header + [0, 0, 0] + most + most + [0, 0], header + [0, 0, 0] + many + many + [0, 0],
      header + [0, 128] + most + sample[11...], header + [0, 128] + many + many + sample[11...],
    ].map(Array.init)
    for at in 11..<44 {
      for value in [0xFF, 0x7F, 0x80] as [UInt8] {
        var changed = sample
        changed[at] = value
        files.append(changed)
      }
    }
    for (index, file) in files.enumerated() {
      let json = """
        {"asset": {"version": "2.0"}, "nodes": [{"mesh": 0}], "meshes": [{"primitives": [
          {"attributes": {"POSITION": 0}, "indices": 1, "extensions": {"KHR_draco_mesh_compression":
            {"bufferView": 0, "attributes": {"POSITION": 0}}}}]}],
         "accessors": [{"componentType": 5126, "count": 3, "type": "VEC3"},
           {"componentType": 5123, "count": 3, "type": "SCALAR"}],
         "bufferViews": [{"buffer": 0, "byteLength": \(file.count)}],
         "buffers": [{"byteLength": \(file.count),
           "uri": "data:application/octet-stream;base64,\(Data(file).base64EncodedString())"}]}
        """
      try runner.write(json, to: "x.gltf")
      do {
        _ = try ChildImport.read(runner.folder + "/x.gltf", command: CommandRunner.command)
      } catch {
        // The message does not say that it broke the program that reads it.
        #expect(!"\(error)".contains("broke the program"), "\(index): \(error)")
      }
    }
  }

  @Test func moreBonesThanABodyAllowsAreRejected() {
    func text(_ count: Int) -> String {
      let nodes = Array(repeating: #"{"mesh": 0}"#, count: count).joined(separator: ", ")
      return """
        {"asset": {"version": "2.0"}, "nodes": [\(nodes)],
         "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
         "accessors": [{"componentType": 5126, "count": 3, "type": "VEC3"}]}
        """
    }
    #expect(refusal(text(65_536)) == nil)
    #expect(
      refusal(text(65_537))
        == "its meshes are bound to 65537 bones; posemap accepts at most 65536; export the character alone"
    )
  }

  /// Keys that are far apart imply no frame rate.
  @Test func aRateThatRoundsToZeroIsIgnored() throws {
    let text = bvh(3).replacing("0.05", with: "59.9")
    #expect(try ModelReader.read(Array(text.utf8), path: "x").clips.first?.frameRate == 0.017)
  }
}
