import TestSupport
import Testing

@Suite("posemap git scenes")
struct ChangedScenesTests {
  @Test("A scene is listed when its prop's model or its character's has changed")
  func models() throws {
    let repository = try SetupRepository()
    try repository.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male"}], "props": [{"id": "sign", "model": "things/sign.gltf"}]}"#,
      to: "prop.scene.json")
    try repository.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "model": "../people/bob.gltf"}]}"#,
      to: "sub/bob.scene.json")
    try repository.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male"}]}"#, to: "other.scene.json")
    // Files beside a model of several files count as well.
    let models = [
      ("things/sign.gltf", "prop.scene.json"), ("people/bob.gltf", "sub/bob.scene.json"),
    ]
    for (name, _) in models { try repository.write(TriangleModel.gltf(meters: 1), to: name) }
    try repository.git("add", "-A")
    try repository.git("commit", "-q", "-m", "x")
    for (model, scene) in models {
      try repository.write(TriangleModel.gltf(meters: 2), to: model)
      #expect(try repository.posemap("git", "scenes", "HEAD").output == "\(scene)\n")
      try repository.git("checkout", "-q", "--", model)
    }
    #expect(try repository.posemap("git", "scenes", "HEAD").output.isEmpty)
  }
}
