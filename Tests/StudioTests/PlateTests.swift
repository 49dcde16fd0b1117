import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("A picture as reference for posing")
struct PlateTests {
  @Test("A scene names it, an unusable one is a warning, and only pictures are served")
  func plates() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.scene(key: "plate", .string("photo.png")))
    #expect(scene.session.diagnostics.map(\.severity) == [.warning])
    #expect(scene.session.plate == nil)
    #expect(scene.text.contains("\"fovY\": 32},\n  \"plate\": \"photo.png\",\n  \"characters\""))
    try scene.write("secret: hunter2\n", to: "photo.png")
    let plate = try #require(scene.session.plate)
    #expect(plate.path == scene.runner.folder + "/photo.png" && plate.read() == nil)
    #expect(try scene.runner.run("check", "scene.json").code == 0)
    try scene.write("RIFF....WEBPVP8 ", to: "photo.png")
    #expect(plate.read()?.type == "image/webp")
    for elsewhere in [scene.runner.folder, "/dev/zero", scene.runner.folder + "/none.png"] {
      #expect(ServedFile(path: elsewhere, home: nil).read() == nil)
    }
    _ = try scene.session.save()
    #expect(try scene.runner.run("check", "--strict", "scene.json").code == 0)
    try scene.session.make(.scene(key: "plate", .number(3)))
    #expect(scene.session.diagnostics.count == 1)
  }

  @Test("Changing the picture does not change the scene, but appears in a diff")
  func differences() throws {
    let runner = try CommandRunner()
    for (name, plate) in [("a.json", "one.png"), ("b.json", "two.png")] {
      let text = standingScene().replacing(
        "  \"characters\"", with: "  \"plate\": \"\(plate)\",\n  \"characters\"")
      try runner.write(text, to: name)
    }
    let difference = try runner.run("diff", "a.json", "b.json")
    #expect(difference.output.contains("plate: \"one.png\" → \"two.png\""), "\(difference.output)")
    let scene = try Document(runner.bytes("a.json") ?? [], file: "a.json")
    #expect(FileReferences.paths(in: scene, rigsFolder: nil).isEmpty)
  }
}
