import Foundation
import TestSupport
import Testing

private let aboutWords = #"field.scene.json: note: no "prompt" says what ben looks like"#

/// The script that is written, and its handling after someone edits it.
@Suite struct DiffusersCommandTests {
  @Test func theScriptReadsTheScenesPrompts() throws {
    let runner = try FieldScene.runner()
    let done = try runner.run(
      "diffusers", "field.scene.json", "--profile", "sd15", "--maps", "depth")
    #expect(done.code == 0, "\(done.errors)")
    #expect(
      done.output.split(separator: "\n") == [
        "diffusers/generate.py", "diffusers/generate.json", "diffusers/ana/depth.png",
        "diffusers/ana/mask.png",
        "diffusers/ana/visible.png", "diffusers/ben/depth.png", "diffusers/ben/mask.png",
        "diffusers/ben/visible.png",
      ])
    let script = String(
      decoding: try #require(runner.bytes("diffusers/generate.py")), as: UTF8.self)
    #expect(!script.contains("posemap: takes"))
    let data = try FieldScene.json(runner, "diffusers/generate.json")
    #expect(data["maps"] as? [String] == ["depth"] && data["seed"] as? Int == 5)
    let characters = try #require(data["characters"] as? [[String: Any]])
    #expect(characters.map { $0["prompt"] as? String } == [#"a field, a woman "Ana""#, "a field"])
  }

  @Test func anEditedScriptIsKeptAndGetsTheNewPrompts() throws {
    let runner = try FieldScene.runner()
    let arguments = ["diffusers", "field.scene.json", "-q", "--profile", "sd15"]
    #expect(try runner.run(arguments).code == 0)
    let written = String(
      decoding: try #require(runner.bytes("diffusers/generate.py")), as: UTF8.self)
    // Another family's script replaces one that nobody has edited.
    #expect(try runner.run("diffusers", "field.scene.json", "-q", "--profile", "qwen").code == 0)
    #expect(runner.bytes("diffusers/generate.py") != Array(written.utf8))
    let changed = written.replacing("STEPS = 20", with: "STEPS = 44")
    try runner.write(changed, to: "diffusers/generate.py")
    let again = try runner.run(arguments + ["--seed", "77"])
    #expect(again.code == 0)
    #expect(
      again.errorLines == [
        aboutWords,
        "posemap: note: diffusers/generate.py has been changed and is kept; for a new one, delete it or give another -o",
      ])
    #expect(runner.bytes("diffusers/generate.py") == Array(changed.utf8))
    #expect(try FieldScene.json(runner, "diffusers/generate.json")["seed"] as? Int == 77)
  }

  @Test func anEditedScriptDoesNotGetTheDataOfOtherModels() throws {
    let runner = try FieldScene.runner()
    #expect(try runner.run("diffusers", "field.scene.json", "-q", "--profile", "sd15").code == 0)
    let script = String(
      decoding: try #require(runner.bytes("diffusers/generate.py")), as: UTF8.self)
    try runner.write(script + "# mine\n", to: "diffusers/generate.py")
    let done = try runner.run("diffusers", "field.scene.json", "-q", "--profile", "qwen")
    #expect(done.code == 64)
    #expect(
      done.errorLines == [
        aboutWords,
        "posemap: error: diffusers/generate.py has been changed and is not for qwen; delete it, or give another -o",
      ])
    #expect(try FieldScene.json(runner, "diffusers/generate.json")["models"] as? String == "sd15")
  }

  @Test func wordsThatDiffusersWouldCutOffAreReported() throws {
    let words = Array(repeating: "stone", count: 80).joined(separator: " ")
    let runner = try FieldScene.runner(FieldScene.scene.replacing("a field", with: words))
    let done = try runner.run("diffusers", "field.scene.json", "-q", "--profile", "sd15")
    #expect(done.code == 0)
    let aboutTokens = ["ana", "ben"].map {
      "field.scene.json: note: diffusers reads only the first 77 tokens of \($0)'s prompt, which is longer; the scene's comes first"
    }
    #expect(done.errorLines == [aboutWords] + aboutTokens)
    let other = try runner.run("diffusers", "field.scene.json", "-q", "--profile", "qwen")
    #expect(other.errorLines == [aboutWords])
  }
}
