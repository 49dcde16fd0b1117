import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Unsaved changes of a killed server")
struct JournalTests {
  @Test("They are offered at the next start, restored as one edit, and gone when saved")
  func restore() throws {
    let scene = try OpenedScene(
      standingScene(#""own.pose.json""#), ["own.pose.json": "{\n  \"base\": \"stand\"\n}\n"])
    try scene.session.make(.yaw("ana", 20))
    try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
    scene.session.writeJournal()
    let text = scene.text
    try scene.openAgain()
    #expect(scene.text == standingScene(#""own.pose.json""#))
    let words = try #require(scene.session.unsavedChanges)
    #expect(words.words.contains { $0.contains("ana") }, "\(words)")
    try scene.session.restore()
    #expect(scene.text == text && scene.session.unsavedChanges == nil)
    #expect(abs(try scene.angle(.rotation, .head) - 20) < 0.01)
    #expect(scene.session.files.unsaved.count == 2)
    _ = try scene.session.undo()
    #expect(scene.session.files.unsaved.isEmpty)
    _ = try scene.session.redo()
    _ = try scene.session.save()
    #expect(!scene.hasJournal && scene.disk() == text)
    try scene.openAgain()
    #expect(scene.session.unsavedChanges == nil)
  }

  @Test("Drafts are included, and so is a scene that was never saved")
  func drafts() throws {
    let scene = try OpenedScene(nil)
    try scene.session.make(.text(file: scene.path, "{\"canvas\": [1, 2"))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text == "{\"canvas\": [1, 2")
    #expect(scene.session.diagnostics.map(\.code) == [.syntax])
  }

  @Test("Undecided changes outlive the next session and its own unsaved changes")
  func undecided() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.make(.look("ana", .string("camera")))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("camera") && scene.session.unsavedChanges != nil)
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.text.contains("camera"))
    #expect(scene.session.unsavedChanges == nil)
    try scene.openAgain()
    try scene.session.forget()
    try scene.session.forget()
    scene.session.writeJournal()
    #expect(!scene.hasJournal && scene.session.files.unsaved.isEmpty)
    #expect(throws: SceneEditFault.self) { try scene.session.restore() }
  }

  @Test("Later changes on disk are kept beside the restored ones")
  func changedSince() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.write(standingScene().replacing("\"fovY\": 32", with: "\"fovY\": 40"))
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.text.contains("\"fovY\": 40"))
  }

  @Test("All journals of ended processes are found, and removed once they are adopted")
  func several() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    let name = try #require(scene.runner.files("cache").first)
    let text = try #require(scene.disk("cache/\(name)"))
    // As if another process had had the scene open at that time, and had ended too.
    try scene.write(
      text.replacing("yaw\\\": 20", with: "yaw\\\": 45"),
      to: "cache/\(name.replacing(".journal", with: "-2.journal"))")
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20") && scene.session.unsavedChanges != nil)
    scene.session.writeJournal()
    #expect(scene.runner.files("cache") == [name])
    try scene.session.forget()
    _ = try scene.session.save()
    #expect(!scene.hasJournal)
  }

  @Test("A damaged journal is skipped with a sentence; without unsaved changes there is no journal")
  func damaged() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    #expect(scene.hasJournal)
    let name = try #require(scene.runner.files("cache").first)
    try scene.write("{\"unsaved\": [[{\"file\": 3}]]}", to: "cache/\(name)")
    try scene.openAgain()
    #expect(scene.session.unsavedChanges == nil)
    #expect(scene.session.lookOutside().first?.contains("cannot be read") == true)
    try scene.session.make(.yaw("ana", 30))
    _ = try scene.session.undo()
    scene.session.writeJournal()
    #expect(!scene.hasJournal)
  }

  @Test("A journal belongs to one studio: another one with its content leaves it alone")
  func twoStudios() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.openAgain()
    let other = try scene.openBeside()
    #expect(
      scene.session.unsavedChanges != nil && scene.session.unsavedChanges == other.unsavedChanges)
    try scene.session.make(.look("ana", .string("camera")))
    scene.session.writeJournal()
    try other.forget()
    other.writeJournal()
    _ = try other.save()
    // The first studio is killed: its changes are still there, including the undecided ones.
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("camera") && scene.session.unsavedChanges != nil)
  }

  @Test("Two simultaneous studios each keep their own changes")
  func sideBySide() throws {
    let scene = try OpenedScene(standingScene())
    var other: StudioSession? = try scene.openBeside()
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try other?.make(.yaw("ana", 45))
    other?.writeJournal()
    #expect(scene.runner.files("cache").count == 2)
    #expect(try scene.openBeside().unsavedChanges == nil)
    other = nil
    try scene.openAgain()
    try scene.session.restore()
    try scene.session.restore()
    #expect(scene.session.history.done.count == 2 && scene.session.unsavedChanges == nil)
  }

  @Test("A decision applies only to the changes that were shown")
  func decisions() throws {
    let scene = try OpenedScene(standingScene())
    for degrees in [20.0, 45] {
      try scene.session.make(.yaw("ana", degrees))
      scene.session.writeJournal()
      try scene.openAgain()
    }
    let first = try #require(scene.session.unsavedChanges)
    try scene.session.forget(first.id)
    let second = try #require(scene.session.unsavedChanges)
    #expect(second.id != first.id && second.words != first.words)
    #expect(throws: SceneEditFault.self) { try scene.session.forget(first.id) }
    #expect(throws: SceneEditFault.self) { try scene.session.restore(first.id) }
    #expect(scene.session.unsavedChanges == second)
    try scene.session.restore(second.id)
    #expect(scene.text.contains("\"yaw\": 20"))
  }

  @Test("A failed journal write is reported once, and is retried")
  func refused() throws {
    let scene = try OpenedScene(standingScene())
    try scene.write("a file where a folder is needed", to: "cache")
    try scene.session.make(.yaw("ana", 20))
    for _ in 0..<3 { scene.session.writeJournal() }
    #expect(scene.session.lookOutside().count == 1 && scene.session.isJournalStale)
  }

  @Test("A journal is written even during a gesture")
  func gesture() throws {
    let scene = try OpenedScene(standingScene())
    scene.session.beginGesture()
    try scene.session.make(.yaw("ana", 20))
    scene.session.writeJournal()
    try scene.openAgain()
    try scene.session.restore()
    #expect(scene.text.contains("\"yaw\": 20"))
  }
}
