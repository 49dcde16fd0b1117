import PoseRig
import TestSupport
import Testing

@testable import RigImport

@Suite struct ColladaTextTests {
  private func text(_ source: String) throws -> String {
    String(decoding: try ColladaText.normalized(Array(source.utf8)), as: UTF8.self)
  }

  @Test func spacesBeforeNumbersAreRemoved() throws {
    #expect(try text("<v>\n  1 2 </v><p> 3</p>") == "<v>1 2 </v><p>3</p>")
    #expect(try text("<vertices> <input/> </vertices>") == "<vertices> <input/> </vertices>")
    #expect(try text("a < b <v") == "a < b <v")
  }

  @Test func aSkinWithoutItsShapesMatrixHasTheIdentity() throws {
    let identity = "<bind_shape_matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix>"
    #expect(
      try text(#"<skin source="x"> <joints/>"#) == #"<skin source="x">\#(identity) <joints/>"#)
    for empty in [
      "<bind_shape_matrix/>", "<bind_shape_matrix />",
      "<bind_shape_matrix> \n </bind_shape_matrix>",
    ] {
      #expect(try text("<skin>\(empty)") == "<skin>\(identity)")
    }
    let given = "<skin> \(identity.replacing(">1 0", with: ">2.5e0 -0"))"
    #expect(try text(given) == given)
  }

  @Test(arguments: [
    ("<translate>1 2</translate>", "its <translate> has 2 numbers, not 3; export it again"),
    ("<matrix> </matrix>", "its <matrix> has 0 numbers, not 16; export it again"),
    (
      "<rotate>0 1 0 90°</rotate>",
      #"its <rotate> holds "90°", which is not a number; export it again"#
    ),
    ("<v>0 1 x</v>", #"its <v> holds "x", which is not a number; export it again"#),
    (
      #"<float_array id="a" count="3">1</float_array>"#,
      "its <float_array> has 1 number, not the 3 that it states; export it again"
    ),
  ])
  func listsOtherThanNumbersAreReported(_ list: String, _ sentence: String) {
    #expect(throws: ForeignModelError.damaged(sentence)) { try text(list) }
  }

  @Test func numbersInColladasFormatAreRead() throws {
    let lists = #"<float_array count="3">NaN -INF 1.5E-3</float_array><p></p><scale>1 1 1</scale>"#
    #expect(try text(lists) == lists)
  }

  @Test func nodesAreIdentifiedByNameRatherThanId() {
    let text = """
      <library_visual_scenes><visual_scene id="s" name="Scene">
      <node id='N_7' name = "Left &amp; Leg" sid="j1" type="JOINT"><node name="Foot" id="N_8"/></node>
      <node id="N_9"/><instance_node name="x" id="y"/></visual_scene></library_visual_scenes>
      """
    #expect(
      ColladaText.nodeNames(Array(text.utf8)) == ["N_7": "Left & Leg", "N_8": "Foot"])
    #expect(ColladaText.nodeNames(Array("<node id=\"a\" name=\"b".utf8)).isEmpty)
  }
}

@Suite struct VertexJoinTests {
  @Test func coincidentCornersAreJoinedUnlessBonesDiffer() {
    var mesh = ForeignModel.Mesh(node: 0)
    let points = [SIMD3<Float>(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)]
    mesh.positions = points + points
    mesh.normals = Array(repeating: SIMD3(0, 0, 1), count: 6)
    mesh.influencesPerVertex = 4
    mesh.joints = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    mesh.weights = Array(repeating: [1, 0, 0, 0], count: 6).flatMap(\.self)
    mesh.triangles = [SIMD3(0, 1, 2), SIMD3(3, 4, 5)]
    VertexJoin.join(&mesh)
    #expect(mesh.positions == points + [points[1]])
    #expect(mesh.normals.count == 4)
    #expect(mesh.joints == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    #expect(mesh.weights.count == 16)
    #expect(mesh.triangles == [SIMD3(0, 1, 2), SIMD3(0, 3, 2)])
  }
}
