import PoseRig
import TestSupport
import Testing

@testable import RigImport

/// A small file with everything that the reader supports: nodes, a skin, a shape, curves, a
/// material.
private func everything() -> MadeUpFBX {
  var file = MadeUpFBX()
  let first = file.node("hips", ["Lcl Translation": [0, 1, 0], "Lcl Scaling": [1, 2, 1]])
  let second = file.node(
    "spine", below: first,
    [
      "Lcl Translation": [0, 0.5, 0], "PreRotation": [0, 30, 0], "RotationPivot": [0, 0.1, 0],
      "InheritType": [2],
    ])
  let node = file.node("body", kind: "Mesh", ["GeometricTranslation": [0, 0.1, 0]])
  let geometry = file.mesh(
    at: node,
    points: [.zero, .unitX, Vector3(1, 1, 0), .unitY, Vector3(0, 2, 0.3), Vector3(1, 2, 0)],
    polygons: [[0, 1, 2, 3], [3, 2, 5, 4], [0, 1, 2, 5, 4, 3]])
  file.connect(file.add("Material", "skin", "", properties: ["Opacity": [0.9]]), to: node)
  let still = Chain.moved(.zero)
  file.skin(
    geometry,
    [
      (first, [0, 1, 2, 3], [1, 1, 0.5, 0.5], still, still),
      (second, [2, 3, 4, 5], [0.5, 0.5, 1, 1], still, still),
    ])
  let deformer = file.add("Deformer", "", "BlendShape")
  file.connect(deformer, to: geometry)
  let channel = file.add("Deformer", "open", "BlendShapeChannel")
  file.connect(channel, to: deformer)
  let shape = file.add(
    "Geometry", "", "Shape",
    [
      FBXTestRecord("Indexes", [.integers([1, 2])]),
      FBXTestRecord("Vertices", [.doubles([0, 0, 1, 0, 1, 0])]),
    ])
  file.connect(shape, to: channel)
  let layer = file.take(span: (0, 1))
  let rising: [MadeUpFBX.Key] = [
    .init(time: 0, value: 0, flags: 0x8 | 0x400, attributes: [30, 10, 0, 0]),
    .init(time: 0.5, value: 20, flags: 0x108), .init(time: 1, value: 70, flags: 0x2),
  ]
  file.drive(second, "Lcl Rotation", in: layer, [rising, nil, rising])
  file.drive(
    first, "Lcl Scaling", in: layer,
    [[.init(time: 0, value: 1), .init(time: 1, value: 1.5)], nil, nil])
  file.drive(channel, "DeformPercent", in: layer, [rising], channels: ["d|DeformPercent"])
  return file
}

private func refusal(_ bytes: [UInt8]) -> String? {
  do {
    _ = try ModelReader.read(bytes, path: "x.fbx")
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct FBXFileTests {
  @Test func everyFormOfAFileYieldsOneModel() throws {
    let file = everything()
    let model = try ModelReader.read(file.text, path: "x.fbx")
    #expect(model.format == .fbx && model.meshes.count == 1 && model.clips.count == 1)
    for version in [7100, 7400, 7500, 7700] as [UInt32] {
      for packed in [false, true] {
        let bytes = FBXTestFile.binary(
          file.records(version: Int(version)), version: version, packed: packed)
        #expect(try ModelReader.read(bytes, path: "x.fbx") == model)
      }
    }
  }

  @Test func aModelFromAnFBXFileRoundTripsThroughThePipe() throws {
    let model = try everything().read()
    #expect(ForeignModelCodec.decode(ForeignModelCodec.encode(model)) == model)
  }

  @Test func textIsReadInManySpellings() throws {
    func model(_ text: String) throws -> ForeignModel {
      try ModelReader.read(Array(text.utf8), path: "x.fbx")
    }
    let plain = """
      ; FBX 7.4.0 project file
      Objects: {
        Model: 5, "Model::one: two", "Null" {
          Properties70: {
            P: "Lcl Translation", "", "", "A",1,2,3
          }
        }
      }
      Connections: {
        C: "OO",5,0
      }
      """
    let expected = try model(plain)
    #expect(expected.nodes.map(\.name) == ["RootNode", "one: two"])
    for other in [
      plain.replacing("\n", with: "\r\n"), "\u{FEFF}" + plain,
      plain.replacing(",1,2,3", with: ", 1.0e0,\n\t 20e-1 , +3 ; a comment"),
      plain.replacing("Objects: {", with: "Empty: \nOther: Y\nObjects:\n{"),
      plain.replacing("\"Null\" {", with: "\"Null\"{ ; more\n"),
    ] {
      #expect(try model(other) == expected)
    }
  }

  @Test(arguments: [
    ("0.1", 0.1), ("-12.5e-3", -0.0125), ("1e22", 1e22), ("1e23", 1e23),
    ("123456789012345678901234567890", 0x1.8ee90ff6c373ep96),
    ("0.30000000000000004", 0.30000000000000004), ("5e-324", .leastNonzeroMagnitude), (".5", 0.5),
    ("7.", 7),
  ])
  func numbersAreReadToTheLastBit(_ text: String, _ number: Double) {
    let bytes = Array(text.utf8)
    var digits = FBXDigits(bytes, 0..<bytes.count)
    #expect(digits.number() == number && digits.isAtEnd)
  }

  // MARK: Damage

  @Test(arguments: [
    (
      "; FBX 5.8.0 project file\nFBXHeaderExtension: {\nFBXVersion: 5800\n}",
      "it is FBX 5.8; posemap reads FBX 6 and 7: export it again with \"FBX 2011\" or later, or "
        + "convert it with Autodesk's free FBX Converter 2013"
    ),
    (
      "; FBX 7.4.0\nObjects: {\n",
      "the FBX file ends early; copy or export it again"
    ), ("; FBX 7.4.0\n\nObjects {", "line 3 of the FBX file is not valid FBX; export it again"),
    (
      "; FBX 7.4.0\nObjects: {\n}",
      "the FBX file contains no nodes; export the character or its motion with it"
    ),
    (
      "; FBX 7.4.0\nObjects: {\nModel: 1, \"Model::a\", \"Null\" {\n}\n}"
        + String(repeating: "A: {\n", count: 200_000),
      "line 53 of the FBX file is not valid FBX; export it again"
    ),
  ])
  func aDamagedFileIsReportedInASentence(_ text: String, _ sentence: String) {
    #expect(refusal(Array(text.utf8)) == sentence)
  }

  @Test func anArrayThatClaimsMoreThanItsBytesIsRejected() {
    var file = everything()
    let node = file.node("m", kind: "Mesh")
    file.mesh(at: node, points: [.zero, .unitX, .unitY], polygons: [[0, 1, 2]])
    for packed in [true, false] {
      var bytes = FBXTestFile.binary(file.records(), packed: packed)
      let name = Array("Vertices".utf8)
      for at in bytes.indices.dropLast(16) where Array(bytes[at..<(at + 8)]) == name {
        bytes.replaceSubrange((at + 9)..<(at + 13), with: [0xFF, 0xFF, 0xFF, 0x1F])
      }
      #expect(refusal(bytes) != nil)
    }
  }

  /// Changes bits, bytes, lengths and pieces of a complete file: the result must be a valid model
  /// or a sentence.
  @Test(arguments: 0..<4)
  func aDamagedFileYieldsAValidModelOrASentence(_ form: Int) {
    let file = everything()
    let bytes =
      switch form {
      case 0: file.text
      case 1: FBXTestFile.binary(file.records(), packed: false)
      case 2: FBXTestFile.binary(file.records(version: 7500), version: 7500, packed: true)
      default: FBXTestFile.binary(file.records(version: 7500), version: 7500, packed: false)
      }
    var random = SplitMix64(seed: UInt64(form))
    for _ in 0..<500 {
      let damaged = damaged(bytes, using: &random)
      guard let model = try? ModelReader.read(damaged, path: "x.fbx") else { continue }
      #expect(model.fault == nil)
    }
  }

  private func damaged(
    _ bytes: [UInt8], using random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeLast(min(bytes.count - 1, Int.random(in: 1..<400, using: &random)))
      case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3:
        let sizes: [UInt64] = [0, 1, 0xFFFF_FFFF, 1 << 31, 1 << 63, .max, 1_000_000_000]
        let value = sizes[Int.random(in: 0..<sizes.count, using: &random)]
        for slot in 0..<min(8, bytes.count - at) {
          bytes[at + slot] = UInt8(truncatingIfNeeded: value >> UInt64(8 * slot))
        }
      case 4:
        bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1..<60, using: &random)))
      default:
        let from = Int.random(in: 0..<bytes.count, using: &random)
        let length = Int.random(in: 1..<60, using: &random)
        bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + length)], at: at)
      }
      if bytes.isEmpty { bytes = [0] }
    }
    return bytes
  }
}
