import PoseRig
import SceneFiles
import Testing

@testable import RigImport

@Suite struct HiddenPartsTests {
  /// A figure with a hat on its own node and a body of two materials.
  private var dressed: ForeignModel {
    get throws {
      var model = MadeUpModel().model
      model.materials = [.init(name: "skin"), .init(name: "coat")]
      model.meshes[0].material = 0
      let head = try #require(model.nodes.firstIndex { $0.name == "head" })
      model.nodes.append(.init(name: "Body", parent: -1, local: .identity))
      model.meshes[0].node = model.nodes.count - 1
      var coat = model.meshes[0]
      coat.material = 1
      model.meshes.append(coat)
      model.nodes.append(.init(name: "Hat", parent: head, local: .identity))
      var hat = ForeignModel.Mesh(node: model.nodes.count - 1)
      hat.positions = [SIMD3(0, 0, 0), SIMD3(0.1, 0, 0), SIMD3(0, 0.1, 0)]
      hat.triangles = [SIMD3(0, 1, 2)]
      model.meshes.append(hat)
      return model
    }
  }

  @Test func partsHaveTheNamesOfNodesAndMaterials() throws {
    #expect(try dressed.hideableParts == ["Body", "Hat", "skin", "coat"])
  }

  @Test func hiddenPartsAreRemoved() throws {
    let model = try dressed
    func triangles(_ names: [String]) throws -> [Int] {
      let (hidden, unknown) = model.hiding(names)
      #expect(unknown.isEmpty && hidden.fault == nil)
      // Bones stay, so that clips fit.
      #expect(hidden.boneCount == model.boneCount)
      let map = try BoneMap.find(in: model)
      let body = HumanoidModel(hidden, bones: map.nodes).body(named: "x")
      #expect(body?.surface.triangles.count == hidden.meshes.reduce(0) { $0 + $1.triangles.count })
      return hidden.meshes.map(\.triangles.count)
    }
    let all = model.meshes.map(\.triangles.count)
    #expect(try triangles(["Hat"]) == [all[0], all[1], 0])
    #expect(try triangles(["coat"]) == [all[0], 0, all[2]])
    #expect(try triangles(["Body"]) == [0, 0, 1])
    // A bone hides everything attached to it: the hat is below the head.
    let beheaded = try triangles(["head"])
    #expect(beheaded == [all[0] - 12, all[1] - 12, 0])
    #expect(model.hiding(["Hat", "Hut"]).unknown == ["Hut"])
  }

  @Test func namesThatHideNothingAreUnknown() throws {
    var model = try dressed
    model.nodes.append(.init(name: "Camera", parent: -1, local: .identity))
    model.materials.append(.init(name: "unused"))
    #expect(model.hiding(["Hat", "Camera", "unused", "coat"]).unknown == ["Camera", "unused"])
    // Parts that the file itself hides can also be named.
    model.hide(byFile: ["Camera"])
    #expect(model.hiding(["Camera"]).unknown.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func manyPartsAreNamedQuickly() throws {
    var model = try dressed
    let hat = model.meshes[2]
    for index in 0..<60_000 {
      model.materials.append(.init(name: "m\(index)"))
      model.meshes.append(hat)
      model.meshes[model.meshes.count - 1].material = model.materials.count - 1
    }
    #expect(model.hideableParts.count == 60_004)
  }
}
