import PoseRig
import TestSupport
import Testing

@testable import RigImport

@Suite struct ColladaTextTests {
  private func text(_ source: String) -> String {
    String(decoding: ColladaText.normalized(Array(source.utf8)), as: UTF8.self)
  }

  @Test func blanksBeforeNumbersAreTakenAway() {
    #expect(text("<v>\n  1 2 </v><p> 3</p>") == "<v>1 2 </v><p>3</p>")
    #expect(text("<vertices> <input/> </vertices>") == "<vertices> <input/> </vertices>")
    #expect(text("a < b <v") == "a < b <v")
  }

  @Test func aSkinWithoutItsShapesMatrixHasTheIdentity() {
    let identity = "<bind_shape_matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix>"
    #expect(text(#"<skin source="x"> <joints/>"#) == #"<skin source="x">\#(identity) <joints/>"#)
    let given = #"<skin source="x"> <bind_shape_matrix>2 0</bind_shape_matrix>"#
    #expect(text(given) == given)
  }

  @Test func nodesAreCalledByTheirNamesAndNotByTheirIds() {
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
  @Test func cornersInOnePlaceAreOneUnlessBonesDiffer() {
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
