import PoseRig
import TestSupport
import Testing

@testable import RigImport

/// FBX files with numbers that are intended to break their reader.
@Suite struct FBXHostileTests {
  @Test func excessiveExponentsAreNotNumbers() {
    for text in ["1e-9223372036854775808", "1e9223372036854775807", "1e99999999999999999999"] {
      var digits = FBXDigits(Array(text.utf8), 0..<text.utf8.count)
      #expect(digits.number() == nil, "\(text)")
    }
  }

  @Test(arguments: ["nan", "inf", "-1.#IND"])
  func aWeightThatIsNotANumberIsOneThird(_ weight: String) throws {
    let record = FBXRecord(
      name: "Key",
      values: [
        .integer(0), .number(1), .text("U"), .text("s"), .number(0), .number(0), .text("a"),
        .number(.nan), .number(.infinity),
      ])
    var keys = FBXOldKeys(record, version: 4005)
    let lists = try keys.modern()
    let bits = try #require(lists.first { $0.name == "KeyAttrDataFloat" }?.number(2))
    let packed = Float(bits).bitPattern
    #expect(packed & 0xFFFF == 3333 && packed >> 16 == 3333)
    // The same in the text form, as written by runtimes.
    var digits = FBXDigits(Array(weight.utf8), 0..<weight.utf8.count)
    #expect(digits.number()?.isNaN ?? false)
  }

  @Test(arguments: [Int64.min, -1, 0, .max])
  func keysShareTheLastAttributesWhateverTheCounts(_ count: Int64) throws {
    var file = MadeUpFBX()
    file.drive(
      file.node("n"), "Lcl Rotation", in: file.take(),
      [nil, nil, [.init(time: 0, value: 0), .init(time: 1, value: 45)]])
    for index in file.objects.indices where file.objects[index].name == "AnimationCurve" {
      file.objects[index].children.removeLast()
      file.objects[index].children.append(FBXTestRecord("KeyAttrRefCount", [.longs([count])]))
    }
    #expect(try file.read().clips.first?.duration == 1)
  }

  @Test func moreBonesThanSixteenBitsAllowAreRejected() throws {
    // 65,533 bones, of which one has a frame in addition to its scale, and then the mesh's own
    // node.
    var file = MadeUpFBX()
    let points = [Vector3.zero, .unitX, .unitY]
    let node = file.node("m", kind: "Mesh")
    let geometry = file.mesh(at: node, points: points, polygons: [[0, 1, 2]])
    let identity = Chain.moved(.zero)
    var bones: [Int64] = []
    let layer = file.take()
    for index in 0..<65_534 {
      let isScaled = index < 4
      let bone = file.node(
        "b", isScaled ? ["Lcl Scaling": [1, 2, 1]] : [:])
      bones.append(bone)
      guard isScaled else { continue }
      file.node("c", below: bone, ["InheritType": [2]])
      file.drive(
        bone, "Lcl Scaling", in: layer, [[.init(time: 0, value: 1), .init(time: 1, value: 2)]])
    }
    file.skin(
      geometry,
      bones.map { (bone: $0, points: [0], weights: [1], way: identity, bound: identity) })
    #expect(
      throws: ForeignModelError.overLimit(
        "a mesh of the FBX file is bound to more than 65,536 bones")
    ) { try file.read() }
  }

  // MARK: Takes

  @Test func aTakeThatStartsAtMinusInfinityStartsWithItsFirstKey() throws {
    var file = MadeUpFBX()
    file.drive(
      file.node("n"), "Lcl Rotation", in: file.take(span: (-1.9e8, 3)),
      [nil, nil, [.init(time: 1, value: 0), .init(time: 3, value: 90)]])
    let model = try file.read()
    #expect(model.clips.first?.duration == 2)
    let turned = Chain.turned(Vector3(0, 0, 45), "XYZ")
    #expect(difference(try model.world("n", at: 1), turned) < 1e-3)
    #expect(model.notes.count == 1 && model.notes[0].contains("begins 190000001.0 s before"))
  }

  @Test func endlessTakesAreLimited() throws {
    var file = MadeUpFBX()
    file.drive(
      file.node("n"), "Lcl Rotation", in: file.take(span: (0, 1e8)),
      [nil, nil, [.init(time: 0, value: 0), .init(time: 1, value: 90)]])
    for index in file.objects.indices where file.objects[index].name == "AnimationCurve" {
      file.objects[index].children.append(
        FBXTestRecord(
          "Post-Extrapolation", [],
          [FBXTestRecord("Type", [.integer(82)]), FBXTestRecord("Repetition", [.integer(-1)])]))
    }
    #expect(try file.read().clips.first?.duration == 601)
  }

  @Test func shapeTracksCountToo() throws {
    var file = MadeUpFBX()
    let node = file.node("m", kind: "Mesh")
    let mesh = file.mesh(at: node, points: [.zero, .unitX, .unitY], polygons: [[0, 1, 2]])
    let deformer = file.add("Deformer", "", "BlendShape")
    file.connect(deformer, to: mesh)
    let layer = file.take()
    for index in 0..<400 {
      let channel = file.add("Deformer", "s\(index)", "BlendShapeChannel")
      file.connect(channel, to: deformer)
      let shape = file.add(
        "Geometry", "s\(index)", "Shape",
        [
          FBXTestRecord("Indexes", [.integers([0])]),
          FBXTestRecord("Vertices", [.doubles([0, 0, 1])]),
        ])
      file.connect(shape, to: channel)
      guard index == 0 else { continue }
      file.drive(
        channel, "DeformPercent", in: layer,
        [(0..<50_000).map { .init(time: Double($0) / 100, value: Double($0 % 7)) }],
        channels: ["d|DeformPercent"])
    }
    #expect(
      throws: ForeignModelError.overLimit(
        #"its clip "Take" has more than sixteen million numbers"#)
    ) { try file.read() }
  }

  // MARK: Surfaces

  @Test(.timeLimit(.minutes(1))) func spiralsAreTriangulatedQuicklyAndInside() throws {
    // The area of a band along a spiral, from its outline.
    let steps = 490
    func point(_ index: Int, _ radius: Double) -> Vector3 {
      let angle = Double(index) * 0.12
      let r = radius + 0.01 * angle
      return Vector3(r * angle.cosine, r * angle.sine, 0)
    }
    let outline =
      (0..<steps).map { point($0, 1.02) } + (0..<steps).reversed().map { point($0, 1) }
    var file = MadeUpFBX()
    let node = file.node("n", kind: "Mesh")
    let polygon = outline.indices.map { Int32($0) }
    let polygons = (0..<20).map { copy in polygon.map { $0 + Int32(copy * outline.count) } }
    file.mesh(
      at: node, points: (0..<20).flatMap { _ in outline }, polygons: polygons)
    let model = try file.read()
    let area = zip(outline, outline.dropFirst() + outline.prefix(1)).reduce(0.0) {
      $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
    }
    let found = model.meshes.reduce(0.0) { sum, mesh in
      mesh.triangles.reduce(sum) { sum, corners in
        let p = (0..<3).map { Vector3(mesh.positions[Int(corners[$0])]) }
        return sum + (p[1] - p[0]).cross(p[2] - p[0]).length / 2
      }
    }
    #expect(abs(found - 20 * abs(area)) < 1e-3 * found)
  }

  @Test func manyNormalsAtOnePointAreReadQuickly() throws {
    var file = MadeUpFBX()
    let node = file.node("n", kind: "Mesh")
    let count = 300_000
    let normals = (0..<(3 * count)).flatMap { index -> [Double] in [1, Double(index) * 1e-6, 0] }
    file.mesh(
      at: node, points: [.zero, .unitX, .unitY],
      polygons: Array(repeating: [0, 1, 2], count: count),
      [
        FBXTestRecord(
          "LayerElementNormal", [.integer(0)],
          [
            FBXTestRecord("MappingInformationType", [.text("ByPolygonVertex")]),
            FBXTestRecord("ReferenceInformationType", [.text("Direct")]),
            FBXTestRecord("Normals", [.doubles(normals)]),
          ])
      ])
    let start = ContinuousClock.now
    let model = try file.read()
    #expect(model.meshes.first?.triangles.count == count)
    // Comparing each with all previous ones would take minutes.
    #expect(.now - start < .seconds(20))
  }

  @Test func anUnreadPictureLeavesAMaterialOpaque() throws {
    var file = MadeUpFBX()
    for index in 0..<2 {
      let node = file.node("n\(index)", kind: "Mesh")
      file.mesh(at: node, points: [.zero, .unitX, .unitY], polygons: [[0, 1, 2]])
      let material = file.add(
        "Material", "hair", "",
        properties: index == 0
          ? ["TransparencyFactor": [1], "TransparentColor": [1, 1, 1]] : [:])
      file.connect(material, to: node)
      guard index == 0 else { continue }
      let texture = file.add(
        "Texture", "t", "", [FBXTestRecord("RelativeFilename", [.text("hair.tga")])])
      file.connect(texture, to: material, "TransparentColor")
    }
    let model = try file.read()
    #expect(model.notes.contains { $0.contains("\"hair.tga\", which is not read, so it is drawn") })
    #expect(model.materials.allSatisfy { $0.alphaCutoff == nil && $0.alphaFactor == 1 })
  }

  @Test func aTakesConstantScaleIsIgnoredByNodesThatInheritNone() throws {
    var file = MadeUpFBX()
    let parent = file.node("a", ["Lcl Translation": [0, 1, 0]])
    file.node("b", below: parent, ["Lcl Translation": [0, 1, 0], "InheritType": [2]])
    file.drive(
      parent, "Lcl Scaling", in: file.take(),
      Array(repeating: [.init(time: 0, value: 2), .init(time: 1, value: 2)], count: 3))
    let model = try file.read()
    #expect(difference(try model.world("b"), Chain.moved(Vector3(0, 2, 0))) < 1e-6)
    #expect(difference(try model.world("b", at: 0.5), Chain.moved(Vector3(0, 3, 0))) < 1e-6)
  }
}

#if canImport(Glibc)
  import Glibc
#endif

extension Double {
  fileprivate var sine: Double { sin(self) }
  fileprivate var cosine: Double { cos(self) }
}
