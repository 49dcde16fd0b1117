import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite struct SceneSolverTests {
  @Test func aGroundedCharacterTouchesTheFloorInAnyPose() throws {
    let crouch = """
      "pose": {"joints": {"leftUpperLeg": {"flexion": 110}, "leftLowerLeg": {"flexion": 130},
      "rightUpperLeg": {"flexion": 60}, "rightLowerLeg": {"flexion": 120}}}, "position": [1, 0.3, 0]
      """
    let scene = try #require(Fixture.solved(Fixture.scene(character: crouch)))
    let lowest = scene.characters[0].bodySurface.positions.map(\.y).min() ?? 0
    #expect(abs(lowest - 0.3) < 1e-4)
  }

  @Test func yawTurnsACharacterToItsOwnLeft() throws {
    let scene = try #require(Fixture.solved(Fixture.scene(character: #""yaw": 90"#)))
    let character = scene.characters[0]
    let nose = try #require(character.landmark(.nose))
    #expect(nose.x > character.position(of: .head).x + 0.05)
  }

  @Test(arguments: [(0.0, 0.0), (35, 20), (180, -30), (-100, 60)])
  func framingFitsEveryVertexTightly(_ angle: Double, _ elevation: Double) throws {
    let keys = """
      "camera": {"frame": "all", "angle": \(angle), "elevation": \(elevation), "margin": 0.1}
      """
    let scene = try #require(Fixture.solved(Fixture.scene(keys: keys)))
    let pixels = scene.characters[0].bodySurface.positions.compactMap {
      scene.camera.project(Vector3($0))?.pixel
    }
    #expect(pixels.count == scene.characters[0].bodySurface.positions.count)
    let xs = pixels.map { $0.x / 256 }
    let ys = pixels.map { $0.y / 384 }
    let bounds = [xs.min(), ys.min(), xs.max().map { 1 - $0 }, ys.max().map { 1 - $0 }]
    #expect(bounds.allSatisfy { $0 ?? 0 > 0.0999 })
    #expect(bounds.compactMap(\.self).min() ?? 1 < 0.1001)
  }

  @Test func aLargerCanvasOfTheSameShapeHasTheSameFraming() throws {
    let reading = try #require(Fixture.read(Fixture.scene()))
    var scene = try #require(reading.scene)
    let small = try #require(SceneSolver.solve(scene)).camera
    scene.canvas = Canvas(width: 512, height: 768)
    let large = try #require(SceneSolver.solve(scene)).camera
    let point = Vector3(0.2, 1.1, 0.1)
    let a = try #require(small.project(point)?.pixel)
    let b = try #require(large.project(point)?.pixel)
    #expect(abs(a.x * 2 - b.x) < 1e-9 && abs(a.y * 2 - b.y) < 1e-9)
  }

  @Test func focalLengthIsRelativeToTheDiagonalOf35MillimeterFilm() throws {
    // 3:2 is the format of film itself: 50 mm covers 26.99° vertically and 39.6° horizontally.
    let text = """
      {"canvas": [300, 200], "camera": {"frame": "all", "focalLength": 50},
       "characters": [{"id": "a", "body": "male"}]}
      """
    let camera = try #require(Fixture.solved(text)).camera
    #expect(abs(camera.fovY - 26.991) < 0.01)
  }

  @Test func theCameraLooksAtItsTarget() throws {
    let keys = #""camera": {"position": [2, 3, 4], "target": [0.1, 1, 0], "roll": 30}"#
    let scene = try #require(Fixture.solved(Fixture.scene(keys: keys)))
    let pixel = try #require(scene.camera.project(Vector3(0.1, 1, 0))?.pixel)
    #expect(abs(pixel.x - 128) < 1e-6 && abs(pixel.y - 192) < 1e-6)
    // A roll of 30° tilts the vertical counterclockwise: points above move left.
    let above = try #require(scene.camera.project(Vector3(0.1, 1.2, 0))?.pixel)
    #expect(above.x < 127 && above.y < 192)
  }

  private func errors(camera: String) -> [String] {
    guard let scene = Fixture.read(Fixture.scene(keys: #""camera": {\#(camera)}"#))?.scene else {
      return []
    }
    var findings: [Finding] = []
    _ = SceneSolver.solve(scene, findings: &findings)
    return findings.map { $0.sentence(in: scene) }
  }

  @Test func aCameraInsideABodyOrLookingAwayIsAnError() {
    let inside = errors(camera: #""position": [0, 1.1, 0], "target": [0, 1.1, 3]"#)
    #expect(inside == [#"the camera is inside the body of "her"; move its "position" away"#])
    let away = errors(camera: #""position": [0, 1.1, 3], "target": [0, 1.1, 6]"#)
    #expect(
      away == [
        #"the camera sees none of the characters; point its "target" at them or use "frame": "all""#
      ])
    #expect(errors(camera: #""position": [0, 1.1, 3], "target": [0, 1, 0]"#).isEmpty)
  }
}
