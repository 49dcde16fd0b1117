import MapRender
import PoseRig
import TestSupport
import Testing

/// A square of side 1 perpendicular to the view axis, 2 m in front of the camera, rotated by
/// `angle` radians about `axis`.
private func square(angle: Double = 0, axis: Vector3 = .unitX) -> PosedSurface {
  let turn = Quaternion(angle: angle, axis: axis)
  let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map {
    SIMD3<Float>(turn.rotate(Vector3($0.0, $0.1, 0)) + Vector3(0, 0, -2))
  }
  let normal = SIMD3<Float>(turn.rotate(.unitZ))
  return PosedSurface(
    positions: corners, normals: Array(repeating: normal, count: 4),
    triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3)],
    labels: [SurfaceLabel(part: .pelvis), SurfaceLabel(part: .pelvis)])
}

private let canvas = Canvas(width: 80, height: 64)
private let camera = Camera(worldFromCamera: .identity, tangentY: 0.5, canvas: canvas)

private func draw(_ surfaces: [PosedSurface]) throws -> GBuffer {
  try GeometryPass(canvas: canvas).draw(surfaces, camera: camera).whole
}

@Suite struct GeometryPassTests {
  @Test func depthIsMetersAlongTheViewAxisAndZeroOutside() throws {
    let buffer = try draw([square()])
    let center = 32 * 80 + 40
    #expect(abs(buffer.depth[center] - 2) < 1e-5)
    #expect(buffer.depth[0] == 0)
    #expect(buffer.label(center)?.part == .pelvis)
    // The square covers a quarter of the view's height: 32 pixels per side.
    #expect(buffer.depth.filter { $0 > 0 }.count == 32 * 32)
  }

  /// Draws surfaces that a pass has uploaded before: in another pose, relabeled, among other
  /// surfaces, and after more surfaces than a pass keeps.
  @Test func surfacesDrawnBeforeLeaveNoTrace() throws {
    let pass = try GeometryPass(canvas: canvas)
    var moved = square()
    let first = try pass.draw([moved], camera: camera)
    #expect(first.whole.depth == (try draw([moved])).depth)
    moved.positions = moved.positions.map { $0 + SIMD3(0.3, 0.1, -1) }
    var relabeled = moved
    relabeled.labels = [SurfaceLabel(part: .head), SurfaceLabel(part: .neck)]
    var flipped = moved
    flipped.triangles = [SIMD3(0, 1, 3)]
    flipped.labels = [SurfaceLabel(part: .torso)]
    let many = (1...20).map { square(angle: Double($0) / 20) }
    for surfaces in [
      [moved], [relabeled], many, [flipped, square(angle: 0.4)], [moved], [square()],
    ] {
      let (again, fresh) = (try pass.draw(surfaces, camera: camera).whole, try draw(surfaces))
      #expect(again.depth == fresh.depth)
      #expect(again.shading == fresh.shading)
      let covered = fresh.depth.indices.filter { fresh.depth[$0] > 0 }
      #expect(covered.allSatisfy { again.normals[$0] == fresh.normals[$0] })
    }
  }

  @Test func theFirstRowIsAtTheTop() throws {
    var high = square()
    high.positions = high.positions.map { $0 + SIMD3(0, 0.4, 0) }
    let buffer = try draw([high])
    let rows = buffer.depth.indices.filter { buffer.depth[$0] > 0 }.map { $0 / 80 }
    #expect((rows.max() ?? 64) < 36)
  }

  @Test func theNearerSurfaceHidesTheFarther() throws {
    var near = square()
    near.positions = near.positions.map { $0 * 0.5 }
    let buffer = try draw([near, square()])
    #expect(abs(buffer.depth[32 * 80 + 40] - 1) < 1e-5)
  }

  @Test func theBackOfAClosedSurfaceIsNotDrawn() throws {
    var away = square(angle: .pi)
    #expect(try draw([away]).depth.allSatisfy { $0 == 0 })
    away.isClosed = false
    #expect(try draw([away]).depth.contains { $0 > 0 })
  }

  @Test func aPassWorksAfterAnotherWasCreatedAndDestroyed() throws {
    let pass = try GeometryPass(canvas: canvas)
    _ = try draw([])
    let depth = try pass.draw([square()], camera: camera).depth
    #expect(depth.filter { $0 > 0 }.count == 32 * 32)
  }

  @Test func twoPassesAreEqualToTheLastBit() throws {
    let body = try #require(Fixture.solved(Fixture.scene()))
    func once() throws -> GBuffer {
      try GeometryPass(canvas: body.camera.canvas)
        .draw([body.characters[0].bodySurface], camera: body.camera)
    }
    let (a, b) = (try once(), try once())
    #expect(a.depth == b.depth && a.normals == b.normals && a.shading == b.shading)
  }
}

@Suite struct NormalAndDepthMapTests {
  /// The colors of NormalBae: red = screen-left, green = up, blue = toward the camera.
  @Test(arguments: [
    (0.0, Vector3.unitX, RGB8(127, 127, 255)),
    (-Double.pi / 4, .unitY, RGB8(217, 127, 217)), (Double.pi / 4, .unitY, RGB8(37, 127, 217)),
    (-Double.pi / 4, .unitX, RGB8(127, 217, 217)), (Double.pi / 4, .unitX, RGB8(127, 37, 217)),
  ])
  func normalsEqualNormalBaes(_ angle: Double, _ axis: Vector3, _ expected: RGB8) throws {
    let map = NormalMap.draw(try draw([square(angle: angle, axis: axis)])).image
    let found = map[40, 32]
    let pairs = [
      (found.red, expected.red), (found.green, expected.green), (found.blue, expected.blue),
    ]
    for (a, b) in pairs { #expect(abs(Int(a) - Int(b)) <= 1, "\(found)") }
    #expect(map[0, 0] == RGB8(127, 127, 255))
  }

  /// Away from the center of the picture, a surface can face the eye but face away from the
  /// camera's axis: its blue is below the middle level.
  @Test func aSurfaceBesideTheAxisKeepsFacingAwayFromIt() throws {
    // 1 m to the right and 1 m ahead, rotated by 120 degrees: its normal is 30 degrees behind the
    // picture plane.
    var wide = square(angle: -2 * .pi / 3, axis: .unitY)
    wide.positions = wide.positions.map { $0 * 0.4 + SIMD3(1, 0, -0.2) }
    let lens = Camera(worldFromCamera: .identity, tangentY: 1.2, canvas: canvas)
    let buffer = try GeometryPass(canvas: canvas).draw([wide], camera: lens).whole
    let normals = buffer.depth.indices.filter(buffer.covers).map(buffer.normal)
    #expect(normals.count > 20)
    for n in normals { #expect(abs(n.z + 0.5) < 1e-3 && n.x < 0) }
    let map = NormalMap.draw(buffer).image
    let index = try #require(buffer.depth.indices.first(where: buffer.covers))
    #expect(map.pixels[index] == RGB8(237, 127, 63))
  }

  /// Every visible surface faces the eye: if interpolation tilts a normal past that, it is turned
  /// back just far enough.
  @Test func aNormalPastTheHorizonIsTurnedBackToIt() throws {
    var tipped = square()
    tipped.normals = Array(repeating: SIMD3(0.8, 0, -0.6), count: 4)
    let buffer = try draw([tipped])
    for index in buffer.depth.indices where buffer.covers(index) {
      let (x, y) = (Float(index % 80) + 0.5, Float(index / 80) + 0.5)
      let toEye = SIMD3((1 - x / 40) * 0.625, (y / 32 - 1) * 0.5, 1)
      let n = buffer.normal(index)
      #expect(abs(n.dot(toEye)) < 1e-3 && n.x > 0.8)
    }
  }

  @Test func depthIsDisparityBetweenFloorAndWhite() throws {
    let buffer = try draw([square()])
    let center = 32 * 80 + 40
    func level(_ near: Float, _ far: Float, floor: Int) -> UInt8 {
      DepthMap(range: .init(near: near, far: far), floor: floor).draw(buffer).pixels[center]
    }
    #expect(level(2, 4, floor: 32) == 255)
    #expect(level(1, 2, floor: 32) == 32)
    #expect(level(1, 2, floor: 0) == 0)
    // (1/2 − 1/4) / (1/1 − 1/4) = 1/3 of the way.
    #expect(level(1, 4, floor: 0) == 85)
    #expect(DepthMap(range: .init(near: 1, far: 4), floor: 32).draw(buffer).image[0, 0] == 0)
  }

  @Test func propsCountInTheDepthRangeEvenIfTheyAreNotDrawn() throws {
    func range(_ keys: String) throws -> DepthRange {
      let camera = #""camera": {"position": [0, 1, 4], "target": [0, 1, 0]}"#
      let scene = try #require(Fixture.solved(Fixture.scene(keys: camera + keys)))
      let depthRange = try CharacterBuffers(scene).depthRange
      return try #require(depthRange)
    }
    let alone = try range("")
    let wall = """
      , "props": [{"id": "wall", "shape": "box", "size": [4, 4, 1], "position": [0, 0, -2.5]}]
      """
    let before = try range(wall)
    #expect(alone.near == before.near && alone.far < 4.5)
    #expect(abs(before.far - 6) < 1e-4)
  }

  @Test func depthMapsOfACharacterDoNotDependOnOtherCharacters() throws {
    let two = """
      {"canvas": [128, 128], "camera": {"position": [0, 1, 4], "target": [0, 1, 0]},
       "characters": [{"id": "a", "body": "female", "position": [-0.4, 0, 0.5]},
                      {"id": "b", "body": "male", "position": [0.5, 0, -1]}]}
      """
    let scene = try #require(Fixture.solved(two))
    let buffers = try CharacterBuffers(scene)
    let depthRange = buffers.depthRange
    let range = try #require(depthRange)
    let levels = try (0..<2).map { index in
      DepthMap(range: range, floor: 32).draw(try buffers.buffer(of: index)).pixels
    }
    // She is closer: her darkest pixel is brighter than his brightest would be at the same
    // distance.
    #expect(levels[0].max() == 255)
    #expect(levels[1].filter { $0 > 0 }.min() == 32)
    #expect((levels[1].max() ?? 255) < (levels[0].filter { $0 > 0 }.min() ?? 0))
  }
}
