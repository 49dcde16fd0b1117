import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Returns the messages from reading a scene, without the file's name.
private func messages(_ text: String, _ files: [String: String] = [:]) -> [String] {
  Fixture.read(text, files)?.diagnostics.map(\.description) ?? ["unreadable"]
}

@Suite struct SceneReaderTests {
  @Test func theSmallestSceneHasACanvasAndACharacter() {
    let scene = Fixture.read(Fixture.scene())?.scene
    #expect(scene?.canvas == Canvas(width: 256, height: 384))
    #expect(scene?.characters.map(\.id) == ["her"])
    #expect(scene?.camera == .standard)
    #expect(messages(Fixture.scene()).isEmpty)
  }

  @Test func everyMistakeIsReportedWithItsLocationInOneRun() {
    let text = """
      {
        "canvas": [0, 512],
        "camra": {},
        "characters": [
          {"id": "a", "body": "femal", "yaw": [1]},
          {"id": "../x", "body": "male", "pose": {"joints": {"leftLowerArn": {"flexion": 90}}}},
          {"id": "b", "body": "male", "pose": {"joints": {"leftLowerArm": {"flexon": 90}}}}
        ]
      }
      """
    #expect(
      messages(text) == [
        #"scene.json:2:14: error: "canvas" width is 0; it must be 64 to 8192 pixels"#,
        #"scene.json:3:3: error: unknown key "camra" in a scene; did you mean "camera"? allowed: name, description, profile, canvas, prompt, negative, seed, camera, cameras, plate, characters, arrange, props, wind, lights, maps"#,
        #"scene.json:5:25: error: unknown body "femal" for a character; did you mean "female"? allowed: female, male, human"#,
        #"scene.json:5:41: error: "yaw" must be a number (-360 to 360 degrees), not a list"#,
        #"scene.json:6:12: error: id "../x" cannot name a folder of maps; allowed: at most 64 letters, digits, - and _, beginning with a letter or digit"#,
        #"scene.json:6:56: error: unknown joint "leftLowerArn" in "joints"; did you mean "leftLowerArm"? allowed: hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, UpperLeg, LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, ThumbDistal, and Index, Middle, Ring or Little with Proximal, Intermediate or Distal"#,
        #"scene.json:7:70: error: unknown key "flexon" in leftLowerArm; did you mean "flexion"? allowed: flexion, rotation, quaternion"#,
      ])
  }

  @Test func columnsPointAtTheWrongValue() {
    let text = #"{"canvas": [256, 384],\#n "characters": [{"id": "a", "body": 7}]}"#
    #expect(
      messages(text) == [
        #"scene.json:2:37: error: "body" must be a string in double quotes, not a number"#
      ])
  }

  @Test(arguments: [
    (
      #"{"canvas": [NaN, 1]}"#,
      "scene.json:1:13: error: NaN is not a JSON number; write a finite number"
    ),
    (
      #"{"canvas": [1e999, 1]}"#,
      "scene.json:1:13: error: 1e999 is too large; write a finite number"
    ),
    (
      #"{"canvas": [100, 100],}"#,
      "scene.json:1:23: error: a key in double quotes should be here; JSON allows no trailing comma, remove it"
    ),
    (
      #"{"canvas": [100, 100,]}"#,
      "scene.json:1:22: error: a value is missing before ']' (JSON allows no trailing comma)"
    ),
    (
      #"{"canvas": [0100, 100]}"#,
      "scene.json:1:13: error: '0100' is not a number in JSON's form, like 12, -0.5 or 1e-3"
    ),
    (#"{"canvas" [100, 100]}"#, #"scene.json:1:11: error: ':' is missing after key "canvas""#),
    (#"{"a": 1, "a": 2}"#, #"scene.json:1:10: error: key "a" is given twice; keep one"#),
    (
      #"{"a": "b"#,
      "scene.json:1:9: error: the file ends inside a string; its closing quote is missing"
    ),
    ("// a\n{}", "scene.json:1:1: error: JSON has no comments; remove this one"),
    ("", "scene.json:1:1: error: the file ends where a value should be"),
    ("{} {}", "scene.json:1:4: error: there is something after the end of the document"),
    (
      #"{"a": "\x"}"#,
      #"scene.json:1:8: error: unknown escape; JSON has \" \\ \/ \b \f \n \r \t and \u0000"#
    ),
  ])
  func brokenJSONIsOneClearSentence(_ text: String, _ sentence: String) {
    #expect(messages(text) == [sentence])
  }

  @Test func deepNestingIsRejectedWithoutExhaustingTheStack() {
    let text = String(repeating: "[", count: 100_000)
    #expect(messages(text) == ["scene.json:1:65: error: nested deeper than 64 levels"])
  }

  @Test func twoCharactersNeedTwoIds() {
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "a", "body": "male"}, {"id": "A", "body": "male"}]}
      """
    #expect(
      messages(text) == [
        #"scene.json:2:32: error: two characters have the id "a" (the other in line 2); each needs its own, because it names the folder of its maps"#
      ])
  }

  @Test func aCameraIsPlacedInOnlyOneWay() {
    let both = Fixture.scene(
      keys: #""camera": {"frame": "all", "position": [0,1,3], "target": [0,1,0]}"#)
    #expect(
      messages(both) == [
        #"scene.json:1:44: error: a camera is placed by "position" and "target", by "frame" or by "shot": remove "frame" or "position""#
      ])
    let half = Fixture.scene(keys: #""camera": {"position": [0,1,3]}"#)
    #expect(
      messages(half) == [
        #"scene.json:1:34: error: a camera placed by hand needs "position" and "target"; "target" is missing"#
      ])
    let nobody = Fixture.scene(keys: #""camera": {"frame": "hre"}"#)
    #expect(
      messages(nobody) == [
        #"scene.json:1:44: error: unknown character "hre" in "frame"; did you mean "her"? allowed: all, her"#
      ])
    let lenses = Fixture.scene(keys: #""camera": {"fovY": 40, "focalLength": 50}"#)
    #expect(
      messages(lenses) == [
        #"scene.json:1:62: error: a camera has one lens: give "fovY" or "focalLength", not both"#
      ])
  }

  /// The angle of the camera that a scene is read with.
  private func angle(_ cameras: String, _ wanted: String? = nil) -> Double? {
    let text = Fixture.scene(keys: cameras)
    let reading = try? SceneReader.read(
      "scene.json", loader: Fixture.loader(["scene.json": text]), camera: wanted
    ).get()
    guard case .framing(_, let angle, _, _)? = reading?.scene?.camera.placement else { return nil }
    return angle
  }

  @Test("The camera is the one asked for by name, or \"camera\", or the first")
  func namedCameras() {
    let named = #""cameras": {"wide": {"angle": 10}, "close": {"angle": 20}}"#
    #expect(angle(named) == 10)
    #expect(angle(named, "close") == 20)
    let both = named + #", "camera": {"angle": 30}"#
    #expect(angle(both) == 30)
    #expect(angle(both, "wide") == 10)
    #expect(angle(both, "camera") == 30)
    #expect(angle(both, "clos") == nil)
    let text = Fixture.scene(keys: both)
    let scene = try? SceneReader.read(
      "scene.json", loader: Fixture.loader(["scene.json": text])
    ).get().scene
    #expect(scene?.cameras.map(\.name) == ["camera", "wide", "close"])
  }

  @Test func whatIsWrongWithNamedCameras() {
    func said(_ keys: String, _ wanted: String? = nil) -> [String] {
      let text = Fixture.scene(keys: keys)
      let reading = try? SceneReader.read(
        "scene.json", loader: Fixture.loader(["scene.json": text]), camera: wanted
      ).get()
      return (reading?.diagnostics ?? []).map(\.description)
    }
    let named = #""cameras": {"wide": {"angle": 10}, "close": {"angle": 20}}"#
    #expect(
      said(named, "clos") == [
        #"scene.json:1:35: error: unknown camera "clos" in "cameras"; did you mean "close"? allowed: wide, close"#
      ])
    let nameless = said(#""seed": 1"#, "clos")
    #expect(nameless.count == 1)
    #expect(
      nameless.first?.hasSuffix(
        #"error: the scene has no camera "clos"; it names none in "cameras""#) == true)
    #expect(
      said(#""cameras": []"#) == [
        #"scene.json:1:35: error: "cameras" gives each camera a name: {"wide": {"frame": "all"}}"#
      ])
    #expect(
      said(#""cameras": {"camera": {"angle": 10}}"#) == [
        #"scene.json:1:36: error: camera: id "camera" is reserved; choose another"#
      ])
    #expect(
      said(#""cameras": {"A": {"angle": 10}, "a": {"angle": 1}}"#) == [
        #"scene.json:1:56: error: two cameras are named "a", and folders do not tell capital letters apart"#
      ])
    // Every camera is read, not only the one that draws.
    #expect(
      said(#""cameras": {"wide": {}, "close": {"frame": "hre"}}"#) == [
        #"scene.json:1:67: error: unknown character "hre" in "frame"; did you mean "her"? allowed: all, her"#
      ])
  }

  @Test func wrongPropSizesAreReportedWithTheRightOnes() {
    let text = Fixture.scene(
      keys: #""props": [{"id": "p", "shape": "cylinder", "size": [1, 2, 3]}]"#)
    #expect(
      messages(text) == [
        #"scene.json:1:34: error: a cylinder needs "radius" in meters"#,
        #"scene.json:1:34: error: a cylinder needs "height" in meters"#,
        #"scene.json:1:75: error: a cylinder has no "size"; it has radius and height"#,
      ])
  }
}
