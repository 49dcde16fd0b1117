import PoseRig
import SceneFiles
import TestSupport
import Testing

/// The messages of a scene's reading, without the file's name.
private func messages(_ text: String, _ files: [String: String] = [:]) -> [String] {
  Fixture.read(text, files)?.diagnostics.map(\.description) ?? ["unreadable"]
}

@Suite struct SceneReaderTests {
  @Test func theSmallestSceneIsACanvasAndACharacter() {
    let scene = Fixture.read(Fixture.scene())?.scene
    #expect(scene?.canvas == Canvas(width: 256, height: 384))
    #expect(scene?.characters.map(\.id) == ["her"])
    #expect(scene?.camera == .standard)
    #expect(messages(Fixture.scene()).isEmpty)
  }

  @Test func everyMistakeIsReportedWithItsPlaceInOneRun() {
    let text = """
      {
        "canvas": [0, 512],
        "camra": {},
        "characters": [
          {"id": "a", "body": "femal", "yaw": "left"},
          {"id": "../x", "body": "male", "pose": {"joints": {"leftLowerArn": {"flexion": 90}}}},
          {"id": "b", "body": "male", "pose": {"joints": {"leftLowerArm": {"flexon": 90}}}}
        ]
      }
      """
    let found = messages(text)
    let expected = [
      (2, "canvas", "64 to 8192 pixels"), (3, "camra", "did you mean \"camera\""),
      (5, "femal", "did you mean \"female\""), (5, "yaw", "must be a number"),
      (6, "../x", "letters, digits"), (6, "leftLowerArn", "did you mean \"leftLowerArm\""),
      (7, "flexon", "did you mean \"flexion\""),
    ]
    #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
    for (message, (line, subject, hint)) in zip(found, expected) {
      #expect(message.hasPrefix("scene.json:\(line):"))
      #expect(message.contains(subject) && message.contains(hint), "\(message)")
    }
  }

  @Test func columnsPointAtTheWrongValue() {
    let text = "{\"canvas\": [256, 384],\n \"characters\": [{\"id\": \"a\", \"body\": 7}]}"
    #expect(
      messages(text).first?.hasPrefix("scene.json:2:37: error: \"body\" must be a text") == true)
  }

  @Test(arguments: [
    ("{\"canvas\": [NaN, 1]}", "NaN is not a number"),
    ("{\"canvas\": [1e999, 1]}", "too large"),
    ("{\"canvas\": [100, 100],}", "a key in double quotes"),
    ("{\"canvas\": [100, 100,]}", "no trailing comma"),
    ("{\"canvas\": [0100, 100]}", "not a number in JSON's form"),
    ("{\"canvas\" [100, 100]}", "':' is missing"),
    ("{\"a\": 1, \"a\": 2}", "given twice"),
    ("{\"a\": \"b", "closing quote is missing"),
    ("// a\n{}", "no comments"), ("", "the file ends"), ("{} {}", "after the end"),
    ("{\"a\": \"\\x\"}", "unknown escape"),
  ])
  func brokenJSONIsOneClearSentence(_ text: String, _ sentence: String) {
    let found = messages(text)
    #expect(found.count == 1)
    #expect(found.first?.contains(sentence) == true, "\(found)")
  }

  @Test func deepNestingIsRefusedInsteadOfExhaustingTheStack() {
    let text = String(repeating: "[", count: 100_000)
    #expect(messages(text).first?.contains("nested deeper") == true)
  }

  @Test func twoCharactersNeedTwoIds() {
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "a", "body": "male"}, {"id": "A", "body": "male"}]}
      """
    #expect(messages(text).first?.contains("two characters have the id") == true)
  }

  @Test func aCameraIsPlacedOneWay() {
    let both = Fixture.scene(
      keys: "\"camera\": {\"frame\": \"all\", \"position\": [0,1,3], \"target\": [0,1,0]}")
    #expect(messages(both).first?.contains("not both") == true)
    let half = Fixture.scene(keys: "\"camera\": {\"position\": [0,1,3]}")
    #expect(messages(half).first?.contains("\"target\" is missing") == true)
    let nobody = Fixture.scene(keys: "\"camera\": {\"frame\": \"hre\"}")
    #expect(messages(nobody).first?.contains("did you mean \"her\"") == true)
    let lenses = Fixture.scene(keys: "\"camera\": {\"fovY\": 40, \"focalLength\": 50}")
    #expect(messages(lenses).first?.contains("one lens") == true)
  }

  @Test func propsTellWhichSizesTheirShapeHas() {
    let text = Fixture.scene(
      keys: "\"props\": [{\"id\": \"p\", \"shape\": \"cylinder\", \"size\": [1, 2, 3]}]")
    let found = messages(text)
    #expect(found.contains { $0.contains("a cylinder has no \"size\"") })
    #expect(found.contains { $0.contains("needs \"radius\"") })
  }
}
