import PoseRig
import Testing

@testable import SceneFiles

@Suite struct NotingLoaderTests {
  @Test func everyFileThatAMemberReadsIsNamedBefore() {
    let absent = UnreadableFile(reason: "it is not there")
    var told: [String] = []
    var read: [String] = []
    var loader = FileLoader(
      model: { request in
        read.append("model of \(told.joined(separator: " "))")
        return .failure(absent)
      },
      motion: { request in
        read.append("motion of \(told.joined(separator: " "))")
        return .failure(absent)
      },
      read: { path in
        read.append("text of \(told.joined(separator: " "))")
        return .failure(absent)
      })
    loader.thing = { path in
      read.append("thing of \(told.joined(separator: " "))")
      return .failure(absent)
    }
    loader.pictureFault = { path in
      read.append("picture of \(told.joined(separator: " "))")
      return absent
    }
    let noting = loader.noting { told.append($0) }
    func asked(_ ask: () -> Void) {
      told = []
      ask()
    }
    asked { _ = noting.read("a.json") }
    asked { _ = noting.model(ModelRequest(path: "b.glb", bones: "b.json")) }
    asked { _ = noting.model(ModelRequest(path: "c.glb")) }
    asked { _ = noting.thing("lamp.glb") }
    asked { _ = noting.motion(MotionRequest(path: "d.bvh", bones: "d.json")) }
    asked { _ = noting.pictureFault("e.png") }
    #expect(
      read == [
        "text of a.json", "model of b.glb b.json", "model of c.glb", "thing of lamp.glb",
        "motion of d.bvh d.json", "picture of e.png",
      ])
  }
}
