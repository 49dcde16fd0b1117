import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Gestures")
struct GestureTests {
  @Test("An undo during a drag cancels the drag: its further steps change nothing")
  func undoInDrag() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.look("ana", .string("camera")))
    let before = scene.text
    let view = StudioView(
      of: scene.session, size: Canvas(width: 384, height: 512), owner: 1)
    let hand = try #require(view.handles().first { $0.name == "ana.leftHand" })
    view.grab(hand)
    try view.drag(to: hand.pixel + SIMD2(20, -30))
    #expect(scene.text != before && view.isDragging)
    _ = try scene.session.undo()
    #expect(scene.text == before && !view.isDragging)
    for step in 1...5 { try view.drag(to: hand.pixel + SIMD2(Double(step) * 10, 0)) }
    try view.cancel()
    try view.release()
    #expect(scene.text == before && scene.session.history.done.count == 1)
  }

  @Test("A redo during a drag cancels the drag, and never joins another step to it")
  func redoInDrag() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.look("ana", .string("camera")))
    _ = try scene.session.undo()
    let view = StudioView(
      of: scene.session, size: Canvas(width: 384, height: 512), owner: 1)
    let hand = try #require(view.handles().first { $0.name == "ana.leftHand" })
    view.grab(hand)
    // The drag has changed nothing yet: the undone edit can be redone.
    _ = try scene.session.redo()
    try view.drag(to: hand.pixel + SIMD2(20, -30))
    try view.cancel()
    #expect(scene.session.history.done.map(\.description).count == 1)
    #expect(scene.text.contains("camera"))
  }

  @Test("Steps by others are separate, and split the ongoing gesture")
  func others() throws {
    let scene = try OpenedScene(standingScene())
    let session = scene.session
    session.beginGesture(by: 1)
    for degrees in [10.0, 20] {
      try session.apart(for: 1) { () throws(SceneEditFault) in
        try session.make(.yaw("ana", degrees))
      }
    }
    try session.apart(for: 2) { () throws(SceneEditFault) in
      try session.make(.look("ana", .string("camera")))
    }
    session.endGesture(by: 2)
    #expect(session.gesture == 1)
    for degrees in [30.0, 40] {
      try session.apart(for: 1) { () throws(SceneEditFault) in
        try session.make(.yaw("ana", degrees))
      }
    }
    #expect(session.history.done.count == 3)
    try session.cancelGesture()
    #expect(scene.text.contains("\"yaw\": 20") && scene.text.contains("camera"))
    #expect(!session.isInGesture)
  }

  @Test("Going back several steps solves once")
  func several() throws {
    let scene = try OpenedScene(standingScene())
    for degrees in 1...10 { try scene.session.make(.yaw("ana", Double(degrees))) }
    let changes = scene.session.changes
    _ = try scene.session.undo(7)
    #expect(scene.text.contains("\"yaw\": 3") && scene.session.changes == changes + 1)
    _ = try scene.session.redo(4)
    #expect(scene.text.contains("\"yaw\": 7") && scene.session.changes == changes + 2)
    _ = try scene.session.undo(100)
    #expect(scene.text == standingScene() && scene.session.history.undone.count == 10)
  }
}
