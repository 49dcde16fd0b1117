import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Cameras described in a photographer's words.
@Suite struct ShotTests {
  private func scene(
    _ camera: String, ana: String = "", ben: String = "", canvas: String = "[512, 768]"
  ) -> (scene: Scene?, messages: [String]) {
    let text = """
      {"canvas": \(canvas), "camera": {\(camera)}, "characters": [
        {"id": "ana", "body": "female", "pose": "stand"\(ana)},
        {"id": "ben", "body": "male", "pose": "stand", "position": [1.5, 0, 0.4]\(ben)}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    guard let reading = try? SceneReader.read("scene.json", loader: loader).get() else {
      return (nil, ["unreadable"])
    }
    return (reading.scene, reading.diagnostics.map(\.description))
  }

  private func solved(
    _ camera: String, ana: String = "", ben: String = "", canvas: String = "[512, 768]"
  ) throws -> PosedScene {
    let (read, messages) = scene(camera, ana: ana, ben: ben, canvas: canvas)
    let scene = try #require(read, "\(messages)")
    return try #require(SceneSolver.solve(scene), "\(messages)")
  }

  /// Returns the position of a joint in the picture: 0 to 1 from the left and from the top.
  private func pixel(_ posed: PosedScene, _ joint: JointName, of index: Int = 0) throws -> SIMD2<
    Double
  > {
    let point = posed.characters[index].position(of: joint)
    let canvas = posed.camera.canvas
    let pixel = try #require(posed.camera.project(point)).pixel
    return pixel / SIMD2(Double(canvas.width), Double(canvas.height))
  }

  /// The joint just inside each shot, and the joint just outside it.
  @Test(
    "A shot is cropped where its name says, whatever the figure's size",
    arguments: [
      ("face", JointName.head, JointName.upperChest), ("bust", .chest, .hips),
      ("waist", .hips, .leftLowerLeg), ("cowboy", .leftUpperLeg, .leftFoot),
      ("knees", .leftLowerLeg, .leftFoot),
    ], ["", #", "proportions": {"height": 1.45}"#, #", "proportions": {"height": 2.1}"#])
  func ends(_ shot: (name: String, within: JointName, without: JointName), _ size: String) throws {
    for canvas in ["[512, 768]", "[1024, 512]"] {
      let posed = try solved(#""shot": "\#(shot.name)", "of": "ana""#, ana: size, canvas: canvas)
      #expect((0...1).contains(try pixel(posed, shot.within).y))
      // In an upright picture, shoulders fill its width, so more is visible below.
      if canvas == "[1024, 512]" || shot.name != "bust" {
        #expect(try pixel(posed, shot.without).y > 1, "\(canvas)")
      }
      let heights = posed.characters[0].points.compactMap { posed.camera.project($0)?.pixel.y }
      let top = try #require(heights.min())
      let free = top / Double(posed.camera.canvas.height)
      #expect(free > 0.03 && free < 0.2, "the crown is \(free) from the top")
    }
  }

  @Test(
    "A view is relative to the direction that the figure faces",
    arguments: [
      (#""view": "front""#, 0.0), (#""view": "threeQuarter""#, 40.0),
      (#""view": "threeQuarter", "side": "right""#, -40.0), (#""view": "profile""#, 90.0),
      (#""view": "back""#, 180.0), (#""angle": 15"#, 15.0),
    ], [0.0, 70, -160])
  func view(_ view: (words: String, degrees: Double), _ yaw: Double) throws {
    let posed = try solved(
      #""shot": "waist", "of": "ana", \#(view.words)"#, ana: #", "yaw": \#(yaw)"#)
    let toward = posed.camera.worldFromCamera.rotation.rotate(.unitZ)
    let expected = Quaternion(angle: (yaw + view.degrees).degreesToRadians, axis: .unitY).rotate(
      .unitZ)
    #expect((toward - expected).length < 1e-6)
  }

  @Test("A low camera looks up from above the floor", arguments: ["full", "knees", "bust", "wide"])
  func low(_ shot: String) throws {
    let posed = try solved(#""shot": "\#(shot)", "of": "ana", "height": "low""#)
    #expect(posed.camera.worldFromCamera.rotation.rotate(.unitZ).y < 0)
    #expect(posed.camera.position.y > 0.099)
  }

  @Test("A two-shot contains both, and characters that face each other are seen from the side")
  func both() throws {
    let posed = try solved(
      #""shot": "waist", "of": ["ana", "ben"]"#, ana: #", "yaw": "ben""#, ben: #", "yaw": "ana""#)
    for index in 0...1 {
      let head = try pixel(posed, .head, of: index)
      #expect((0...1).contains(head.x) && (0...1).contains(head.y))
    }
    #expect(abs(try pixel(posed, .head, of: 0).x - pixel(posed, .head, of: 1).x) > 0.3)
  }

  @Test(
    "Over a shoulder, one is near the edge and the other's face beyond the middle",
    arguments: ["left", "right"])
  func overShoulder(_ side: String) throws {
    for canvas in ["[512, 768]", "[768, 512]"] {
      let posed = try solved(
        #""shot": "overShoulder", "of": "ana", "over": "ben", "side": "\#(side)""#,
        ana: #", "yaw": "ben""#, ben: #", "yaw": "ana""#, canvas: canvas)
      let (seen, past) = (try pixel(posed, .head), try pixel(posed, .head, of: 1))
      let (inner, outer) = side == "right" ? (seen.x, past.x) : (1 - seen.x, 1 - past.x)
      #expect((0.5...0.75).contains(inner), "\(inner)")
      #expect((0...0.25).contains(outer), "\(outer)")
      #expect((0.1...0.6).contains(seen.y))
      // The camera is behind one character and sees the face of the other.
      let toCamera = posed.camera.position - posed.characters[1].position(of: .head)
      #expect(
        toCamera.dot(
          posed.characters[0].position(of: .head) - posed.characters[1].position(of: .head)) < 0)
    }
  }

  @Test("A clip's shot is still and contains the head in every frame")
  func clip() throws {
    let (read, messages) = scene(#""shot": "bust", "of": "ana""#)
    var scene = try #require(read, "\(messages)")
    var bowed = scene.characters[0].pose
    bowed[.spine] = Quaternion(angle: 0.5, axis: .unitX)
    let poses = [scene.characters[0].pose, bowed]
    scene.characters[0].motion = PoseMotion(name: "", poses: poses, frameRate: 1)
    var findings: [Finding] = []
    let sequence = try #require(SceneSequence(scene, frames: 0...1, rate: 1, findings: &findings))
    for frame in 0...1 {
      let posed = try #require(sequence.posed(frame))
      let head = try pixel(posed, .head)
      #expect((0...1).contains(head.x) && (0...1).contains(head.y))
      #expect(posed.camera == sequence.camera)
    }
  }

  @Test(
    "An impossible shot is reported once, with a remedy",
    arguments: [
      (#""shot": "closeup", "of": "ana""#, #"did you mean "face""#),
      (#""shot": "bust", "of": "anna""#, #"did you mean "ana""#),
      (#""of": "ana""#, #""of" belongs to a shot: add "shot""#),
      (#""shot": "bust", "frame": "ana""#, #"a shot names it by "of""#),
      (#""shot": "bust", "position": [0, 1, 3]"#, #"remove "shot" or "position""#),
      (#""shot": "overShoulder", "of": "ana""#, #"needs "over""#),
      (#""shot": "overShoulder", "of": "ana", "over": "ana""#, "over their own shoulder"),
      (#""shot": "overShoulder", "over": "ana""#, #"name it in "of""#),
      (#""shot": "bust", "over": "ana""#, #"is for the shot "overShoulder""#),
      (#""shot": "bust", "view": "front", "angle": 20"#, "remove one of them"),
      (#""shot": "bust", "height": "high", "elevation": 20"#, "remove one of them"),
      (#""shot": "bust", "view": "threequarter""#, #"did you mean "threeQuarter""#),
      (#""shot": "bust", "view": "profile", "side": "middle""#, "unknown side"),
      (#""shot": "bust", "of": 7"#, #""of" takes a character's id"#),
    ])
  func faults(_ camera: String, _ words: String) {
    let messages = scene(camera).messages.filter { $0.contains("error") }
    #expect(messages.count == 1, "\(messages)")
    #expect(messages.first?.contains(words) == true, "\(messages)")
  }

  @Test("A character that faces a camera relative to itself is reported as a cycle")
  func circle() {
    let (scene, messages) = scene(#""shot": "bust", "of": "ana""#, ana: #", "yaw": "camera""#)
    var findings: [Finding] = []
    if let scene { _ = scene.placed(findings: &findings) }
    #expect(messages.contains { $0.contains("circle") } || !findings.isEmpty, "\(messages)")
  }
}
