import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// The promises of the hair library.
@Suite struct HairTests {
  private static let folder = CommandRunner.repository + "/Rigs/hair"
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".hair.json") }.map { String($0.dropLast(10)) }.sorted() ?? []
  private static let beards: Set = ["beard", "goatee", "moustache"]
  private static let covers: Set = ["hijab", "hood"]
  /// Styles that show the ears.
  private static let showEars = [
    "crop", "buzz", "side-part", "undercut", "ponytail-high", "ponytail-low", "bun-high",
    "bun-low", "braid", "receding", "half-up",
  ]
  private static let long = ["long-straight", "long-wavy", "ponytail-high", "twin-tails", "braid"]

  private func design(_ name: String) throws -> HairDesign {
    let loader = FileLoader { path in
      FileManager.default.contents(atPath: path).map { .success(Array($0)) }
        ?? .failure(UnreadableFile(reason: "No such file"))
    }
    let log = DiagnosticLog()
    let design = HairFileReader.design(
      at: "\(Self.folder)/\(name).hair.json", loader: loader, log: log)
    #expect(log.diagnostics.isEmpty, "\(log.diagnostics.map(\.message))")
    return try #require(design)
  }

  private func character(
    _ hair: Hair, on mannequin: Mannequin = .female, pose: Pose = .rest
  ) -> Character {
    var character = Character(
      id: "a", figure: .mannequin(mannequin, Proportions()), pose: pose, ground: false)
    character.hair = [hair]
    return character
  }

  /// Returns a character with hair, and the hair's surface.
  private func dressed(
    _ character: Character, wind: Vector3 = .zero
  ) throws -> (PosedCharacter, PosedSurface) {
    let bodies = BodyStore()
    var posed = try #require(SceneSolver.pose(character, bodies))
    posed.dress(character, bodies, wind: wind)
    let hair = try #require(posed.otherSurfaces.first { $0.kind == .hair })
    return (posed, hair.surface)
  }

  private func head(_ posed: PosedCharacter) throws -> HeadForm {
    try #require(HeadForm(posed.body))
  }

  /// A pose that hangs by the feet.
  private var hanging: Pose {
    var pose = Pose.rest
    pose[.hips] = Quaternion(angle: .pi, axis: .unitX)
    return pose
  }

  @Test func theStylesThatArtistsNeedExist() {
    let needed: Set = [
      "crop", "buzz", "side-part", "fringe", "bob", "curls", "afro", "undercut",
      "shoulder-length", "long-straight", "long-wavy", "half-up", "ponytail-high",
      "ponytail-low", "twin-tails", "braid", "bun-high", "bun-low", "updo", "mullet", "dreads",
      "receding", "hijab", "hood", "moustache", "beard",
    ]
    #expect(needed.subtracting(Self.names).isEmpty)
  }

  @Test(arguments: names)
  func eachStyleIsClosedAndNearTheHead(_ name: String) throws {
    let design = try design(name)
    #expect(design.summary.hasSuffix(".") && !design.tags.isEmpty)
    for mannequin in [Mannequin.female, .male] {
      let (posed, hair) = try dressed(character(Hair(design), on: mannequin))
      #expect(hair.openSides == 0 && hair.enclosedVolume > 0)
      let head = SIMD3<Float>(posed.position(of: .head))
      let furthest = hair.positions.map { ($0 - head).length }.max() ?? 0
      #expect(furthest > 0.05 && furthest < 0.65, "\(furthest)")
      #expect(hair.positions.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
      #expect(hair.normals.allSatisfy { abs($0.length - 1) < 1e-3 })
      #expect(hair.triangles.count < 250_000, "\(hair.triangles.count)")
    }
  }

  /// Returns how many points of the skin have hair directly above them.
  private func covered(
    _ points: [(SIMD3<Float>, way: SIMD3<Float>)], by hair: PosedSurface, within reach: Float
  ) -> Int {
    points.count { point, way in
      hair.triangles.contains { corners in
        let distance = hair.distance(of: corners, from: point, along: way)
        return distance.map { (0...reach).contains($0) } ?? false
      }
    }
  }

  @Test(arguments: names.filter { !beards.contains($0) })
  func noSkinIsVisibleWithinTheHairline(_ name: String) throws {
    let design = try design(name)
    let (posed, hair) = try dressed(character(Hair(design)))
    let head = try head(posed)
    let scalp = Scalp(head, pole: HeadPoint(180, 70), hairline: design.hairline)
    let points = stride(from: 0, to: RadialMap.directions.count, by: 17)
      .map { RadialMap.directions[$0] }.filter { scalp.above($0) > 7 }
      .map { direction in
        let point = head.point(direction, height: 0.0002, overEars: false)
        return (point, way: (point - head.origin).unit)
      }
    #expect(points.count > 60)
    #expect(covered(points, by: hair, within: 0.15) == points.count)
  }

  @Test(arguments: names)
  func eyesAndNoseAreUncovered(_ name: String) throws {
    let (posed, hair) = try dressed(character(Hair(try design(name))))
    let marks: [LandmarkName] = [.eye(.left), .eye(.right), .nose]
    let points = try marks.map { mark in
      (SIMD3<Float>(try #require(posed.landmark(mark))), way: SIMD3<Float>(0, 0, 1))
    }
    #expect(covered(points, by: hair, within: 0.3) == 0)
  }

  /// Hair that follows the outline of an ear is a lump on the side of the head.
  @Test func hairOverEarsHasNoCornersAndLetsNoEarThrough() throws {
    let bodies =
      Mannequin.all.map(\.body)
      + (InstalledHuman.template.map { [$0.body(Phenotype())] } ?? [])
    for body in bodies {
      let head = try #require(HeadForm(body))
      for latitude in stride(from: -15.0, through: 25, by: 5) {
        let points = stride(from: 50.0, through: 140, by: 5).map { longitude in
          head.point(
            head.direction(HeadPoint(longitude, latitude)), height: 0.005, overEars: true)
        }
        for index in 1..<points.count - 1 {
          let steps = (points[index] - points[index - 1], points[index + 1] - points[index])
          let bend = acos(min(steps.0.unit.dot(steps.1.unit), 1)) * 180 / .pi
          #expect(bend < 25, "\(body.name) at \(latitude), \(50 + index * 5) degrees")
        }
      }
      let surface = Skinning.pose(body, PosedRig(body: body, pose: .rest), withNormals: false)
      let ear = try #require(body.landmarks[.ear(.left)])
        .position(on: surface.positions, surface.triangles)
      let through = surface.positions.filter {
        ($0 - ear).length < 0.035 && head.height(of: $0, overEars: true).height > 0.003
      }
      #expect(through.isEmpty, "\(body.name): \(through.count) points of an ear")
    }
  }

  @Test(arguments: showEars)
  func earsAreVisibleIfTheStyleShowsThem(_ name: String) throws {
    let (posed, hair) = try dressed(character(Hair(try design(name))))
    let points = try Side.both.map { side in
      (
        SIMD3<Float>(try #require(posed.landmark(.ear(side)))),
        way: SIMD3<Float>(side == .left ? 1 : -1, 0, 0)
      )
    }
    #expect(covered(points, by: hair, within: 0.2) == 0)
  }

  @Test(arguments: long)
  func longHairHangsTowardTheGround(_ name: String) throws {
    let design = try design(name)
    let (upright, standing) = try dressed(character(Hair(design)))
    let down = standing.positions.map(\.y).min() ?? 0
    #expect(Double(down) < upright.position(of: .head).y - 0.05)
    let (turned, hair) = try dressed(character(Hair(design), pose: hanging))
    let crown = turned.bodySurface.lowest
    #expect((hair.positions.map(\.y).min() ?? 0) < crown - 0.1)
    // No hair remains on the back.
    let back = Float(turned.position(of: .upperChest).y)
    #expect((hair.positions.map(\.y).max() ?? 0) < back)
  }

  @Test func tiedAndShortHairKeepsItsShape() throws {
    for name in ["crop", "buzz", "bun-high", "afro"] {
      let design = try design(name)
      let (_, one) = try dressed(character(Hair(design)))
      let (turned, other) = try dressed(character(Hair(design), pose: hanging))
      let back = HairSurface.worldFromHead(turned).inverse
      let moved = zip(one.positions, other.positions).map {
        (Vector3($0) - back.apply(Vector3($1))).length
      }
      #expect((moved.max() ?? 1) < 0.002, "\(name): \(moved.max() ?? 1)")
    }
  }

  @Test func hairStreamsInTheWind() throws {
    let hair = Hair(try design("long-straight"))
    let (_, calm) = try dressed(character(hair))
    let (_, windy) = try dressed(character(hair), wind: Vector3(8, 0, 0))
    func middle(_ surface: PosedSurface) -> Float {
      surface.positions.map(\.x).reduce(0, +) / Float(surface.positions.count)
    }
    #expect(middle(windy) > middle(calm) + 0.05)
  }

  @Test func lengthVolumeAndCurlChangeTheHair() throws {
    let design = try design("long-straight")
    func lowest(_ hair: Hair) throws -> Float {
      try dressed(character(hair)).1.lowest
    }
    let usual = try lowest(Hair(design))
    #expect(try lowest(Hair(design, length: 0.5)) > usual + 0.1)
    #expect(try lowest(Hair(design, length: 1.4)) < usual - 0.1)
    func breadth(_ hair: Hair) throws -> Float {
      let positions = try dressed(character(hair)).1.positions.filter { $0.y > 1.55 }
      return (positions.map(\.x).max() ?? 0) - (positions.map(\.x).min() ?? 0)
    }
    #expect(try breadth(Hair(design, volume: 1.6)) > breadth(Hair(design)) + 0.01)
    let straight = try dressed(character(Hair(design))).1.positions
    let curly = try dressed(character(Hair(design, curl: 1))).1.positions
    #expect(straight != curly)
  }

  @Test(arguments: ["long-straight", "long-wavy", "shoulder-length", "braid", "dreads"])
  func noHairLiesInsideTheBody(_ name: String) throws {
    var bent = Pose.rest
    bent[.spine] = Quaternion(angle: 0.6, axis: .unitX)
    bent[.neck] = Quaternion(angle: 0.5, axis: .unitY)
    for pose in [Pose.rest, bent, hanging] {
      let (posed, hair) = try dressed(character(Hair(try design(name)), pose: pose))
      let fromWorld = HairSurface.worldFromHead(posed).inverse
      let obstacles = HairSurface.obstacles(
        try head(posed), of: posed, fromWorld, floor: nil, withTrunk: true)
      // Higher up, it lies on the head; upside down, all of it may.
      let chin = Float(posed.body.rig[.head].y) - 0.01
      let low = hair.positions.map { SIMD3<Float>(fromWorld.apply(Vector3($0))) }
        .filter { $0.y < chin }
      let deepest = low.map { obstacles.depth(of: $0) }.max() ?? 0
      #expect(deepest < 0.01, "\(name): \(deepest)")
    }
  }

  @Test func equalPosesHaveEqualHair() throws {
    for name in ["curls", "long-wavy", "afro"] {
      let character = character(Hair(try design(name)))
      let (one, other) = (try dressed(character).1, try dressed(character).1)
      #expect(one.positions == other.positions && one.triangles == other.triangles)
    }
  }

  @Test func hairFollowsTheHead() throws {
    let hair = Hair(try design("bob"))
    var large = character(hair)
    var proportions = Proportions()
    proportions.headSize = 1.5
    large.figure = .mannequin(.female, proportions)
    func height(_ surface: PosedSurface) -> Float {
      (surface.positions.map(\.y).max() ?? 0) - surface.lowest
    }
    let (usual, grown) = (height(try dressed(character(hair)).1), height(try dressed(large).1))
    #expect(abs(grown / usual - 1.5) < 0.06, "\(grown / usual)")
  }

  @Test(arguments: names)
  func eachStyleIsMadeInMilliseconds(_ name: String) throws {
    let character = character(Hair(try design(name)))
    let bodies = BodyStore()
    let posed = try #require(SceneSolver.pose(character, bodies))
    // The thread's own time is measured, since other tests run in parallel.
    let best =
      (0..<6).map { _ in
        let start = processorTime()
        _ = HairSurface.make(character.hair, on: posed, bodies, wind: .zero, floor: nil)
        return processorTime() - start
      }.min() ?? 0
    #expect(best < 0.015, "\(best) seconds")
  }
}

/// Returns the processor time of this thread in seconds.
private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension HairObstacles {
  /// Returns how deep a point is in the neck or an arm; negative outside.
  fileprivate func depth(of point: SIMD3<Float>) -> Float {
    let depths = capsules.map { capsule in
      let axis = capsule.end - capsule.start
      let along = min(max((point - capsule.start).dot(axis) / axis.dot(axis), 0), 1)
      return capsule.radius - (point - capsule.start - axis * along).length
    }
    return depths.max() ?? 0
  }
}

extension PosedSurface {
  /// Returns the distance along a ray to a triangle; nil if the ray misses it.
  fileprivate func distance(
    of corners: SIMD3<UInt32>, from origin: SIMD3<Float>, along ray: SIMD3<Float>
  ) -> Float? {
    let a = positions[Int(corners.x)]
    let (one, other) = (positions[Int(corners.y)] - a, positions[Int(corners.z)] - a)
    let p = ray.cross(other)
    let determinant = one.dot(p)
    guard abs(determinant) > 1e-14 else { return nil }
    let offset = origin - a
    let u = offset.dot(p) / determinant
    let q = offset.cross(one)
    let v = ray.dot(q) / determinant
    return u >= 0 && v >= 0 && u + v <= 1 ? other.dot(q) / determinant : nil
  }
}
