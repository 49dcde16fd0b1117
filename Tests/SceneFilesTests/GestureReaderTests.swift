import PoseRig
import TestSupport
import Testing

@testable import SceneFiles

/// The key `"gesture"` in poses.
@Suite struct GestureReaderTests {
  private func pose(_ text: String, _ files: [String: String] = [:]) -> (
    pose: Pose?, messages: [String]
  ) {
    let log = DiagnosticLog()
    var loader = Fixture.libraryLoader(files.merging(["p.pose.json": "{\(text)}"]) { $1 })
    loader.libraryPoses = { ["stand", "gestures/wave", "gestures/salute", "hands/fist"] }
    var reader = PoseReader(documents: DocumentStore(loader), limits: .standard, log: log)
    let pose = reader.pose(
      named: "p.pose.json", from: "scene.json", at: TextLocation(line: 1, column: 1))
    return (pose?.pose, log.diagnostics.map(\.description))
  }

  @Test("A gesture sets its arms and leaves the rest to the base")
  func arms() throws {
    let base = try #require(pose(#""base": "cheering""#).pose)
    let made = try #require(pose(#""base": "cheering", "gesture": "salute""#).pose)
    #expect(made[.leftUpperArm] == base[.leftUpperArm])
    #expect(made[.leftUpperLeg] == base[.leftUpperLeg])
    #expect(made[.rightUpperArm] != base[.rightUpperArm])
    #expect(made.goals.reach[.rightHand] != nil && made.goals.reach[.leftHand] == nil)
  }

  @Test("Left, right and both; the named arm leads a two-arm gesture")
  func sides() throws {
    let right = try #require(pose(#""gesture": "wave""#).pose)
    let left = try #require(pose(#""gesture": {"left": "wave"}"#).pose)
    let both = try #require(pose(#""gesture": {"both": "wave"}"#).pose)
    #expect(left[.leftUpperArm] == right[.rightUpperArm].mirrored)
    #expect(left.goals.reach[.leftHand] == right.goals.reach[.rightHand])
    #expect(both[.leftUpperArm] == left[.leftUpperArm])
    #expect(both[.rightUpperArm] == right[.rightUpperArm])
    let crossed = try #require(pose(#""gesture": {"right": "arms-crossed"}"#).pose)
    let other = try #require(pose(#""gesture": {"left": "arms-crossed"}"#).pose)
    #expect(
      crossed.goals.reach[.rightHand]?.at
        == .named(owner: "self", part: "leftBiceps", offset: .zero))
    #expect(
      other.goals.reach[.leftHand]?.at
        == .named(owner: "self", part: "rightBiceps", offset: .zero))
  }

  @Test("A gesture that points forward points to its target")
  func target() throws {
    let made = try #require(pose(#""gesture": {"right": "point", "at": "ben"}"#).pose)
    let ben = PoseGoals.Point.named(owner: "ben", part: "head", offset: .zero)
    guard case .stretched(.toward(let point), _)? = made.goals.reach[.rightHand]?.at else {
      Issue.record("\(made.goals)")
      return
    }
    #expect(point == ben)
    let wave = try #require(pose(#""gesture": {"left": "wave", "at": "camera"}"#).pose)
    #expect(wave.goals.reach[.leftHand]?.palm == .toward(.camera))
  }

  @Test("A pose knows its gestures by their phrases, on the arms that make them")
  func names() throws {
    let both = try #require(pose(#""gesture": {"both": "wave"}"#).pose)
    #expect(both.gestures == [Gesture(phrase: "waving", arms: [.left, .right])])
    let two = try #require(
      pose(#""gesture": {"left": "salute", "right": "point", "at": "camera"}"#).pose)
    #expect(
      two.gestures == [
        Gesture(phrase: "saluting", arms: [.left]),
        Gesture(phrase: "pointing", arms: [.right], target: .camera),
      ])
    let files = [
      "b.pose.json": #"{"gesture": {"left": "salute", "right": "point"}}"#,
      "my-own.pose.json": #"{"joints": {"rightUpperArm": {"flexion": 90}}}"#,
    ]
    let other = try #require(
      pose(#""base": "b.pose.json", "gesture": {"left": "my-own.pose.json"}"#, files).pose)
    #expect(other.gestures.map(\.phrase) == ["pointing", "my own"])
    let mirrored = try #require(pose(#""base": "b.pose.json", "mirror": true"#, files).pose)
    #expect(mirrored.gestures.map(\.arms) == [[.right], [.left]])
    let crossed = try #require(
      pose(
        #""base": "b.pose.json", "gesture": "arms-crossed", "reach": {"leftHand": [0, 1, 1]}"#,
        files
      ).pose)
    #expect(crossed.gestures.isEmpty)
  }

  @Test("The pose's own reach, hands and joints override a gesture")
  func order() throws {
    let made = try #require(
      pose(
        #"""
        "gesture": "salute", "reach": {"rightHand": [0, 1, 1]}, "hands": {"right": "fist"},
        "joints": {"rightLowerArm": {"flexion": 20}}
        """#
      ).pose)
    #expect(made.goals.reach[.rightHand]?.at == .fixed(Vector3(0, 1, 1)))
    let fist = try #require(pose(#""hands": {"right": "fist"}"#).pose)
    #expect(made[.rightIndexProximal] == fist[.rightIndexProximal])
    #expect(
      abs(
        (Anatomy.of(.rightLowerArm).degrees(of: made[.rightLowerArm], side: .right)[.flexion] ?? 0)
          - 20) < 1e-6)
  }

  @Test("A base with a gesture is mirrored together with its own body points")
  func mirroredBase() throws {
    let files = ["b.pose.json": #"{"gesture": "arms-crossed"}"#]
    let made = try #require(pose(#""base": "b.pose.json", "mirror": true"#, files).pose)
    #expect(
      made.goals.reach[.leftHand]?.at
        == .named(owner: "self", part: "rightBiceps", offset: .zero))
  }

  @Test(
    "Mistakes are reported in a sentence",
    arguments: [
      (
        #""gesture": "wavee""#,
        #"p.pose.json:1:13: error: there is no gesture "wavee"; did you mean "wave"? `posemap poses --gestures` lists them"#
      ),
      (
        #""gesture": {}"#,
        #"p.pose.json:1:13: error: "gesture" must say which arm: {"right": "wave"}, or left or both"#
      ),
      (
        #""gesture": {"left": "wave", "right": "arms-crossed"}"#,
        #"p.pose.json:1:39: error: "arms-crossed" takes both arms; give no other gesture beside it"#
      ),
      (
        #""gesture": {"right": "salute", "at": "ben"}"#,
        #"p.pose.json:1:39: error: "at" is for gestures that are meant for someone, such as point or wave; these have no direction"#
      ),
      (
        #""reach": {"leftFoot": {"at": [0, 0, 0], "with": "palm"}}"#,
        #"p.pose.json:1:50: error: a foot has no "with"; "with" is for leftHand and rightHand"#
      ),
      (
        #""reach": {"leftHand": {"at": [0, 1, 0], "toward": "up"}}"#,
        #"p.pose.json:1:52: error: a hand goes "at" a point or "toward" one, not both; remove one"#
      ),
      (
        #""reach": {"leftHand": {"at": [0, 1, 0], "extent": 1}}"#,
        #"p.pose.json:1:52: error: "extent" is for "toward"; a hand "at" a point has none"#
      ),
    ])
  func mistakes(_ text: String, _ message: String) {
    #expect(pose(text).messages == [message])
  }

  @Test("Goals round-trip")
  func written() throws {
    let text = #"""
      "reach": {"leftHand": {"toward": "ben.head", "extent": 0.8, "palm": ["up", "up", "out"], "with": "knuckles"},
      "rightHand": {"toward": ["forward", "in"], "touch": "firm"}}, "step": true
      """#
    let made = try #require(pose(text).pose)
    let again = PoseWriter.text(of: made).dropFirst().dropLast(2)
    let read = try #require(pose(String(again)).pose)
    #expect(read.goals == made.goals)
  }

  @Test("A goal's keys have one order, whether its limb is alone or beside another")
  func goalLayout() throws {
    let goal = #"{"with": "indexTip", "touch": "light", "at": [0, 1.23456, 0]}"#
    for limbs in ["\"rightHand\": \(goal)", "\"leftHand\": [0, 1, 0], \"rightHand\": \(goal)"] {
      let bytes = try Document(Array("{\"reach\": {\(limbs)}}".utf8), file: "a.pose.json")
        .canonicalBytes()
      let text = String(decoding: try #require(bytes), as: UTF8.self)
      let written = #""rightHand": {"at": [0, 1.23456, 0], "with": "indexTip", "touch": "light"}"#
      #expect(text.contains(written))
    }
  }
}
