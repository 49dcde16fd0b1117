import PoseRig
import Testing

@testable import RigImport

/// Four vertices and two faces.
private let object =
  "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nf 1/1 2/2 3/3\nf 1/1 3/3 4/2\n"

private func read(
  _ clothes: String, files: [String: String] = ["shirt.obj": object]
) throws -> ImportedGarment {
  let folder = GarmentFolder(names: Array(files.keys)) { files[$0].map { Array($0.utf8) } }
  return try GarmentReader.read(Array(clothes.utf8), name: "shirt", folder: folder)
}

private let head = "basemesh hm08\nname A shirt\nobj_file Shirt.obj\nx_scale 10 20 2\nverts 0\n"
private let rows = "5\n1 2 3 0.5 0.7 -0.2 0.1 0.2 0.3\n6\n7\n"

@Suite struct GarmentReaderTests {
  @Test func verticesAreAttachedToTheBaseMesh() throws {
    let garment = try read(head + rows).garment
    #expect(garment.name == "A shirt" && garment.kind == .worn)
    #expect(garment.anchors[0] == Garment.Anchor(on: 5))
    let held = garment.anchors[1]
    #expect(held.vertices == SIMD3(1, 2, 3) && held.weights == SIMD3(0.5, 0.7, -0.2))
    // MakeHuman uses decimeters.
    #expect((held.offset - SIMD3(0.01, 0.02, 0.03)).length < 1e-7)
    #expect(garment.scales[0] == Garment.Scale(start: 10, end: 20, length: 0.2))
    #expect(garment.scales[1] == nil && garment.scales[2] == nil)
    #expect(garment.triangles == [SIMD3(0, 1, 2), SIMD3(0, 2, 3)])
  }

  @Test func otherKeysCanPrecedeTheRows() throws {
    let garment = try read(head + "material x.mhmat\ntag Long hair\nmax_pole 8\n" + rows).garment
    #expect(garment.anchors.count == 4)
  }

  @Test func coveredVerticesAndRangesCanSpanLines() throws {
    let garment = try read(
      head + rows + "delete_verts 3\n10 - 12 20\n30 -\n32 40\nuuid 9\nz_depth 70\n"
    ).garment
    let covered = garment.covers.indices.filter { garment.covers[$0] }
    #expect(covered == [3, 10, 11, 12, 20, 30, 31, 32, 40])
    #expect(garment.layer == 70)
  }

  @Test func namesOfObjectsNeedNotAgree() throws {
    #expect(try read(head + rows, files: ["other.OBJ": object]).files == ["other.OBJ"])
    #expect(
      try read("verts 0\n" + rows, files: ["shirt.obj": object, "b.obj": ""]).files == ["shirt.obj"]
    )
    #expect(
      throws: ForeignModelError.damaged(
        "its object \"Shirt.obj\" is not beside it; put the .obj into the same folder")
    ) { try read(head + rows, files: ["a.obj": object, "b.obj": object]) }
  }

  @Test func aMissingPictureIsReported() throws {
    let material = "transparent True\ndiffuseTexture textures/hair.png\n"
    let garment = try read(
      head + "material shirt.mhmat\n" + rows,
      files: ["shirt.obj": object, "shirt.mhmat": material])
    #expect(
      garment.warnings
        == ["its picture \"hair.png\" is not beside it, so nothing of it is cut away"])
    #expect(garment.garment.look == nil && garment.garment.anchors.count == 4)
  }

  @Test(arguments: [
    ("", ForeignModelError.unknownFormat("the file is empty")),
    (
      "name x\n",
      .unknownFormat(
        "it has no vertices after \"verts\"; it is not a MakeHuman .mhclo file, or it is cut off")
    ),
    (
      "basemesh alpha7\nverts 0\n5\n",
      .unsupported(
        "it is made for the base mesh \"alpha7\"; posemap's human is MakeHuman's \"hm08\"")
    ),
    (
      head + "5\n",
      .damaged(
        "it binds 1 vertices to the body, and its object \"shirt.obj\" has 4; both must come from one export"
      )
    ),
    (
      head + "5\n1 2 19158 1 0 0 0 0 0\n",
      .damaged(
        "line 7: a row names a vertex that the base mesh does not have (0 to 19157)")
    ),
    (
      head + "1 2 3 0.5 x 0 0 0 0\n",
      .damaged("line 6: a row is neither a vertex nor three vertices with weights and an offset")
    ),
    (
      "y_scale 1 2\nverts 0\n5\n",
      .damaged("line 1: \"y_scale\" needs two vertices of the base mesh and a length")
    ),
    (
      head + rows + "delete_verts\n99999\n",
      .damaged("line 11: \"delete_verts\" names a vertex that the base mesh does not have")
    ),
  ])
  func mistakesAreReported(_ text: String, _ error: ForeignModelError) {
    #expect(throws: error) { try read(text) }
  }

  @Test(arguments: [
    ("f 1 2 9", "a face with a corner that does not exist"),
    ("", "no faces, so there is nothing to see"),
  ])
  func objectsMustHaveTheirFaces(_ face: String, _ fault: String) {
    let vertices = String(repeating: "v 0 0 0\n", count: 4)
    #expect(throws: ForeignModelError.damaged("its object \"shirt.obj\" has \(fault)")) {
      try read(head + rows, files: ["shirt.obj": vertices + face + "\n"])
    }
  }

  @Test func aGarmentRoundTripsThroughItsBytes() throws {
    var imported = try read(head + rows + "delete_verts\n10 - 12\n")
    imported.garment.kind = .hair
    let bytes = GarmentCodec.encode(imported)
    #expect(GarmentCodec.decode(bytes) == imported)
    // Damaged bytes are not mistaken for a garment that refers to other vertices.
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x80
      guard let garment = GarmentCodec.decode(damaged)?.garment else { continue }
      #expect(garment.triangles.allSatisfy { Int($0.max()) < garment.anchors.count })
      #expect(garment.anchors.allSatisfy { Int($0.vertices.max()) < Garment.baseVertices })
    }
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(GarmentCodec.decode(Array(bytes[..<length])) == nil)
    }
  }
}
