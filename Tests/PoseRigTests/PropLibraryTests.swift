import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// The promises of the prop library.
@Suite struct PropLibraryTests {
  private static let folder = CommandRunner.repository + "/Rigs/props"
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".prop.json") }.map { String($0.dropLast(10)) }.sorted() ?? []

  private func design(_ name: String) throws -> PropDesign {
    let loader = FileLoader { path in
      FileManager.default.contents(atPath: path).map { .success(Array($0)) }
        ?? .failure(UnreadableFile(reason: "No such file"))
    }
    let log = DiagnosticLog()
    let path = "\(Self.folder)/\(name).prop.json"
    let design = PropFileReader.design(at: path, loader: loader, log: log)
    #expect(log.diagnostics.isEmpty, "\(log.diagnostics.map(\.message))")
    return try #require(design)
  }

  @Test func theObjectsThatArtistsNeedExist() {
    let needed = [
      "chair", "stool", "sofa", "bed", "desk", "table", "bench", "stairs", "door", "window",
      "railing", "car-seat", "bicycle", "sword", "spear", "bow", "pistol", "rifle", "shield",
      "staff", "umbrella", "book", "phone", "laptop", "keyboard", "guitar", "violin", "microphone",
      "cup", "glass", "bottle", "bag", "backpack", "ball", "flowers", "camera", "torch", "rope",
    ]
    #expect(Set(needed).subtracting(Self.names).isEmpty)
    #expect(Self.names.count >= 50)
  }

  @Test(arguments: names)
  func eachObjectHasADescriptionAndIsClosed(_ name: String) throws {
    let design = try design(name)
    #expect(design.name == name)
    #expect(design.summary.hasSuffix(".") && design.summary.count > 8)
    #expect(!design.tags.isEmpty && !design.points.isEmpty)
    let surface = PosedProp(Prop(id: name, shape: .thing(design))).surface
    #expect(surface.openSides == 0 && surface.enclosedVolume > 0)
    // Parts hidden inside others only cost time.
    #expect(surface.triangles.count < 150_000, "\(surface.triangles.count)")
  }

  @Test(arguments: names)
  func eachObjectStandsOnTheOrigin(_ name: String) throws {
    let bounds = try design(name).bounds
    #expect(abs(bounds.low.y) < 0.004, "\(bounds.low.y)")
    #expect(bounds.low.x < 0 && bounds.high.x > 0 && bounds.low.z < 0 && bounds.high.z > 0)
  }

  /// The ranges of the real objects' sizes, in meters.
  @Test(
    arguments: [
      ("chair", 0.8...1.0), ("table", 0.72...0.78), ("desk", 0.7...0.78), ("door", 2.0...2.2),
      ("bicycle", 0.95...1.15), ("sword", 0.8...1.05), ("spear", 1.8...2.4), ("bow", 1.5...2.0),
      ("pistol", 0.12...0.16), ("phone", 0.14...0.17), ("guitar", 0.95...1.25),
      ("violin", 0.58...0.7), ("cup", 0.08...0.1), ("bottle", 0.28...0.32), ("ball", 0.21...0.23),
      ("microphone", 0.15...0.25), ("staff", 1.6...2.0), ("railing", 0.9...1.1),
      ("umbrella", 0.85...1.05), ("torch", 0.6...0.9), ("bed", 0.9...1.2),
    ] as [(String, ClosedRange<Double>)])
  func eachObjectHasARealisticHeight(_ name: String, _ heights: ClosedRange<Double>) throws {
    let height = try design(name).bounds.size.y
    #expect(heights.contains(height), "\(height)")
  }

  @Test(arguments: names)
  func seatsHaveARealisticHeight(_ name: String) throws {
    for (point, seat) in try design(name).points where point.lowercased().hasSuffix("seat") {
      let heights =
        switch name {
        case "bar-stool": 0.65...0.8
        case "car-seat": 0.25...0.38
        default: 0.38...0.5
        }
      #expect(heights.contains(seat.point.y), "\(point): \(seat.point.y)")
      #expect(seat.direction == .unitY)
    }
  }

  /// Skin lies against a point with a direction; a fist closes around a point with an axis.
  @Test(arguments: names)
  func pointsAreOnTheObject(_ name: String) throws {
    let design = try design(name)
    let solid = PropSolid(Prop(id: name, shape: .thing(design)))
    for (point, found) in design.points {
      let distance = solid.distance(to: found.point)
      if let direction = found.direction {
        #expect(abs(distance) < 0.012, "\(point) is \(distance) m off the surface")
        let away = solid.distance(to: found.point + direction * 0.03)
        #expect(away > distance, "\(point) faces the inside")
      } else {
        #expect(found.axis != nil, "\(point) says neither how it faces nor what to grasp")
        #expect(
          distance < 0.002 || found.axis.map { isInHollow(found.point, $0, solid) } == true,
          "\(point) is \(distance) m outside")
      }
    }
  }

  /// Returns whether the object surrounds a hand around an axis on all sides, as with a glass.
  private func isInHollow(_ point: Vector3, _ axis: Vector3, _ solid: PropSolid) -> Bool {
    let side = Quaternion(from: .unitY, to: axis)
    return (0..<8).allSatisfy { step in
      let angle = Double(step) * .pi / 4
      let way = side.rotate(Vector3(cos(angle), 0, sin(angle)))
      return (1...60).contains { solid.distance(to: point + way * (Double($0) / 1000)) < 0 }
    }
  }

  @Test(
    arguments: [
      "chair", "armchair", "office-chair", "stool", "sofa", "bench", "bed", "car-seat",
    ], Mannequin.all)
  func mannequinsSitOnSeatsAndNotInThem(_ name: String, _ body: Mannequin) throws {
    var pose = try #require(
      PoseFile.read(
        CommandRunner.repository + "/Rigs/poses/sit-chair.pose.json",
        loader: Fixture.libraryLoader()
      ).get().pose)
    pose.goals.seat = .named(owner: "props", part: "thing.seat", offset: .zero)
    let prop = Prop(id: "thing", shape: .thing(try design(name)))
    let scene = Scene(
      canvas: Canvas(width: 64, height: 64),
      characters: [Character(id: "one", figure: .mannequin(body, Proportions()), pose: pose)],
      props: [prop])
    var findings: [Finding] = []
    let posed = try #require(SceneSolver.solve(scene, findings: &findings))
    let faults = (findings + SceneCheck.check(scene, posed)).filter {
      if case .insideProp = $0.fact { true } else { false }
    }
    #expect(faults.isEmpty, "\(faults.map { $0.sentence(in: scene) })")
    // A centimeter deep, as far as flesh and cushions give way.
    let seat = try #require(prop.shape.point(named: "seat")).point
    let solid = PropSolid(prop)
    let skin = posed.characters[0].bodySurface.points.filter {
      solid.isUnder($0, at: seat.y) && $0.y < seat.y + 0.2
    }
    let lowest = try #require(skin.map(\.y).min())
    #expect(abs(lowest - (seat.y - 0.01)) < 0.002, "\(lowest) \(seat.y)")
  }
}
