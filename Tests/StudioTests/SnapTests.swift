import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

private let scene = """
  {
    "canvas": [512, 512],
    "camera": {"position": [0.2, 1.5, 5], "target": [0.4, 0.9, 0], "fovY": 30},
    "characters": [
      {
        "id": "ana",
        "body": "female",
        "pose": "stand"
      },
      {
        "id": "ben",
        "body": "male",
        "pose": "stand",
        "position": [0.9, 0, 0]
      }
    ],
    "props": [
      {"id": "box", "shape": "box", "size": [0.7, 0.5, 0.6], "position": [-0.8, 0, 0.1], "rotation": [0, 20, 0]}
    ]
  }

  """

@Suite("Snapping")
struct SnapTests {
  private let runner: CommandRunner
  private let session: StudioSession
  private let view: StudioView

  init() throws {
    runner = try CommandRunner()
    try runner.write(scene, to: "scene.json")
    session = try StudioSession(
      runner.folder + "/scene.json",
      files: .disk(rigsFolder: CommandRunner.repository + "/Rigs"))
    view = StudioView(of: session, size: Canvas(width: 600, height: 500))
  }

  private func handle(_ name: String) throws -> Handle {
    try #require(view.handles().first { $0.name == name })
  }

  private func drop(_ name: String, at pixel: SIMD2<Double>) throws -> String? {
    view.grab(try handle(name))
    try view.drag(to: pixel, snapping: true)
    let snapped = view.snapped?.words
    try view.release()
    return snapped
  }

  @Test("A hand dropped on another's hand holds it by name, and follows it")
  func hands() throws {
    let words = try drop("ana.leftHand", at: try handle("ben.rightHand").pixel + SIMD2(4, -3))
    #expect(words == "right hand of ben")
    #expect(session.files.scene.text.contains(#""reach": {"leftHand": "ben.rightHand"}"#))
    try session.make(.place("ben", Vector3(0.8, 0, 0.1)))
    let gap = try handle("ana.leftHand").point - handle("ben.rightHand").point
    #expect(gap.length < 0.02)
  }

  @Test("A hand dropped near no named point goes to the point under the pointer")
  func nothingNear() throws {
    #expect(try drop("ana.rightHand", at: SIMD2(200, 60)) == nil)
    #expect(session.files.scene.text.contains(#""reach": {"rightHand": ["#))
  }

  @Test("A seat dropped on a prop's top sits where the pointer is")
  func seat() throws {
    let camera = try #require(view.worldCamera)
    let spot = Vector3(-0.7, 0.5, 0.2)
    let pixel = try #require(camera.project(spot)).pixel
    #expect(try drop("ana.seat", at: pixel) == "top of box")
    #expect(session.files.scene.text.contains(#""seat": {"at": "props.box.top", "offset": ["#))
    #expect(session.files.scene.text.contains(#""base": "sit-chair""#), "who stood sits down")
    #expect(session.history.done.count == 1)
    let ana = try #require(session.posed?.characters.first)
    let hips = (ana.position(of: .leftUpperLeg) + ana.position(of: .rightUpperLeg)) / 2
    #expect(abs(hips.x - spot.x) < 0.02 && abs(hips.z - spot.z) < 0.02)
    #expect(hips.y > 0.5 && hips.y < 0.7)
  }

  @Test("A gaze dropped on another's face meets its eyes, in both directions")
  func eyes() throws {
    for (one, other) in [("ana", "ben"), ("ben", "ana")] {
      let camera = try #require(view.worldCamera)
      let eyes = try #require(session.character(other)).posed.eyes
      let pixel = try #require(camera.project(eyes)).pixel
      #expect(try drop("\(one).look", at: pixel + SIMD2(-3, 2)) == "eyes of \(other)")
    }
    #expect(session.files.scene.text.contains(#""look": "ben""#))
    #expect(session.files.scene.text.contains(#""look": "ana""#))
    #expect(session.diagnostics.isEmpty)
  }

  @Test("A gaze dropped anywhere on a head targets the eyes")
  func head() throws {
    let camera = try #require(view.worldCamera)
    let ben = try #require(session.character("ben")).posed
    let crown = ben.eyes + Vector3(0, 0.09, -0.03)
    let pixel = try #require(camera.project(crown)).pixel
    #expect(try drop("ana.look", at: pixel) == "eyes of ben")
    #expect(session.files.scene.text.contains(#""look": "ben""#))
  }

  @Test("Two hands dropped on each other hold each other")
  func circle() throws {
    #expect(try drop("ana.leftHand", at: try handle("ben.rightHand").pixel) != nil)
    #expect(try drop("ben.rightHand", at: try handle("ana.leftHand").pixel) != nil)
    #expect(!session.hasErrors)
    let ana = try #require(session.character("ana")).posed
    let ben = try #require(session.character("ben")).posed
    let palms = (
      ana.frame(of: .leftHand).apply(ana.palm(of: .leftHand)),
      ben.frame(of: .rightHand).apply(ben.palm(of: .rightHand))
    )
    #expect((palms.0 - palms.1).length < 0.001)
  }

  @Test("A figure can hold itself, but a limb cannot hold itself")
  func oneself() throws {
    view.grab(try handle("ana.leftHand"))
    let names = view.targets.map(\.name)
    #expect(names.contains("self.rightUpperArm") && names.contains("self.leftLowerLeg"))
    #expect(!names.contains("self.leftLowerArm") && !names.contains("self.leftHand"))
    try view.cancel()
    #expect(view.targets.isEmpty)
  }
}
