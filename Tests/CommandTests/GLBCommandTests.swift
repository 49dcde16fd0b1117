import Foundation
import TestSupport
import Testing

private let example = CommandRunner.repository + "/Examples/window/scene.json"

@Suite struct GLBCommandTests {
  @Test func aSceneBecomesOneFileAndNothingElse() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run("glb", example, "-o", "out/posed.glb")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output == "out/posed.glb\n" && runner.files("out") == ["posed.glb"])
    #expect(try runner.run("glb", example, "-o", "again.glb").code == 0)
    #expect(runner.bytes("again.glb") == runner.bytes("out/posed.glb"))
  }

  @Test func aNameOtherThanGLBAndAnUnknownCharacterAreWrongUsage() throws {
    let runner = try CommandRunner()
    let name = try runner.run("glb", example, "-o", "posed.gltf")
    #expect(name.code == 64)
    #expect(
      name.firstError == "Error: posed.gltf: the file is binary glTF; its name must end in .glb")
    let id = try runner.run("glb", example, "--only", "nobody")
    #expect(id.code == 64)
    #expect(
      id.errorLines == [
        "posemap: error: --only nobody: no character has this id; there are: female, male"
      ])
    #expect(runner.files("") == [])
  }

  @Test func aBrokenSceneKeepsTheLastFile() throws {
    let runner = try CommandRunner()
    try runner.write("last", to: "posed.glb")
    try runner.write(#"{"canvas": [256, 256], "characters": []}"#, to: "scene.json")
    #expect(try runner.run("glb", "scene.json", "-o", "posed.glb").code == 65)
    #expect(runner.bytes("posed.glb") == Array("last".utf8))
  }
}
