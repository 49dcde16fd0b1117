import PoseRig
import PosemapKit
import SceneFiles
import Studio
import TestSupport
import Testing

@Suite("What a killed server leaves unsaved")
struct JournalTests {
  @Test("It is offered at the next start in words, restored as one edit, and gone when saved")
  func restore() throws {
    let scene = try OpenedScene(
      standingScene(#""own.pose.json""#), ["own.pose.json": "{\n  \"base\": \"stand\"\n}\n"])
    try scene.session.make(.yaw("ana", 20))
    try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
    scene.session.writeJournal()
    let text = scene.text
    try scene.openAgain()
    #expect(scene.text == standingScene(#""own.pose.json""#))
    let words = try #require(scene.session.unsavedRest)
    #expect(words.contains { $0.contains("ana") }, "\(words)")
    try scene.session.restore()
    #expect(scene.text == text && scene.session.unsavedRest == nil)
    #expect(abs(try scene.angle(.rotation, .head) - 20) < 0.01)
    #expect(scene.session.files.unsaved.count == 2)
    _ = try scene.session.undo()
    #expect(scene.session.files.unsaved.isEmpty)
    _ = try scene.session.redo()
    _ = try scene.session.save()
    #expect(!scene.hasJournal && scene.disk() == text)
    try scene.openAgain()
    #expect(scene.session.unsavedRest == nil)
  }

  @Test("Drafts are in it, and so is a scene that was never saved")
  func drafts() throws {
    let scene = try OpenedScene(nil)
    try scene.session.make(.text(file: scene.path, "{\"canvas\": [1, 2"))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text == "{\"canvas\": [1, 2")
    #expect(scene.session.diagnostics.map(\.code) == [.syntax])
  }

  @Test("What nobody has decided about outlives the next session and its own unsaved rest")
  func undecided() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.make(.look("ana", .string("camera")))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("camera") && scene.session.unsavedRest != nil)
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.text.contains("camera"))
    #expect(scene.session.unsavedRest == nil)
    try scene.openAgain()
    scene.session.forget()
    scene.session.forget()
    scene.session.writeJournal()
    #expect(!scene.hasJournal && scene.session.files.unsaved.isEmpty)
    #expect(throws: SceneEditFault.self) { try scene.session.restore() }
  }

  @Test("What changed on the disk since is kept beside what is restored")
  func changedSince() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.write(standingScene().replacing("\"fovY\": 32", with: "\"fovY\": 40"))
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.text.contains("\"fovY\": 40"))
  }

  @Test("Journals of posemaps that are gone are all found, and gone once they are taken over")
  func several() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    let name = try #require(scene.runner.files("cache").first)
    let text = try #require(scene.disk("cache/\(name)"))
    // As if another had had the scene open at that time, and were gone as well.
    try scene.write(
      text.replacing("yaw\\\": 20", with: "yaw\\\": 45"),
      to: "cache/\(name.replacing(".journal", with: "-2.journal"))")
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.session.unsavedRest != nil)
    scene.session.writeJournal()
    #expect(scene.runner.files("cache") == [name])
    scene.session.forget()
    _ = try scene.session.save()
    #expect(!scene.hasJournal)
  }

  @Test("A damaged journal is passed over with a sentence; nothing unsaved leaves none")
  func damaged() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    #expect(scene.hasJournal)
    let name = try #require(scene.runner.files("cache").first)
    try scene.write("{\"unsaved\": [[{\"file\": 3}]]}", to: "cache/\(name)")
    try scene.openAgain()
    #expect(scene.session.unsavedRest == nil)
    #expect(scene.session.lookOutside().first?.contains("cannot be read") == true)
    try scene.session.make(.yaw("ana", 30))
    _ = try scene.session.undo()
    scene.session.writeJournal()
    #expect(!scene.hasJournal)
  }
}
