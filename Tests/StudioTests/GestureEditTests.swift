import PoseRig
import SceneFiles
import Studio
import Testing

@Suite("Gestures given to arms")
struct GestureEditTests {
  /// Makes edits of a pose and returns the pose's text on one line.
  private func pose(after edits: [SceneEdit], of text: String) throws -> String {
    let scene = try OpenedScene(standingScene(text))
    let before = scene.text
    for edit in edits { try scene.session.make(edit) }
    #expect(scene.session.diagnostics.isEmpty, "\(scene.session.diagnostics)")
    let made = scene.text
    for _ in edits { _ = try scene.session.undo() }
    #expect(scene.text == before)
    for _ in edits { _ = try scene.session.redo() }
    #expect(scene.text == made)
    let file = try Document(Array(made.utf8), file: "scene.json")
    let path = try #require(DocumentPath("characters[0].pose"))
    return try #require(file.node(at: path)).sortedLine
  }

  /// Returns a value's text with its keys sorted.
  private func sorted(_ text: String) throws -> String {
    try JSONParser.parse(Array(text.utf8)).sortedLine
  }

  @Test(
    "Each is said as shortly as it can be",
    arguments: [
      ([SceneEdit.armGesture("ana", .right, "wave")], #"{"base": "stand", "gesture": "wave"}"#),
      ([.armGesture("ana", .left, "wave")], #"{"base": "stand", "gesture": {"left": "wave"}}"#),
      ([.armGesture("ana", .both, "wave")], #"{"base": "stand", "gesture": {"both": "wave"}}"#),
      (
        [.armGesture("ana", .right, "wave"), .armGesture("ana", .left, "point")],
        #"{"base": "stand", "gesture": {"left": "point", "right": "wave"}}"#
      ),
      (
        [.armGesture("ana", .left, "wave"), .armGesture("ana", .right, "wave")],
        #"{"base": "stand", "gesture": {"both": "wave"}}"#
      ),
      (
        [.armGesture("ana", .both, "wave"), .armGesture("ana", .right, nil)],
        #"{"base": "stand", "gesture": {"left": "wave"}}"#
      ),
      // A gesture of both arms displaces those of one, and goes when one arm does something else.
      (
        [.armGesture("ana", .left, "wave"), .armGesture("ana", .right, "arms-crossed")],
        #"{"base": "stand", "gesture": "arms-crossed"}"#
      ),
      (
        [.armGesture("ana", .left, "arms-crossed")],
        #"{"base": "stand", "gesture": {"left": "arms-crossed"}}"#
      ),
      (
        [.armGesture("ana", .right, "arms-crossed"), .armGesture("ana", .left, "point")],
        #"{"base": "stand", "gesture": {"left": "point"}}"#
      ),
      (
        [.armGesture("ana", .right, "point"), .aimGesture("ana", .string("camera"))],
        #"{"base": "stand", "gesture": {"right": "point", "at": "camera"}}"#
      ),
      // The target is the right arm's, and goes with it.
      (
        [
          .armGesture("ana", .right, "point"), .aimGesture("ana", .string("camera")),
          .armGesture("ana", .left, "salute"),
        ], #"{"base": "stand", "gesture": {"left": "salute", "right": "point", "at": "camera"}}"#
      ),
      (
        [
          .armGesture("ana", .right, "point"), .aimGesture("ana", .string("camera")),
          .armGesture("ana", .right, "salute"),
        ], #"{"base": "stand", "gesture": "salute"}"#
      ),
      (
        [
          .armGesture("ana", .right, "point"), .aimGesture("ana", .string("camera")),
          .aimGesture("ana", nil),
        ], #"{"base": "stand", "gesture": "point"}"#
      ),
    ])
  func texts(_ edits: [SceneEdit], _ text: String) throws {
    #expect(try pose(after: edits, of: #""stand""#) == sorted(text))
  }

  @Test("What the pose said of the arm itself goes, and of the other arm stays")
  func clears() throws {
    let own = #"""
      {"base": "stand", "hands": {"both": "fist"}, "joints": {"leftLowerArm": {"flexion": 20}, "rightLowerArm": {"flexion": 40}, "head": {"rotation": 5}}, "reach": {"rightHand": [-0.3, 1.2, 0.3]}}
      """#
    #expect(
      try pose(after: [.armGesture("ana", .right, "wave")], of: own)
        == sorted(
          #"{"base": "stand", "gesture": "wave", "hands": {"left": "fist"}, "joints": {"head": {"rotation": 5}, "leftLowerArm": {"flexion": 20}}}"#
        )
    )
  }

  @Test("A hand that is let go makes no gesture; a mirrored arm makes that of the other")
  func limbs() throws {
    let both = #"{"base": "stand", "gesture": {"left": "point", "right": "wave"}}"#
    #expect(
      try pose(after: [.reach("ana", .rightHand, nil)], of: both)
        == sorted(#"{"base": "stand", "gesture": {"left": "point"}}"#))
    #expect(
      try pose(after: [.mirrorLimb("ana", .leftArm)], of: both)
        == sorted(#"{"base": "stand", "gesture": {"both": "point"}}"#))
    let pasted = try pose(
      after: [.pasteLimb("ana", .rightArm, [.rightLowerArm: [.flexion: 70]])], of: both)
    #expect(pasted.contains(#"gesture: {left: "point"}"#), "\(pasted)")
  }

  @Test("A page shows what each arm does and whom it is meant for")
  func state() throws {
    let scene = try OpenedScene(
      standingScene(#"{"base": "stand", "gesture": {"right": "hands-up", "at": "camera"}}"#))
    let state = try #require(FigureState(of: "ana", in: scene.session))
    #expect(state.gestures == [.left: "hands-up", .right: "hands-up"])
    #expect(state.gestureTarget == .string("camera"))
  }

  @Test("Nobody's gesture is not directed")
  func faults() throws {
    let scene = try OpenedScene(standingScene())
    #expect(throws: SceneEditFault.wrongForm("ana makes no gesture of its own; choose one first")) {
      try scene.session.make(.aimGesture("ana", .string("camera")))
    }
  }
}
