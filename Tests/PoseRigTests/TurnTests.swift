import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Turnarounds: cameras that go around figures.
@Suite struct TurnTests {
  private func solved(
    _ camera: String, yaw: Double = 0, position: Vector3 = .zero
  ) throws -> (scene: Scene, posed: PosedScene) {
    let text = """
      {"canvas": [512, 768], "camera": {\(camera)}, "characters": [{"id": "ana", "body": "female",
       "pose": "archer", "yaw": \(yaw), "position": [\(position.x), \(position.y), \(position.z)]}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    let scene = try #require(try SceneReader.read("scene.json", loader: loader).get().scene)
    return (scene, try #require(SceneSolver.solve(scene)))
  }

  private func pixels(_ posed: PosedScene) throws -> [SIMD2<Double>] {
    try JointName.allCases.map {
      try #require(posed.camera.project(posed.characters[0].position(of: $0))).pixel
    }
  }

  /// The middle of a figure's bounding box.
  private func middle(_ posed: PosedScene) -> Vector3 {
    let points = posed.characters[0].bodySurface.points
    let (low, high) = points.reduce((points[0], points[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    return (low + high) / 2
  }

  @Test("A camera that goes around a figure sees what it sees of one that turns", arguments: 1..<8)
  func turns(_ index: Int) throws {
    let camera = #""position": [0.3, 1.5, 3.2], "target": [0.1, 0.9, 0], "roll": 7"#
    var (scene, posed) = try solved(camera)
    let turn = Turn(index, of: 8)
    let axis = middle(posed)
    posed.turn(to: turn, in: scene)
    let back = Quaternion(angle: -turn.degrees.degreesToRadians, axis: .unitY)
    var point = axis - back.rotate(axis)
    point.y = 0
    let turned = try solved(camera, yaw: -turn.degrees, position: point).posed
    for (one, other) in zip(try pixels(posed), try pixels(turned)) {
      let miss = one - other
      #expect((miss * miss).sum().squareRoot() < 0.01)
    }
  }

  @Test(
    "All views have one framing, in which the figure has its margin, and no more",
    arguments: [
      #""frame": "all", "margin": 0.1, "angle": 20"#,
      #""shot": "full", "of": "ana", "margin": 0.1"#,
    ])
  func framing(_ camera: String) throws {
    let (scene, still) = try solved(camera)
    var least = 1.0
    var sizes: [Double] = []
    for turn in Turn.all(6) {
      var posed = still
      posed.turn(to: turn, in: scene)
      let axis = middle(posed)
      let ends = try [0.0, 1.7].map {
        try #require(posed.camera.project(Vector3(axis.x, $0, axis.z))).pixel.y
      }
      sizes.append(ends[0] - ends[1])
      for point in posed.characters[0].points {
        let pixel = try #require(posed.camera.project(point)).pixel / SIMD2(512, 768)
        least = min(least, pixel.x, pixel.y, 1 - pixel.x, 1 - pixel.y)
      }
    }
    for size in sizes { #expect(abs(size - sizes[0]) < 1e-6, "\(sizes)") }
    #expect(abs(least - 0.1) < 0.001, "\(least)")
  }

  @Test("The first view of a camera with a position is that camera's; names sort")
  func first() throws {
    let (scene, still) = try solved(#""position": [0.3, 1.5, 3.2], "target": [0.1, 0.9, 0]"#)
    var posed = still
    posed.turn(to: Turn(0, of: 5), in: scene)
    #expect((posed.camera.position - still.camera.position).length < 1e-12)
    #expect(Turn.all(3).map(\.name) == ["view-1", "view-2", "view-3"])
    #expect(Turn.all(12)[1].name == "view-02" && Turn.all(12)[11].name == "view-12")
    #expect(Turn("3/8") == Turn(3, of: 8) && Turn("8/8") == nil && Turn("0/1") == nil)
  }
}
