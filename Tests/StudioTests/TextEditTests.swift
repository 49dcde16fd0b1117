import PoseRig
import PosemapKit
import SceneFiles
import Studio
import TestSupport
import Testing

@Suite("Editing a file's text")
struct TextEditTests {
  @Test("A text is an edit like any other, down to the byte after undo")
  func texts() throws {
    let scene = try OpenedScene(standingScene())
    let tall = standingScene().replacing("contrapposto", with: "waving")
    try scene.session.make(.text(file: scene.path, tall))
    #expect(
      scene.text == tall && scene.session.history.done.last?.description == "text of scene.json")
    try scene.session.make(.look("ana", .string("camera")))
    _ = try scene.session.undo()
    _ = try scene.session.undo()
    #expect(scene.text == standingScene() && scene.session.files.unsaved.isEmpty)
    #expect(throws: SceneEditFault.noFile("other.json")) {
      try scene.session.make(.text(file: "other.json", "{}"))
    }
  }

  @Test("Changes by others during typing are kept beside the typed text")
  func typing() throws {
    let scene = try OpenedScene(standingScene())
    let base = scene.text
    let typed = base.replacing("\"fovY\": 32", with: "\"fovY\": 40")
    try scene.write(standingScene(more: ",\n      \"yaw\": 30"))
    _ = scene.session.lookOutside()
    try scene.session.make(.text(file: scene.path, typed, base: base))
    #expect(scene.text.contains("\"fovY\": 40") && scene.text.contains("\"yaw\": 30"))
    let both = scene.text
    // A field in which nothing was typed reverts nothing.
    try scene.session.make(.text(file: scene.path, base, base: base))
    #expect(scene.text == both)
    let other = base.replacing("\"fovY\": 32", with: "\"fovY\": 25")
    for text in [other, other + "}"] {
      #expect(throws: SceneEditFault.self) {
        try scene.session.make(.text(file: scene.path, text, base: base))
      }
    }
    #expect(scene.text == both)
    try scene.session.make(.text(file: scene.path, other, base: both))
    #expect(scene.text == other)
  }

  @Test("A text that is not JSON is a draft: its fault is listed, and the last good scene is shown")
  func drafts() throws {
    let scene = try OpenedScene(standingScene())
    let hand = try scene.position(of: .leftHand)
    let broken = standingScene().replacing("\"yaw\"", with: "").replacing("]", with: "")
    try scene.session.make(.text(file: scene.path, broken))
    #expect(scene.text == broken)
    #expect(scene.session.diagnostics.map(\.code) == [.syntax])
    #expect(scene.session.diagnostics.first?.location != nil)
    #expect(try scene.position(of: .leftHand) == hand)
    // Nothing is lost: edits that cannot be merged with the draft are rejected, and it is not saved
    // either.
    #expect(throws: SceneEditFault.self) { try scene.session.make(.yaw("ana", 20)) }
    #expect(throws: (any Error).self) { try scene.session.save() }
    #expect(scene.disk() == standingScene())
    try scene.session.make(.text(file: scene.path, standingScene(#""waving""#)))
    #expect(scene.session.diagnostics.isEmpty)
    _ = try scene.session.undo()
    #expect(scene.text == broken && scene.session.diagnostics.count == 1)
    _ = try scene.session.undo()
    #expect(scene.text == standingScene() && scene.session.diagnostics.isEmpty)
  }

  @Test("A scene that is not JSON opens with its fault, and is fixed by editing its text")
  func broken() throws {
    let scene = try OpenedScene("{\n  \"canvas\": [384, 512],\n")
    #expect(scene.session.posed == nil && scene.session.files.unsaved.isEmpty)
    #expect(scene.session.diagnostics.map(\.code) == [.syntax])
    #expect(throws: SceneEditFault.self) { try scene.session.make(.yaw("ana", 20)) }
    try scene.session.make(.text(file: scene.path, standingScene()))
    #expect(scene.session.posed != nil && scene.session.diagnostics.isEmpty)
    #expect(try scene.session.save() == [scene.path])
  }

  @Test("A pose file newly named by a character joins the session, even a new file")
  func poses() throws {
    let scene = try OpenedScene(
      standingScene(), ["own.pose.json": "{\n  \"base\": \"waving\"\n}\n"])
    try scene.session.make(.pose("ana", .string("own.pose.json")))
    try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
    let own = scene.runner.folder + "/own.pose.json"
    #expect(scene.session.files.unsaved == [own, scene.path])
    let new = scene.runner.folder + "/new.pose.json"
    try scene.session.make(.pose("ana", .string("new.pose.json")))
    #expect(scene.session.diagnostics.count == 1)
    try scene.session.make(.text(file: new, "{\n  \"base\": \"stand\"\n}\n"))
    #expect(scene.session.diagnostics.isEmpty)
    #expect(try scene.session.save().count == 3)
    #expect(scene.disk("new.pose.json") == "{\n  \"base\": \"stand\"\n}\n")
  }

  @Test("Without a scene, a new visible one is started, and is written only when saved")
  func begins() throws {
    let scene = try OpenedScene(nil)
    #expect(scene.session.posed?.characters.count == 1 && scene.session.diagnostics.isEmpty)
    #expect(scene.disk() == nil && scene.session.files.unsaved == [scene.path])
    #expect(try Document(Array(scene.text.utf8), file: "").canonicalText() == scene.text)
    _ = try scene.session.save()
    #expect(scene.disk() == scene.text && scene.session.files.unsaved.isEmpty)
  }
}
