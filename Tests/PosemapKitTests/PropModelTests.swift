import PoseRig
import RigImport
import SceneFiles
import Testing

@testable import PosemapKit

/// A model of one triangle per node, each a meter wide and high, without normals.
private func model(_ locals: [NodeTransform], triangles: Int = 1) -> ForeignModel {
  var model = ForeignModel(format: .glTF)
  for (index, local) in locals.enumerated() {
    model.nodes.append(ForeignModel.Node(name: "node", parent: index - 1, local: local))
    var mesh = ForeignModel.Mesh(node: index)
    mesh.positions = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)]
    mesh.triangles = Array(repeating: SIMD3(0, 1, 2), count: triangles)
    model.meshes.append(mesh)
  }
  return model
}

private func loaded(_ model: ForeignModel) -> Result<LoadedThing, UnreadableFile> {
  var source = ModelStore.Source()
  source.bytes = { _ in .success([1, 2, 3]) }
  source.model = { _ in .success(model) }
  return ModelStore(source).thing("things/lamp.glb")
}

@Suite struct PropModelTests {
  @Test func nodesStandWhereTheirParentsPutThem() throws {
    let moved = NodeTransform(
      translation: Vector3(0, 2, 0), rotation: .identity, scale: Vector3(2, 2, 2))
    let thing = try loaded(model([moved, moved])).get()
    #expect(thing.design.name == "lamp.glb" && thing.bytes == [1, 2, 3])
    // Both start at the left; the second is twice as large, and 4 m above the first.
    #expect(thing.design.bounds.size == Vector3(4, 8, 0))
    #expect(thing.design.bounds.low == Vector3(-2, 0, 0))
    #expect(thing.design.parts.isEmpty)
  }

  @Test func partsThatCanBeHiddenAreNamedInPart() {
    func sentence(_ count: Int) -> String {
      ModelFile.unknownPart(
        "Swrod", (0..<count).map { "Part\($0)" } + ["Sword"], ForeignModel(format: .glTF))
    }
    let start = #"it has nothing called "Swrod" to hide; did you mean "Sword"? it has "#
    #expect(sentence(2) == start + "Part0, Part1, Sword")
    #expect(
      sentence(65_000)
        == start
        + "65001 parts, among them Part0, Part1, Part2, Part3, Part4, Part5, Part6, Part7; "
        + "posemap inspect lists them")
  }

  @Test func aMirroredNodesFacesStillFaceOutward() throws {
    let mirrored = NodeTransform(
      translation: .zero, rotation: .identity, scale: Vector3(-1, 1, 1))
    let prop = Prop(id: "p", shape: .thing(try loaded(model([mirrored])).get().design))
    let scene = try #require(
      SceneSolver.still(
        of: prop, beside: .mannequin(.female, Proportions()), angle: 0, elevation: 0,
        canvas: Canvas(width: 64, height: 64)))
    let surface = scene.props[0].surface
    #expect(surface.normals.allSatisfy { $0.z > 0.99 } && !surface.isClosed)
  }

  @Test func modelsThatCannotBePropsAreReportedInASentence() {
    func reason(_ model: ForeignModel) -> String? {
      if case .failure(let fault) = loaded(model) { fault.reason } else { nil }
    }
    #expect(
      reason(ForeignModel(format: .glTF))
        == "it has no triangles, so there is nothing to see")
    let still = NodeTransform(translation: .zero, rotation: .identity, scale: Vector3(1, 1, 1))
    #expect(
      reason(model([still], triangles: 1_000_000))
        == "it has 1000000 triangles; a prop has at most 500000: make it coarser")
    let lost = NodeTransform(
      translation: Vector3(.infinity, 0, 0), rotation: .identity, scale: Vector3(1, 1, 1))
    #expect(reason(model([lost])) == "it has points that are not finite")
  }
}
