import TestSupport
import Testing

@testable import PoseRig

/// The shapes of props, as surfaces and as solids.
@Suite struct PropShapeTests {
  private static let shapes: [(name: String, shape: Prop.Shape)] = [
    ("box", .box(size: Vector3(0.4, 0.2, 0.3))),
    ("rounded box", .roundedBox(size: Vector3(0.4, 0.2, 0.3), rounding: 0.03)),
    ("cylinder", .cylinder(radius: 0.2, height: 0.5)),
    ("sphere", .sphere(size: Vector3(0.5, 0.5, 0.5))),
    ("ellipsoid", .sphere(size: Vector3(0.5, 0.3, 0.2))),
    ("cone", .cone(radius: 0.2, topRadius: 0, height: 0.4)),
    ("cut cone", .cone(radius: 0.1, topRadius: 0.2, height: 0.4)),
    ("capsule", .capsule(radius: 0.1, height: 0.5)),
    ("shortest capsule", .capsule(radius: 0.1, height: 0.2)),
    ("torus", .torus(radius: 0.3, thickness: 0.1)),
    ("wedge", .wedge(size: Vector3(0.4, 0.2, 0.3))),
    ("arch", .arch(size: Vector3(1, 2, 0.3), thickness: 0.2)),
    ("half ring", .arch(size: Vector3(1, 0.5, 0.3), thickness: 0.2)),
    (
      "lathe",
      .lathe(profile: Outline([[0, 0], [0.1, 0], [0.2, 0.3], [0.18, 0.3], [0, 0.05]]))
    ),
    (
      "flat lathe",
      .lathe(profile: Outline([[0, 0], [0.1, 0], [0.2, 0.3], [0, 0.5]]), flatness: 0.2)
    ),
    (
      "prism",
      .prism(
        outline: Outline([[0, 0], [0.3, 0], [0.3, 0.1], [0.1, 0.1], [0, 0.3]]), depth: 0.2)
    ),
    (
      "tube",
      .tube(
        TubePath(
          SmoothLine.through(
            [Vector3(0, 0, 0), Vector3(0, 0.3, 0), Vector3(0.2, 0.4, 0.1)], closed: false),
          radius: 0.03, endRadius: 0.01))
    ),
  ]
  private static let names = shapes.map(\.name)

  private func shape(_ name: String) throws -> Prop.Shape {
    try #require(Self.shapes.first { $0.name == name }?.shape)
  }

  private func surface(_ shape: Prop.Shape) -> PosedSurface {
    PosedProp(
      Prop(
        id: "p", shape: shape, position: Vector3(0.3, -0.2, 0.5), rotation: Vector3(20, 130, -40))
    ).surface
  }

  @Test(arguments: names)
  func everySideOfATriangleIsShared(_ name: String) throws {
    #expect(surface(try shape(name)).openSides == 0)
  }

  @Test(arguments: names)
  func normalsAreOfUnitLengthAndPointOutwards(_ name: String) throws {
    let surface = surface(try shape(name))
    #expect(surface.enclosedVolume > 0)
    for corners in surface.triangles {
      let points = (0..<3).map { Vector3(surface.positions[Int(corners[$0])]) }
      let face = (points[1] - points[0]).cross(points[2] - points[0])
      for corner in 0..<3 {
        let normal = Vector3(surface.normals[Int(corners[corner])])
        #expect(abs(normal.length - 1) < 1e-4)
        guard let facing = face.normalized, face.length > 1e-10 else { continue }
        // The normal at a corner never points behind its own face, however rounded the shape
        // appears.
        #expect(facing.dot(normal) > 0.5, "\(name)")
      }
    }
  }

  @Test(arguments: names)
  func boundsFitTheSurface(_ name: String) throws {
    let shape = try shape(name)
    let (told, drawn) = (shape.bounds, PropMesh(of: shape).bounds)
    // The bounds of a tube are those of the balls along it.
    let slack = name == "tube" ? 0.011 : 0.001
    for (one, other) in [(told.low, drawn.low), (told.high, drawn.high)] {
      #expect((one - other).length < slack, "\(name): \(one) \(other)")
    }
  }

  @Test(arguments: names)
  func theSolidIsBoundedByTheSurface(_ name: String) throws {
    let shape = try shape(name)
    let prop = Prop(
      id: "p", shape: shape, position: Vector3(0.3, -0.2, 0.5), rotation: Vector3(20, 130, -40))
    let (surface, solid) = (PosedProp(prop).surface, PropSolid(prop))
    for position in surface.positions {
      #expect(abs(solid.distance(to: Vector3(position))) < 0.000_3, "\(name)")
    }
    var random = SplitMix64(seed: 7)
    func coordinate() -> Double { Double.random(in: -0.1...1.1, using: &random) }
    let bounds = shape.bounds
    for _ in 0..<400 {
      let own = bounds.low + bounds.size * Vector3(coordinate(), coordinate(), coordinate())
      let point = prop.worldFromProp.apply(own)
      let distance = solid.distance(to: point)
      guard abs(distance) > 0.001 else { continue }
      #expect(surface.contains(point) == (distance < 0), "\(name) at \(own): \(distance)")
    }
  }

  /// At half a meter wide and 2048 pixels, a side that deviates by half a pixel is visible.
  @Test func roundShapesLookRound() {
    let ball = PropMesh(of: .sphere(size: Vector3(0.5, 0.5, 0.5)))
    let middle = SIMD3<Float>(0, 0.25, 0)
    for corners in ball.triangles {
      let points = (0..<3).map { ball.positions[Int(corners[$0])] - middle }
      let deepest = (points[0] + points[1] + points[2]) / 3
      #expect(0.25 - (deepest * deepest).sum().squareRoot() < 0.000_25)
    }
  }

  @Test func aDownwardRayEndsOnTheSurface() throws {
    let ball = PropSolid(Prop(id: "p", shape: .sphere(size: Vector3(1, 1, 1))))
    let top = try #require(ball.surface(under: Vector3(0.3, 2, 0), slack: 0.03))
    #expect(abs(top - 0.9) < 0.001)
    #expect(ball.surface(under: Vector3(0.6, 2, 0), slack: 0.03) == nil)
    let arch = PropSolid(Prop(id: "p", shape: .arch(size: Vector3(2, 2, 0.5), thickness: 0.4)))
    #expect(arch.surface(under: Vector3(0, 1, 0), slack: 0.03) == nil)
  }

  @Test func aMirrorImageIsTheObjectReversed() {
    let part = PropDesign.Part(
      shape: .wedge(size: Vector3(0.2, 0.3, 0.4)),
      placement: Transform(
        rotation: Quaternion(intrinsicXYZ: Vector3(0.3, 0.5, 0.1)), translation: Vector3(1, 0, 0.5)
      ), mirror: Vector3(-1, 1, 1))
    let thing = PropDesign(name: "thing", parts: [part])
    let surface = PosedProp(Prop(id: "p", shape: .thing(thing))).surface
    #expect(surface.openSides == 0 && surface.enclosedVolume > 0)
    #expect(abs(surface.enclosedVolume - 0.2 * 0.3 * 0.4 / 2) < 1e-5)
    #expect(surface.positions.allSatisfy { $0.x < 0 })
    let solid = PropSolid(Prop(id: "p", shape: .thing(thing)))
    #expect(surface.positions.allSatisfy { abs(solid.distance(to: Vector3($0))) < 1e-4 })
  }

  @Test func scalingAnObjectScalesEverythingInIt() {
    let thing = PropDesign(
      name: "thing", parts: [.init(shape: .box(size: Vector3(1, 2, 3)))],
      points: ["grip": .init(point: Vector3(0, 1, 0), axis: .unitY)])
    let large = thing.scaled(by: 2)
    #expect(large.bounds.size == Vector3(2, 4, 6))
    #expect(large.points["grip"]?.point == Vector3(0, 2, 0))
    let prop = Prop(id: "p", shape: .thing(large))
    #expect(abs(PropSolid(prop).distance(to: Vector3(0, 5, 0)) - 1) < 1e-9)
    #expect(PosedProp(prop).surface.enclosedVolume > 47.9)
  }

  @Test func selfCrossingOutlinesAreDetected() {
    #expect(Outline([[0, 0], [1, 1], [1, 0], [0, 1]]).crossesItself)
    #expect(!Outline([[0, 0], [1, 0], [1, 1], [0, 1]]).crossesItself)
  }
}

extension PosedSurface {
  /// Returns how many sides of triangles are not shared with another triangle, by their end points.
  var openSides: Int {
    var numbers: [SIMD3<Float>: UInt64] = [:]
    for position in positions where numbers[position] == nil {
      numbers[position] = UInt64(numbers.count)
    }
    let points = positions.map { numbers[$0] ?? 0 }
    var count: [UInt64: Int] = [:]
    for corners in triangles {
      for corner in 0..<3 {
        let (from, to) = (points[Int(corners[corner])], points[Int(corners[(corner + 1) % 3])])
        count[from << 32 | to, default: 0] += 1
        count[to << 32 | from, default: 0] -= 1
      }
    }
    return count.values.filter { $0 != 0 }.count
  }

  /// Returns the enclosed volume in cubic meters; negative for a surface turned inside out.
  var enclosedVolume: Double {
    triangles.reduce(0) { sum, corners in
      let points = (0..<3).map { Vector3(positions[Int(corners[$0])]) }
      return sum + points[0].dot(points[1].cross(points[2])) / 6
    }
  }
}
