import MapRender
import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

/// A session on a scene, and a view of it, in a folder that is deleted with the value.
private struct Looking {
  let runner: CommandRunner
  let session: StudioSession
  let view: StudioView

  init(_ text: String, size: Canvas = Canvas(width: 640, height: 480)) throws {
    runner = try CommandRunner()
    try runner.write(text, to: "scene.json")
    session = try StudioSession(
      runner.folder + "/scene.json",
      files: .disk(rigsFolder: CommandRunner.repository + "/Rigs"))
    view = StudioView(of: session, size: size)
  }

  func handle(_ name: String) throws -> Handle {
    try #require(view.handles().first { $0.name == name })
  }
}

private let scene = """
  {
    "canvas": [384, 512],
    "camera": {"position": [0.4, 1.2, 5], "target": [0, 1, 0], "fovY": 32},
    "characters": [
      {
        "id": "ana",
        "body": "female",
        "pose": "stand",
        "yaw": 30
      },
      {
        "id": "ben",
        "body": "male",
        "position": [1, 0, 0]
      }
    ]
  }

  """

@Suite("A studio's view")
struct StudioViewTests {
  @Test(
    "In front of a plate, figures and the floor's lines are visible, and the rest is transparent")
  func plate() throws {
    let looking = try Looking(scene)
    let (shown, camera) = (
      try #require(looking.session.shown), try #require(looking.view.worldCamera)
    )
    let viewport = Viewport()
    for quality in [Viewport.Quality.moving, .still] {
      let opaque = try viewport.draw(shown, camera, quality)
      let open = try viewport.drawBeforePlate(shown, camera, quality)
      let backdrop = Double(opaque.pixels[0].red)
      #expect(open.pixels[0].opacity == 0, "the sky")
      var counts = [0, 0, 0]
      var worst = 0.0
      for (pixel, same) in zip(open.pixels, opaque.pixels) {
        counts[pixel.opacity == 0 ? 0 : pixel.opacity == 255 ? 2 : 1] += 1
        // In front of the studio's own backdrop, it equals the picture without a plate.
        let share = Double(pixel.opacity) / 255
        let level = Double(pixel.color.red) * share + backdrop * (1 - share)
        worst = max(worst, abs(level - Double(same.red)))
      }
      #expect(worst < 2, "\(worst)")
      #expect(counts.allSatisfy { $0 > 1_000 }, "\(counts)")
    }
  }

  @Test("A picture of any shape fits a view of any shape, centered")
  func framing() {
    for (picture, view) in [
      (Canvas(width: 832, height: 1216), Canvas(width: 1600, height: 900)),
      (Canvas(width: 1216, height: 832), Canvas(width: 500, height: 900)),
      (Canvas(width: 64, height: 8192), Canvas(width: 768, height: 768)),
    ] {
      let (x, y, width, height) = Framing(of: picture, in: view).rectangle
      #expect(x > 0 && y > 0)
      #expect(abs(2 * x + width - Double(view.width)) < 1e-9)
      #expect(abs(2 * y + height - Double(view.height)) < 1e-9)
      #expect(abs(width / height - Double(picture.width) / Double(picture.height)) < 1e-9)
    }
  }

  @Test("The frame in the view shows what the scene's camera sees")
  func sceneCamera() throws {
    let looking = try Looking(scene)
    let posed = try #require(looking.session.posed)
    let own = try #require(looking.view.worldCamera)
    let frame = try #require(looking.view.framing).rectangle
    for character in posed.characters {
      let point = character.position(of: .leftHand)
      let inPicture = try #require(posed.camera.project(point)).pixel
      let inView = try #require(own.project(point)).pixel
      #expect(abs(frame.x + inPicture.x / 384 * frame.width - inView.x) < 1e-6)
      #expect(abs(frame.y + inPicture.y / 512 * frame.height - inView.y) < 1e-6)
    }
  }

  @Test(
    "A view that becomes the scene's camera shows the same", arguments: StudioView.Preset.allCases)
  func presets(_ preset: StudioView.Preset) throws {
    let looking = try Looking(scene)
    looking.view.look(from: preset, at: "ana")
    looking.view.focalLength = 85
    let free = try #require(looking.view.worldCamera)
    let camera = try #require(looking.view.camera)
    try looking.session.make(.wholeCamera(camera.value))
    looking.view.camera = nil
    let taken = try #require(looking.view.worldCamera)
    #expect((taken.position - free.position).length < 3e-3)
    #expect((taken.worldFromCamera.rotation.inverse * free.worldFromCamera.rotation).angle < 2e-3)
    #expect(abs(taken.tangents.y / free.tangents.y - 1) < 1e-3)
    #expect(abs((looking.view.focalLength ?? 0) - 85) < 0.1)
  }

  @Test("The front view shows a figure's own front, and fits it")
  func front() throws {
    let looking = try Looking(scene)
    looking.view.look(from: .front, at: "ana")
    let ana = try #require(looking.session.posed?.characters.first)
    let camera = try #require(looking.view.worldCamera)
    let facing = ana.worldFromModel.rotation.rotate(.unitZ)
    let toCamera = try #require((camera.position - ana.position(of: .hips)).normalized)
    #expect(facing.dot(toCamera) > 0.97)
    let frame = try #require(looking.view.framing).rectangle
    for position in ana.bodySurface.positions {
      let pixel = try #require(camera.project(Vector3(position))).pixel
      #expect(pixel.x > frame.x && pixel.x < frame.x + frame.width)
      #expect(pixel.y > frame.y && pixel.y < frame.y + frame.height)
    }
  }

  @Test("A drag kept as angles leaves no goal, and the hand where it was released")
  func keptAsAngles() throws {
    let looking = try Looking(scene)
    let hand = try looking.handle("ana.leftHand")
    looking.view.keeping = .angles
    looking.view.grab(hand)
    try looking.view.drag(to: hand.pixel + SIMD2(25, -60))
    try looking.view.release()
    let text = looking.session.files.scene.text
    #expect(!text.contains("reach") && text.contains("leftUpperArm"), "\(text)")
    let miss = try looking.handle("ana.leftHand").pixel - hand.pixel - SIMD2(25, -60)
    #expect((miss * miss).sum().squareRoot() < 2)
    #expect(looking.session.history.done.count == 1)
    _ = try looking.session.undo()
    #expect(looking.session.files.scene.text == scene)
  }

  @Test("A canceled drag leaves nothing, to undo or to redo")
  func cancelled() throws {
    let looking = try Looking(scene)
    for name in ["ana.leftHand", "ben", "ana.look", "ben.yaw"] {
      let handle = try looking.handle(name)
      looking.view.grab(handle)
      try looking.view.drag(to: handle.pixel + SIMD2(20, 12))
      #expect(looking.session.files.scene.text != scene, "\(name)")
      try looking.view.cancel()
      #expect(looking.session.files.scene.text == scene, "\(name)")
      #expect(looking.session.history.done.isEmpty && looking.session.history.undone.isEmpty)
    }
  }

  @Test("The ring on the floor turns a figure toward the pointer; the gaze follows it")
  func turning() throws {
    let looking = try Looking(scene)
    let ring = try looking.handle("ben.yaw")
    looking.view.grab(ring)
    try looking.view.drag(to: ring.pixel + SIMD2(-40, -3))
    try looking.view.release()
    let after = try looking.handle("ben.yaw")
    let ben = try looking.handle("ben")
    let way = after.point - ben.point
    #expect(way.x < -0.1, "it faces left in the picture")
    #expect(abs(way.length - ring.point.y - 0.45) < 0.02)
    let gaze = try looking.handle("ana.look")
    looking.view.grab(gaze)
    try looking.view.drag(to: gaze.pixel + SIMD2(30, 20))
    try looking.view.release()
    let miss = try looking.handle("ana.look").pixel - gaze.pixel
    #expect(miss.x > 5 && miss.y > 5)
  }

  @Test("Hidden figures have no handles and are not drawn, and stay in the file")
  func hidden() throws {
    let looking = try Looking(scene)
    looking.view.hidden = ["ben"]
    #expect(looking.view.handles().allSatisfy { $0.id == "ana" })
    #expect(looking.view.shown?.characters.map(\.id) == ["ana"])
    #expect(looking.session.files.scene.text == scene)
  }
}
