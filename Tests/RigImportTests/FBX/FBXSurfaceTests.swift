import PoseRig
import TestSupport
import Testing

@testable import RigImport

private let square = [
  Vector3(0, 0, 0), Vector3(1, 0, 0), Vector3(1, 1, 0), Vector3(0, 1, 0),
]

/// Returns the sum of the triangles' areas, and that of their signed areas seen from +Z.
private func areas(_ model: ForeignModel) -> (all: Double, directed: Double) {
  var (all, directed) = (0.0, 0.0)
  for mesh in model.meshes {
    for corners in mesh.triangles {
      let p = (0..<3).map { Vector3(mesh.positions[Int(corners[$0])]) }
      let across = (p[1] - p[0]).cross(p[2] - p[0])
      all += across.length / 2
      directed += across.z / 2
    }
  }
  return (all, directed)
}

@Suite struct FBXSurfaceTests {
  // MARK: Polygons

  @Test(arguments: [
    ([Vector3(0, 0, 0), Vector3(2, 0, 0), Vector3(0.5, 0.5, 0), Vector3(0, 2, 0)], 1.0),
    // The dent is at the second corner.
    ([Vector3(0, 2, 0), Vector3(0, 0, 0), Vector3(2, 0, 0), Vector3(0.5, 0.5, 0)], 1.0),
    (
      [
        Vector3(0, 0, 0), Vector3(3, 0, 0), Vector3(3, 1, 0), Vector3(1, 1, 0), Vector3(1, 3, 0),
        Vector3(0, 3, 0),
      ], 5.0
    ),
    (
      // A comb, which a fan would cross.
      [
        Vector3(0, 0, 0), Vector3(5, 0, 0), Vector3(5, 3, 0), Vector3(4, 3, 0), Vector3(4, 1, 0),
        Vector3(3, 1, 0), Vector3(3, 3, 0), Vector3(2, 3, 0), Vector3(2, 1, 0), Vector3(1, 1, 0),
        Vector3(1, 3, 0), Vector3(0, 3, 0),
      ], 11.0
    ),
  ])
  func aConcavePolygonIsTriangulatedInside(_ points: [Vector3], _ area: Double) throws {
    var file = MadeUpFBX()
    let node = file.node("n", kind: "Mesh")
    file.mesh(at: node, points: points, polygons: [points.indices.map { Int32($0) }])
    let (all, directed) = areas(try file.read())
    #expect(abs(all - area) < 1e-6 && abs(directed - area) < 1e-6)
  }

  @Test func polygonsWithMissingPointsAreLeftOutAndReported() throws {
    var file = MadeUpFBX()
    let node = file.node("n", kind: "Mesh")
    file.mesh(
      at: node, points: square + [Vector3(.nan, 0, 0)],
      polygons: [[0, 1, 2, 3], [0, 1, 9], [0, 1, 4]])
    let model = try file.read()
    #expect(abs(areas(model).all - 1) < 1e-6)
    #expect(
      model.notes == ["2 of its polygons have corners that do not exist and were left out"])
  }

  @Test func cornersWithDifferentNormalsBecomeDifferentVertices() throws {
    var file = MadeUpFBX()
    let node = file.node("n", kind: "Mesh")
    func layer(_ mapping: String, _ reference: String, _ more: [FBXTestRecord]) -> FBXTestRecord {
      FBXTestRecord(
        "LayerElementNormal", [.integer(0)],
        [
          FBXTestRecord("MappingInformationType", [.text(mapping)]),
          FBXTestRecord("ReferenceInformationType", [.text(reference)]),
        ] + more)
    }
    let two = FBXTestRecord("Normals", [.doubles([0, 0, 1, 1, 0, 0])])
    file.mesh(
      at: node, points: square, polygons: [[0, 1, 2], [0, 2, 3]],
      [
        layer(
          "ByPolygonVertex", "IndexToDirect",
          [two, FBXTestRecord("NormalsIndex", [.integers([0, 0, 0, 1, 1, 1])])])
      ])
    file.mesh(
      at: node, points: square, polygons: [[0, 1, 2], [0, 2, 3]],
      [layer("ByPolygon", "Direct", [two])])
    file.mesh(at: node, points: square, polygons: [[0, 1, 2], [0, 2, 3]])
    let model = try file.read()
    #expect(model.meshes.map(\.positions.count) == [6, 6, 4])
    #expect(model.meshes[0].normals == model.meshes[1].normals)
    // A mesh without normals is smooth.
    #expect(model.meshes[2].normals.allSatisfy { $0 == SIMD3(0, 0, 1) })
  }

  // MARK: Geometric transforms and skins

  private static let geometric: [String: [Double]] = [
    "GeometricTranslation": [0.1, 0.2, 0.3], "GeometricRotation": [90, 0, 0],
    "GeometricScaling": [1, 2, 3],
  ]
  private static let geometricMatrix =
    Chain.moved(Vector3(0.1, 0.2, 0.3)) * Chain.turned(Vector3(90, 0, 0), "XYZ")
    * Chain.scaled(Vector3(1, 2, 3))

  @Test func aGeometricTransformMovesOnlyTheNodesSurface() throws {
    var file = MadeUpFBX()
    let node = file.node(
      "n", kind: "Mesh", Self.geometric.merging(["Lcl Translation": [1, 0, 0]]) { $1 })
    file.node("below", below: node)
    file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
    let model = try file.read()
    let matrix = Chain.moved(Vector3(1, 0, 0)) * Self.geometricMatrix
    for (found, point) in zip(model.vertices(of: 0), square) {
      #expect((found - matrix.apply(point)).length < 1e-6)
    }
    #expect(try model.world("below").translation == Vector3(1, 0, 0))
  }

  /// Two bones, the second of which has moved since binding.
  private static func skinned(
    names: (String, String, String) = ("a", "b", "mesh"), weights: [Double] = [1, 1, 1, 1],
    points: [Int32] = [0, 1, 2, 3]
  ) -> (MadeUpFBX, Matrix4) {
    var file = MadeUpFBX()
    let first = file.node(names.0, ["Lcl Translation": [0, 1, 0]])
    let second = file.node(
      names.1, below: first, ["Lcl Rotation": [0, 0, 90], "Lcl Translation": [0, 1, 0]])
    let node = file.node(
      names.2, kind: "Mesh", geometric.merging(["Lcl Translation": [5, 5, 5]]) { $1 })
    let geometry = file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
    let bound = Chain.moved(Vector3(0, 2, 0))
    // At binding time, the mesh was at the origin.
    let way = Chain.moved(Vector3(0, -2, 0))
    file.skin(
      geometry, [(bone: second, points: points, weights: weights, way: way, bound: bound)])
    let expected =
      Chain.moved(Vector3(0, 2, 0)) * Chain.turned(Vector3(0, 0, 90), "XYZ") * way * geometricMatrix
    return (file, expected)
  }

  @Test(arguments: [("a", "b", "mesh"), ("mesh", "mesh", "mesh"), ("a", "mesh", "mesh")])
  func aSkinFollowsConnectedBonesWhateverTheirNames(
    _ names: (String, String, String)
  ) throws {
    let (file, expected) = Self.skinned(names: names)
    let model = try file.read()
    for (found, point) in zip(model.vertices(of: 0), square) {
      #expect((found - expected.apply(point)).length < 1e-6)
    }
    // At rest, the bones are where they were bound.
    let rest = RestPose(model, bones: [:])
    let bone = try #require(model.skins.first?.joints.first)
    #expect((rest.position(bone) - Vector3(0, 2, 0)).length < 1e-9)
    #expect((rest.rotations[bone].angle) < 1e-9)
  }

  @Test func weightsAreSharesAndALooseVertexStaysWithItsMesh() throws {
    let (file, expected) = Self.skinned(weights: [2, 0.5, 0.1], points: [0, 1, 2])
    let model = try file.read()
    let found = model.vertices(of: 0)
    for vertex in 0..<3 {
      #expect((found[vertex] - expected.apply(square[vertex])).length < 1e-6)
    }
    let own = Chain.moved(Vector3(5, 5, 5)) * Self.geometricMatrix
    #expect((found[3] - own.apply(square[3])).length < 1e-6)
    #expect(
      model.notes == [
        "1 of its skinned vertices are bound to no bone; they stay with the node of their mesh"
      ])
  }

  @Test func severalSkinsOfAMeshBendItTogether() throws {
    var file = MadeUpFBX()
    let bones = [0.0, 1].map { file.node("b\(Int($0))", ["Lcl Translation": [$0, 0, 0]]) }
    let node = file.node("mesh", kind: "Mesh")
    let geometry = file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
    let all: [Int32] = [0, 1, 2, 3]
    for bone in bones {
      file.skin(
        geometry,
        [
          (
            bone: bone, points: all, weights: [0.5, 0.5, 0.5, 0.5], way: Chain.moved(.zero),
            bound: Chain.moved(.zero)
          )
        ])
    }
    let model = try file.read()
    #expect(model.skins.count == 1 && model.skins[0].joints.count == 2)
    for (found, point) in zip(model.vertices(of: 0), square) {
      #expect((found - point - Vector3(0.5, 0, 0)).length < 1e-6)
    }
  }

  // MARK: What is not drawn

  @Test(arguments: [
    (["Show": [0.0]], [String: [Double]](), 0), (["Visibility": [0.0]], [:], 0),
    (["Show": [1.0]], ["Visibility": [0.0]], 0),
    (["Visibility Inheritance": [0.0]], ["Visibility": [0.0]], 1), ([:], [:], 1),
  ])
  func hiddenNodesAreNotDrawnButReported(
    _ own: [String: [Double]], _ above: [String: [Double]], _ count: Int
  ) throws {
    var file = MadeUpFBX()
    let parent = file.node("above", kind: "Null", above)
    let node = file.node("cape", below: parent, kind: "Mesh", own)
    file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
    let model = try file.read()
    #expect(model.meshes.count == count)
    #expect(model.notes == (count == 1 ? [] : ["\"cape\" is hidden in the file and not drawn"]))
  }

  @Test func theFinestLevelOfDetailIsDrawn() throws {
    var file = MadeUpFBX()
    let group = file.node("group", kind: "LodGroup")
    file.connect(file.add("NodeAttribute", "", "LodGroup"), to: group)
    for (name, points) in [("fine", square), ("coarse", square.map { $0 * 2 })] {
      let node = file.node(name, below: group, kind: "Mesh")
      file.mesh(at: node, points: points, polygons: [[0, 1, 2, 3]])
    }
    let model = try file.read()
    #expect(model.meshes.count == 1 && abs(areas(model).all - 1) < 1e-6)
  }

  @Test func opacityIsReadAndNothingVanishesCompletely() throws {
    func model(_ opacities: [[String: [Double]]]) throws -> ForeignModel {
      var file = MadeUpFBX()
      for (index, properties) in opacities.enumerated() {
        let node = file.node("n\(index)", kind: "Mesh")
        file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
        file.connect(file.add("Material", "m", "", properties: properties), to: node)
      }
      return try file.read()
    }
    let glass: [String: [Double]] = ["Opacity": [0.2]]
    // Maya states a factor of 1 with a black color.
    let maya: [String: [Double]] = ["TransparencyFactor": [1], "TransparentColor": [0, 0, 0]]
    let clear: [String: [Double]] = [
      "TransparencyFactor": [1], "TransparentColor": [0.9, 0.9, 0.9],
    ]
    let cut = try model([glass, maya, clear]).materials.map {
      ($0.alphaCutoff ?? 0) > $0.alphaFactor
    }
    #expect(cut == [true, false, true])
    let all = try model([glass, clear])
    #expect(all.materials.allSatisfy { $0.alphaCutoff == nil })
    #expect(
      all.notes == ["its materials say that nearly all of it is transparent; it is drawn opaque"])
  }

  // MARK: Shapes

  @Test func aShapeIsMixedInAccordingToItsCurve() throws {
    var file = MadeUpFBX()
    let layer = file.take()
    let node = file.node("n", kind: "Mesh")
    let geometry = file.mesh(at: node, points: square, polygons: [[0, 1, 2, 3]])
    let deformer = file.add("Deformer", "", "BlendShape")
    file.connect(deformer, to: geometry)
    let channel = file.add(
      "Deformer", "smile", "BlendShapeChannel", properties: ["DeformPercent": [25]],
      [FBXTestRecord("FullWeights", [.doubles([50, 100])])])
    file.connect(channel, to: deformer)
    for way in [Vector3(0, 0, 1), Vector3(0, 0, 4)] {
      let shape = file.add(
        "Geometry", "", "Shape",
        [
          FBXTestRecord("Indexes", [.integers([2])]),
          FBXTestRecord("Vertices", [.doubles([way.x, way.y, way.z])]),
        ])
      file.connect(shape, to: channel)
    }
    file.drive(
      channel, "DeformPercent", in: layer,
      [[.init(time: 0, value: 0), .init(time: 1, value: 100)]],
      channels: ["d|DeformPercent"])
    let model = try file.read()
    func height(_ time: Double?) -> Double { model.vertices(of: 0, at: time)[2].z }
    // A quarter of the way to the first shape's full weight at one half, then on to the second.
    #expect(abs(height(nil) - 0.5) < 1e-6)
    for (time, expected) in [(0.0, 0.0), (0.25, 0.5), (0.5, 1), (0.75, 2.5), (1, 4)] {
      #expect(abs(height(time) - expected) < 1e-3)
    }
  }
}
