import Export
import Foundation
import MapRender
import PoseRig
import PosemapKit
import SceneFiles
import Studio
import TestSupport
import Testing

private let canvas = Canvas(width: 384, height: 512)

/// A session on a copy of a scene that is deleted with the value.
private final class Copy {
  let runner = try? CommandRunner()
  let session: StudioSession
  let view: StudioView

  init(_ text: String, poses: [String: String] = [:]) throws {
    let runner = try #require(runner)
    try runner.write(text, to: "scene.json")
    for (name, text) in poses { try runner.write(text, to: name) }
    session = try StudioSession(
      runner.folder + "/scene.json",
      files: .disk(rigsFolder: CommandRunner.repository + "/Rigs"))
    view = StudioView(of: session, size: canvas, margin: 0)
  }

  func picture() throws -> Image<RGB8>? {
    guard let shown = view.shown else { return nil }
    return try Viewport().draw(shown, shown.camera, .still)
  }

  func handle(_ kind: Handle.Kind, _ id: String = "ana") throws -> Handle {
    try #require(view.handles().first { $0.kind == kind && $0.id == id })
  }
}

private let standing = """
  {
    "canvas": [384, 512],
    "camera": {"position": [0.4, 1.2, 4], "target": [0, 1, 0], "fovY": 32},
    "characters": [
      {
        "id": "ana",
        "body": "female",
        "pose": "contrapposto"
      }
    ],
    "props": [
      {"id": "box", "shape": "box", "size": [0.4, 0.4, 0.4], "position": [0.7, 0, 0]}
    ]
  }

  """

@Suite("Saving over existing files")
struct SavedPlaceTests {
  @Test("Saving changes nothing visible")
  func seen() throws {
    let scene = try OpenedScene(standingScene())
    try scene.session.make(.yaw("ana", 20))
    let changes = scene.session.changes
    #expect(try scene.session.save() == [scene.path])
    #expect(scene.session.changes == changes)
  }

  @Test("A link stays a link, and its target keeps its permissions")
  func links() throws {
    let scene = try OpenedScene(standingScene())
    let folder = scene.runner.folder
    try scene.write(standingScene(), to: "shared/there.json")
    #expect(chmod(folder + "/shared/there.json", 0o600) == 0)
    unlink(scene.path)
    #expect(symlink("shared/there.json", scene.path) == 0)
    try scene.openAgain()
    try scene.session.make(.yaw("ana", 20))
    _ = try scene.session.save()
    #expect(scene.disk("shared/there.json") == scene.text)
    var status = stat()
    #expect(lstat(scene.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(scene.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }
}

@Suite("A studio session")
struct StudioSessionTests {
  @Test("A dragged hand or foot follows the pointer, and the drag is one line and one edit")
  func hands() throws {
    for (joint, step) in [
      (JointName.leftHand, SIMD2(30.0, -60)), (.rightHand, SIMD2(-25, -50)),
      (.leftFoot, SIMD2(20, -40)),
    ] {
      let copy = try Copy(standing)
      let handle = try copy.handle(.joint(joint))
      copy.view.grab(handle)
      for part in 1...4 {
        try copy.view.drag(to: handle.pixel + step * (Double(part) / 4))
      }
      try copy.view.release()
      let after = try copy.handle(.joint(joint))
      let miss = after.pixel - (handle.pixel + step)
      #expect((miss * miss).sum().squareRoot() < 1.5, "\(joint): \(miss)")
      #expect(copy.session.history.done.count == 1)
      #expect(
        copy.session.files.scene.text.contains(
          #""pose": {"base": "contrapposto", "reach": {"\#(joint.rawValue)": ["#)
          || copy.session.files.scene.text.contains(#""reach": {"\#(joint.rawValue)": ["#))
      _ = try copy.session.undo()
      #expect(copy.session.files.scene.text == standing)
    }
  }

  @Test("A hand pulled out of reach leaves its goal where the hand ended")
  func outOfReach() throws {
    let copy = try Copy(standing)
    let handle = try copy.handle(.joint(.leftHand))
    copy.view.grab(handle)
    try copy.view.drag(to: handle.pixel + SIMD2(900, -300))
    try copy.view.release()
    let after = try copy.handle(.joint(.leftHand))
    let shoulder = try #require(copy.session.posed).characters[0].position(of: .leftUpperArm)
    #expect((after.point - shoulder).length < 0.8)
    let goals = try #require(copy.session.described).characters[0].pose.goals
    guard case .fixed(let goal)? = goals.reach[.leftHand]?.at else {
      Issue.record("no point: \(goals)")
      return
    }
    #expect((goal - after.point).length < 0.02)
    #expect(copy.session.history.done.count == 1)
  }

  @Test("Resizing the window during a drag keeps the hand under the pointer")
  func resized() throws {
    let copy = try Copy(standing)
    let handle = try copy.handle(.joint(.leftHand))
    copy.view.grab(handle)
    try copy.view.drag(to: handle.pixel + SIMD2(10, -20))
    copy.view.size = Canvas(width: 768, height: 1024)
    try copy.view.drag(to: (handle.pixel + SIMD2(30, -60)) * 2)
    try copy.view.release()
    let miss = try copy.handle(.joint(.leftHand)).pixel - (handle.pixel + SIMD2(30, -60)) * 2
    #expect((miss * miss).sum().squareRoot() < 3, "\(miss)")
  }

  @Test("A figure and a prop follow the pointer over the floor, in any number of steps")
  func floor() throws {
    for (kind, id) in [(Handle.Kind.figure, "ana"), (.prop, "box")] {
      let copy = try Copy(standing)
      let handle = try copy.handle(kind, id)
      copy.view.grab(handle)
      for step in 1...5 {
        try copy.view.drag(
          to: handle.pixel + SIMD2(-8, 5) * Double(step), along: .picture)
      }
      try copy.view.release()
      let after = try copy.handle(kind, id)
      let miss = after.pixel - (handle.pixel + SIMD2(-40, 25))
      #expect((miss * miss).sum().squareRoot() < 1.5, "\(id): \(miss)")
      #expect(abs(after.point.y - handle.point.y) < 1e-3)
    }
  }

  @Test("An elbow turns the upper arm within its limits, the hips move, the head nods")
  func joints() throws {
    for (joint, key) in [
      (JointName.leftLowerArm, "leftUpperArm"), (.head, "neck"), (.hips, "translation"),
    ] {
      let copy = try Copy(standing)
      let handle = try copy.handle(.joint(joint))
      copy.view.grab(handle)
      try copy.view.drag(to: handle.pixel + SIMD2(12, -6))
      try copy.view.release()
      #expect(copy.session.files.scene.text.contains("\"\(key)\""), "\(joint)")
      #expect(copy.session.diagnostics.isEmpty, "\(copy.session.diagnostics)")
      let after = try copy.handle(.joint(joint))
      #expect(after.pixel.x > handle.pixel.x + 4, "\(joint)")
    }
  }

  @Test("A scene with mistakes opens and can be fixed; the last good picture stays meanwhile")
  func mistakes() throws {
    let copy = try Copy(standing.replacing("\"female\"", with: "\"famale\""))
    #expect(copy.session.posed == nil)
    #expect(copy.session.diagnostics.map(\.path?.description) == ["characters[0].body"])
    #expect(try copy.picture() == nil)
    try copy.session.make(.character("ana", key: "body", .string("female")))
    let good = try #require(try copy.picture())
    try copy.session.make(.look("ana", .string("nobody")))
    #expect(copy.session.diagnostics.count == 1)
    #expect(try copy.picture() == good)
  }

  @Test("The view shows the shaded map plus the floor; a free camera is saved as one")
  func picture() throws {
    let copy = try Copy(standing)
    let picture = try #require(try copy.picture())
    let runner = try #require(copy.runner)
    #expect(
      try runner.run(
        "render", "scene.json", "-q", "--maps", "shaded", "--together", "--props", "true"
      ).code == 0)
    let map = try PNGFile.decodeRGB(try #require(runner.bytes("out/all/shaded.png")))
    let differing = zip(picture.pixels, map.pixels).filter { $0 != $1 && $1 != RGB8(gray: 250) }
    #expect(differing.isEmpty)
    copy.view.look { view in
      view.orbit(right: 0.6, up: 0.2)
      view.dolly(by: 1.3)
      view.pan(by: SIMD2(20, -10), height: 512)
    }
    let free = try #require(copy.view.worldCamera)
    let view = try #require(copy.view.camera)
    try copy.session.make(.wholeCamera(view.value))
    copy.view.camera = nil
    let saved = try #require(copy.view.worldCamera)
    #expect((saved.position - free.position).length < 2e-3)
    #expect(abs(saved.tangents.y - free.tangents.y) < 1e-3)
    #expect((saved.worldFromCamera.rotation.inverse * free.worldFromCamera.rotation).angle < 1e-3)
  }

  @Test("Saved files equal the session's, and nothing else is written")
  func saving() throws {
    let copy = try Copy(
      standing.replacing("\"contrapposto\"", with: "\"own.pose.json\""),
      poses: ["own.pose.json": "{\n  \"base\": \"stand\"\n}\n", "other.pose.json": "{}\n"])
    let runner = try #require(copy.runner)
    try copy.session.make(.turn("ana", [.head: [.rotation: 20]]))
    #expect(copy.session.files.unsaved.map { $0.hasSuffix("own.pose.json") } == [true])
    #expect(try copy.session.save().count == 1)
    #expect(copy.session.files.unsaved.isEmpty)
    #expect(
      String(decoding: try #require(runner.bytes("own.pose.json")), as: UTF8.self)
        == "{\n  \"base\": \"stand\",\n  \"joints\": {\n    \"head\": {\"rotation\": 20}\n  }\n}\n")
    #expect(runner.files(".") == ["other.pose.json", "own.pose.json", "scene.json"])
  }
}
