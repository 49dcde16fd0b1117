import TestSupport
import Testing

@testable import PoseRig

/// Returns a garment attached to vertices of the base mesh, with one triangle per three vertices.
private func garment(
  on vertices: ClosedRange<UInt16>, kind: SurfaceKind = .worn, layer: Int = 0,
  covers: Range<Int> = 0..<0
) -> Garment {
  let anchors = vertices.map { Garment.Anchor(on: $0) }
  let corners = (0..<UInt32(anchors.count - 2)).map { SIMD3($0, $0 + 1, $0 + 2) }
  var covered: [Bool] = []
  if !covers.isEmpty {
    covered = (0..<Garment.baseVertices).map { covers.contains($0) }
  }
  return Garment(
    name: "g", kind: kind, anchors: anchors, triangles: corners, layer: layer, covers: covered)
}

private func body(_ wear: [Garment], _ change: (inout Phenotype) -> Void = { _ in }) throws -> Body
{
  var phenotype = Phenotype()
  change(&phenotype)
  return try #require(InstalledHuman.template).body(phenotype, wear: wear)
}

@Suite(.enabled(if: InstalledHuman.template != nil)) struct GarmentFitTests {
  /// The body's vertices come first in MakeHuman's order, so a garment attached to them lies on it.
  @Test(arguments: [0.0, 1]) func garmentsOnTheSkinStayOnItInEveryPose(_ weight: Double) throws {
    let dressed = try body([garment(on: 0...13_379)]) { $0.weight = weight }
    var pose = Pose.rest
    for (joint, angles) in [
      (JointName.leftUpperArm, [AngleName.abduction: 70.0, .rotation: 40]),
      (.rightLowerLeg, [.flexion: 110]), (.spine, [.flexion: 30]),
    ] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: angles, side: joint.side)
    }
    let rig = PosedRig(rig: dressed.rig, pose: pose)
    let skin = Skinning.pose(dressed, rig)
    let worn = Skinning.pose(
      dressed.worn[0], on: dressed, rig, worldFromModel: .identity, withNormals: false)
    let away = zip(skin.positions, worn.positions).map { ($0 - $1).length }.max() ?? 1
    #expect(away < 1e-5)
  }

  @Test func sheetsFollowTheShape() throws {
    let tights = garment(on: 15_328...18_001)
    let (slight, heavy) = (
      try body([tights]) { $0.weight = 0 }, try body([tights]) { $0.weight = 1 }
    )
    func breadth(_ body: Body) -> Float {
      // Around the waist, at the same vertices.
      let xs = body.worn[0].positions.map(\.x)
      return (xs.max() ?? 0) - (xs.min() ?? 0)
    }
    #expect(breadth(heavy) != breadth(slight))
    for body in [slight, heavy] {
      let lowest = body.worn[0].positions.map(\.y).min() ?? 0
      let skin = body.surface.positions.map(\.y).min() ?? 0
      #expect(abs(lowest - skin) < 0.02)
    }
  }

  @Test func facesWithFourCoveredCornersAreHidden() throws {
    let bare = try body([])
    #expect(bare.uncovered == nil && bare.worn.isEmpty)
    let dressed = try body([garment(on: 0...99, covers: 1400..<1900)])
    let seen = try #require(dressed.uncovered)
    let hidden = dressed.surface.triangles.count - seen.triangles.count
    #expect(hidden > 200 && hidden.isMultiple(of: 2))
    #expect(seen.labels.count == seen.triangles.count)
    // Landmarks and contacts use the whole skin.
    #expect(dressed.surface == bare.surface && dressed.landmarks == bare.landmarks)
  }

  @Test func outerGarmentsHideTheInnerOnesThatTheyCover() throws {
    let inner = garment(on: 1400...1450, layer: 10)
    let outer = garment(on: 2000...2100, layer: 50, covers: 1400..<1440)
    let worn = try body([inner, outer]).worn
    #expect(worn[0].triangles.count == 49 - 38 && worn[1].triangles.count == 99)
    // In the opposite order, nothing is hidden.
    let swapped = try body([garment(on: 1400...1450, layer: 60), outer]).worn
    #expect(swapped[0].triangles.count == 49)
    let all = garment(on: 1400...1439, layer: 10)
    #expect(try body([all, outer]).worn.count == 1)
  }

  @Test func offsetsStretchWithTheBody() throws {
    var hat = garment(on: 0...9)
    hat.anchors = hat.anchors.map {
      Garment.Anchor(vertices: $0.vertices, weights: $0.weights, offset: SIMD3(0.1, 0.1, 0.1))
    }
    let plain = garment(on: 0...9)
    // The breadth of the head between the sides of the ears, at which offsets keep their length.
    hat.scales = [Garment.Scale(start: 5399, end: 11_998, length: 0.1398), nil, nil]
    let (with, without) = (try body([hat]).worn[0], try body([plain]).worn[0])
    let probe = try body([garment(on: 5399...5401), garment(on: 11_996...11_998)]).worn
    let breadth = abs(probe[0].positions[0].x - probe[1].positions[2].x)
    for (one, other) in zip(with.positions, without.positions) {
      let offset = one - other
      #expect(abs(offset.x - 0.1 * breadth / 0.1398) < 1e-5)
      #expect(abs(offset.y - 0.1) < 1e-5 && abs(offset.z - 0.1) < 1e-5)
    }
  }

  @Test func clothesCountAsThePartUnderThemAndHairAsTheHead() throws {
    let dressed = try body([garment(on: 0...13_379), garment(on: 0...50, kind: .hair)])
    let parts = dressed.worn[0].labels.map(\.underlyingPart)
    #expect(Set(parts).count == PartName.allCases.count)
    #expect(dressed.worn[0].labels.allSatisfy { $0.kind == .worn && $0.part == nil })
    #expect(dressed.worn[1].labels.allSatisfy { $0.kind == .hair && $0.underlyingPart == .head })
  }

  @Test func aCharacterInShoesStandsOnTheirSoles() throws {
    var shoes = garment(on: 0...13_379)
    shoes.anchors = shoes.anchors.map {
      Garment.Anchor(vertices: $0.vertices, weights: $0.weights, offset: SIMD3(0, -0.03, 0))
    }
    var character = Character(id: "a", figure: .human(Phenotype()))
    character.wear = [shoes]
    let bodies = BodyStore(human: InstalledHuman.template)
    let posed = try #require(SceneSolver.pose(character, bodies))
    #expect(abs(posed.lowest) < 1e-4)
    #expect(posed.bodySurface.lowest > 0.02)
  }
}
