import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("A picture to pose by")
struct PlateTests {
  @Test("A scene names it, no map and no check needs it, and it is served only if it is a picture")
  func plates() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.scene(key: "plate", .string("photo.png")))
    #expect(scene.session.diagnostics.isEmpty)
    #expect(scene.text.contains("\"fovY\": 32},\n  \"plate\": \"photo.png\",\n  \"characters\""))
    let plate = try #require(scene.session.plate)
    #expect(plate.path == scene.runner.folder + "/photo.png" && plate.read() == nil)
    try scene.write("secret: hunter2\n", to: "photo.png")
    #expect(plate.read() == nil)
    try scene.write("RIFF....WEBPVP8 ", to: "photo.png")
    #expect(plate.read()?.type == "image/webp")
    _ = try scene.session.save()
    #expect(try scene.runner.run("check", "--strict", "scene.json").code == 0)
    try scene.session.make(.scene(key: "plate", .number(3)))
    #expect(scene.session.diagnostics.count == 1)
  }

  @Test("Another picture is no other scene, and is said in a diff")
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
