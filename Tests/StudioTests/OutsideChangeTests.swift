import PoseRig
import SceneFiles
import Studio
import TestSupport
import Testing

@Suite("A file that other programs change")
struct OutsideChangeTests {
  @Test("A change only on disk is adopted, described in words, and can be undone")
  func taken() throws {
    let scene = try OpenedScene(standingScene())
    #expect(scene.session.lookOutside().isEmpty)
    let theirs = standingScene(#"{"base": "contrapposto", "joints": {"head": {"rotation": 30}}}"#)
    try scene.write(theirs)
    let notices = scene.session.lookOutside()
    #expect(notices.count == 1 && notices[0].hasPrefix("scene.json was changed outside: "))
    #expect(notices[0].contains("head"), "\(notices)")
    #expect(scene.text == theirs && scene.session.files.unsaved.isEmpty)
    #expect(scene.session.lookOutside().isEmpty)
    #expect(try scene.session.undo() == "scene.json changed outside")
    #expect(scene.text == standingScene() && scene.session.files.unsaved == [scene.path])
  }

  @Test("Compatible changes on both sides are merged; the disk is unchanged until saving")
  func merged() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.look("ana", .string("camera")))
    let theirs = standingScene().replacing("\"fovY\": 32", with: "\"fovY\": 40")
    try scene.write(theirs)
    #expect(throws: (any Error).self) { try scene.session.save() }
    #expect(scene.disk() == theirs)
    #expect(scene.session.lookOutside().count == 1)
    #expect(scene.text.contains("\"fovY\": 40") && scene.text.contains("\"look\": \"camera\""))
    #expect(scene.disk() == theirs)
    _ = try scene.session.save()
    #expect(scene.disk() == scene.text)
    _ = try scene.session.undo()
    #expect(scene.text.contains("\"fovY\": 32") && scene.text.contains("\"look\": \"camera\""))
  }

  @Test("Conflicting changes are offered in words, and nothing is lost whichever is kept")
  func conflicts() throws {
    for keepsMine in [true, false] {
      let scene = try OpenedScene(standingScene())
      try scene.session.make(.look("ana", .string("camera")))
      try scene.session.make(.yaw("ana", 20))
      let theirs = standingScene(#"{"base": "contrapposto", "look": [0, 1, 3]}"#)
        .replacing("\"fovY\": 32", with: "\"fovY\": 40")
      try scene.write(theirs)
      #expect(scene.session.lookOutside().count == 1)
      #expect(scene.session.outside.count == 1)
      #expect(scene.session.outside[0].description.contains("look"))
      #expect(!scene.text.contains("40"))
      // Editing continues meanwhile, and the offer stays, reported once.
      try scene.session.make(.yaw("ana", 25))
      #expect(scene.session.lookOutside().isEmpty && scene.session.outside.count == 1)
      #expect(throws: (any Error).self) { try scene.session.save() }
      #expect(scene.disk() == theirs)
      try scene.session.settleOutside(scene.path, keepsMine: keepsMine)
      #expect(scene.session.outside.isEmpty)
      #expect(scene.text.contains("\"look\": \"camera\"") == keepsMine)
      #expect(scene.text.contains("\"fovY\": 40") && scene.text.contains("\"yaw\": 25"))
      #expect(throws: SceneEditFault.self) {
        try scene.session.settleOutside(scene.path, keepsMine: true)
      }
      _ = try scene.session.save()
      #expect(scene.disk() == scene.text)
    }
  }

  @Test("A deleted file is kept here, unsaved, and one that reappears is merged as it is")
  func deleted() throws {
    let scene = try OpenedScene(standingScene())
    _ = try scene.runner.run(executable: "/bin/rm", ["scene.json"])
    let notices = scene.session.lookOutside()
    #expect(notices == ["scene.json was deleted outside; it is kept here, unsaved"])
    #expect(scene.session.files.unsaved == [scene.path] && scene.text == standingScene())
    #expect(scene.session.lookOutside().isEmpty)
    try scene.write(standingScene())
    #expect(scene.session.lookOutside().isEmpty && scene.session.files.unsaved.isEmpty)
    _ = try scene.runner.run(executable: "/bin/rm", ["scene.json"])
    _ = scene.session.lookOutside()
    _ = try scene.session.save()
    #expect(scene.disk() == standingScene())
  }

  @Test("A half-written file is waited for; one that stays broken is a draft")
  func halfWritten() throws {
    let scene = try OpenedScene(standingScene())
    try scene.write("{\"canvas\": [384")
    #expect(scene.session.lookOutside().isEmpty && scene.text == standingScene())
    try scene.write(standingScene(#""waving""#))
    #expect(scene.session.lookOutside().count == 1)
    #expect(scene.session.diagnostics.isEmpty && scene.session.history.done.count == 1)
    try scene.write("{\"canvas\": [384")
    _ = scene.session.lookOutside()
    #expect(scene.session.lookOutside().count == 1)
    #expect(scene.session.diagnostics.map(\.code) == [.syntax] && scene.session.posed != nil)
  }

  @Test("A new file does not overwrite one that appeared in the meantime")
  func newFiles() throws {
    let scene = try OpenedScene(nil)
    try scene.write("{}\n")
    #expect(throws: (any Error).self) { try scene.session.save() }
    #expect(scene.disk() == "{}\n")
  }
}
