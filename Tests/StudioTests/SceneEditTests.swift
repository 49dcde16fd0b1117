import PoseRig
import SceneFiles
import Studio
import Testing

/// Returns the lines that differ between two texts, as one set each, without trailing commas.
private func differing(_ one: String, _ other: String) -> (Set<String>, Set<String>) {
  func lines(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "\n").map {
        $0.trimmingPrefix { $0 == " " }.hasSuffix(",") ? String($0.dropLast()) : String($0)
      }.map { String($0.trimmingPrefix { $0 == " " }) })
  }
  return (lines(one).subtracting(lines(other)), lines(other).subtracting(lines(one)))
}

/// Makes an edit; checks that undo restores the bytes and that redo restores the edit.
private func edited(_ edit: SceneEdit) throws -> EditedFiles {
  let before = try sampleFiles()
  var after = before
  var history = History()
  try history.make(edit, in: &after)
  var again = after
  _ = try history.undo(&again)
  for path in before.documents.keys {
    #expect(again.documents[path]?.text == before.documents[path]?.text, "\(edit)")
  }
  _ = try history.redo(&again)
  #expect(again.documents.mapValues(\.text) == after.documents.mapValues(\.text), "\(edit)")
  return after
}

private func changes(_ edit: SceneEdit) throws -> (before: Set<String>, after: Set<String>) {
  let after = try edited(edit)
  return differing(sampleScene, after.scene.text)
}

@Suite("An edit of a scene")
struct SceneEditTests {
  @Test("A turned joint is one line, with its nonzero angles in order")
  func turn() throws {
    let bent = try changes(
      .turn("ana", [.leftLowerArm: [.rotation: 0, .flexion: 55.123456]]))
    #expect(bent.before == [#""leftLowerArm": {"flexion": 40}"#])
    #expect(bent.after == [#""leftLowerArm": {"flexion": 55.12}"#])
    let added = try changes(.turn("ana", [.head: [.flexion: -0.0001, .rotation: 10]]))
    #expect(added.before.isEmpty && added.after == [#""head": {"rotation": 10}"#])
  }

  @Test("A goal, a position, a setting and a camera's value are one line each")
  func lines() throws {
    let cases: [(SceneEdit, String)] = [
      (.seat("ana", .string("props.sill.top")), #""seat": "props.sill.top""#),
      (.look("ana", .string("camera")), #""look": "camera""#),
      (.plantFeet("ana", true), #""feet": "planted""#),
      (.handShape("ana", .left, "fist"), #""hands": {"left": "fist"}"#),
      (.place("ben", Vector3(1, 0, -0.5)), #""position": [1, 0, -0.5]"#),
      (.yaw("ben", 33.33333), #""yaw": 33.3"#),
      (.character("ben", key: "height", .number(180)), #""height": 180"#),
      (
        .camera(key: "fovY", .number(30)),
        #""camera": {"position": [0, 1, 4], "target": [0, 1, 0], "fovY": 30}"#
      ),
      (
        .prop("sill", key: "position", .numbers([0, 0, 1])),
        #"{"id": "sill", "shape": "box", "size": [2, 0.5, 0.4], "position": [0, 0, 1]}"#
      ),
      (.scene(key: "canvas", .numbers([512, 512])), #""canvas": [512, 512]"#),
    ]
    for (edit, line) in cases {
      let changed = try changes(edit)
      #expect(changed.after == [line], "\(edit)")
      #expect(changed.before.count <= 1, "\(edit)")
    }
  }

  @Test("A library pose becomes the base of the changes; a pose file is edited itself")
  func homes() throws {
    let ben = try edited(.look("ben", .string("ana")))
    #expect(ben.scene.text.contains(#""pose": {"base": "contrapposto", "look": "ana"}"#))
    let eva = try edited(.expression("eva", "happy", 0.5))
    #expect(eva.scene.text == sampleScene)
    #expect(eva.unsaved == ["scenes/wave.pose.json"])
    #expect(
      eva.documents["scenes/wave.pose.json"]?.text
        == "{\n  \"base\": \"stand\",\n  \"look\": \"ben\",\n  \"face\": {\"happy\": 0.5}\n}\n")
  }

  @Test("Removing a character removes goals that name it; renaming it updates them")
  func references() throws {
    let gone = try edited(.removeCharacter("ben"))
    #expect(!gone.scene.text.contains("ben") && gone.scene.text.contains("sit-ledge"))
    #expect(gone.documents["scenes/wave.pose.json"]?.text == "{\n  \"base\": \"stand\"\n}\n")
    let renamed = try edited(.renameCharacter("ben", to: "max"))
    #expect(renamed.scene.text == sampleScene.replacing("ben", with: "max"))
    #expect(renamed.documents["scenes/wave.pose.json"]?.text.contains(#""look": "max""#) == true)
  }

  @Test("A camera that frames one figure follows its name, and frames everyone when it is removed")
  func framing() throws {
    let framed = sampleScene.replacing(
      #""camera": {"position": [0, 1, 4], "target": [0, 1, 0]}"#,
      with: #""camera": {"frame": "ben", "angle": 20}"#)
    func scene(after edit: SceneEdit) throws -> String {
      var files = EditedFiles(
        scene: try Document(Array(framed.utf8), file: "scenes/scene.json"))
      var history = History()
      try history.make(edit, in: &files)
      return files.scene.text
    }
    let renamed = try scene(after: .renameCharacter("ben", to: "max"))
    #expect(renamed.contains(#""camera": {"frame": "max", "angle": 20}"#))
    let gone = try scene(after: .removeCharacter("ben"))
    #expect(gone.contains(#""camera": {"angle": 20}"#))
    let others = try scene(after: .removeCharacter("ana"))
    #expect(others.contains(#""frame": "ben""#))
  }

  @Test("Of cameras with names, the one that maps are seen through is edited")
  func namedCameras() throws {
    func scene(_ cameras: String, after edit: SceneEdit) throws -> String {
      let text = sampleScene.replacing(
        #""camera": {"position": [0, 1, 4], "target": [0, 1, 0]}"#, with: cameras)
      var files = EditedFiles(scene: try Document(Array(text.utf8), file: "scenes/scene.json"))
      var history = History()
      try history.make(edit, in: &files)
      return files.scene.text
    }
    let named = #""cameras": {"wide": {"angle": 10}, "close": {"frame": "ben"}}"#
    #expect(
      try scene(named, after: .camera(key: "angle", .number(20)))
        .contains(#""wide": {"angle": 20}"#))
    let both = named + #", "camera": {"angle": 5}"#
    #expect(
      try scene(both, after: .camera(key: "angle", .number(20)))
        .contains(#""camera": {"angle": 20}"#))
    let renamed = try scene(named, after: .renameCharacter("ben", to: "max"))
    #expect(renamed.contains(#""close": {"frame": "max"}"#), "\(renamed)")
  }

  @Test("Removal leaves no empty object behind")
  func removal() throws {
    let free = try edited(.reach("ana", .rightHand, nil))
    #expect(!free.scene.text.contains("reach"))
    let released = try edited(.release("ana", [.leftLowerArm, .head]))
    #expect(!released.scene.text.contains("joints"))
    #expect(try changes(.release("ana", [.head])) == ([], []))
    #expect(try changes(.look("ben", nil)) == ([], []))
  }

  @Test("An impossible edit is rejected in a sentence, and changes nothing")
  func faults() throws {
    let cases: [(SceneEdit, SceneEditFault)] = [
      (.look("max", .string("ana")), .noCharacter("max")),
      (.prop("door", key: "size", nil), .noProp("door")),
      (.renameCharacter("ana", to: "Ben"), .taken("Ben")),
      (.addProp(.members(["id": .string("ana")])), .taken("ana")),
    ]
    for (edit, fault) in cases {
      var scene = try sampleFiles()
      var history = History()
      #expect(throws: fault) { try history.make(edit, in: &scene) }
      #expect(scene.unsaved.isEmpty && history.done.isEmpty)
    }
    #expect(throws: SceneEditFault.self) { try edited(.renameCharacter("ana", to: "a/b")) }
    #expect(throws: SceneEditFault.self) { try edited(.renameCharacter("ana", to: "camera")) }
  }

  @Test("A gesture is one edit, however many steps it takes")
  func gestures() throws {
    var scene = try sampleFiles()
    var history = History()
    try history.make(.yaw("ben", 5), in: &scene)
    history.beginGesture()
    for step in 1...20 { try history.make(.place("ana", Vector3(Double(step), 0, 0)), in: &scene) }
    history.endGesture()
    #expect(history.done.map(\.description) == ["ben turned to 5°", "ana moved"])
    _ = try history.undo(&scene)
    #expect(!scene.scene.text.contains("position\": [20"))
    _ = try history.undo(&scene)
    #expect(scene.scene.text == sampleScene && scene.unsaved.isEmpty)
    _ = try history.redo(&scene)
    _ = try history.redo(&scene)
    #expect(scene.scene.text.contains(#""position": [20, 0, 0]"#))
  }

  @Test("Edits are described in an artist's words")
  func words() {
    let said: [(SceneEdit, String)] = [
      (.turn("ana", [.leftLowerArm: [:]]), "left elbow of ana turned"),
      (
        .turn("ana", [.leftLowerArm: [:], .leftHand: [:], .head: [:]]),
        "head, left elbow and 1 more joints of ana turned"
      ),
      (.reach("ana", .leftHand, .string("props.sill.top")), "left hand of ana to props.sill.top"),
      (.reach("ana", .leftHand, nil), "left hand of ana let go"),
      (.pose("ben", .string("kneel")), "pose of ben: kneel"),
      (.several([], description: "arms of ana mirrored"), "arms of ana mirrored"),
    ]
    for (edit, words) in said { #expect(edit.description == words) }
  }
}
