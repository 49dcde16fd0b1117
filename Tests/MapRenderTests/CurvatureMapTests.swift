import MapRender
import PoseRig
import Testing

@Suite struct CurvatureMapTests {
  /// A surface seen from the front, from its distance and normal along each pixel's ray; empty
  /// where these are nil.
  private static func levels(
    radius: Double = 0.01, _ surface: (SIMD3<Double>) -> (distance: Double, normal: SIMD3<Double>)?
  ) -> Inset<UInt8> {
    let side = 200
    var depth: [Float] = []
    var normals: [PackedNormal] = []
    for y in 0..<side {
      for x in 0..<side {
        let ray = SIMD3(
          (Double(x) + 0.5) / Double(side) * 0.4 - 0.2,
          0.2 - (Double(y) + 0.5) / Double(side) * 0.4,
          -1)
        let hit = surface(ray)
        depth.append(Float(hit?.distance ?? 0))
        normals.append(PackedNormal(SIMD3<Float>(hit?.normal ?? SIMD3(0, 0, 1))))
      }
    }
    let buffer = GBuffer(
      width: side, height: side, depth: depth, normals: normals,
      shading: depth.map { SIMD4(200, 200, 200, $0 > 0 ? 1 : 0) })
    return CurvatureMap.draw(buffer, tangents: SIMD2(0.2, 0.2), radius: radius)
  }

  /// The near or far side of a ball or, if the center moves along y, of a cylinder.
  private static func round(
    _ radius: Double, at distance: Double, isCylinder: Bool = false, farSide: Bool = false
  ) -> (SIMD3<Double>) -> (distance: Double, normal: SIMD3<Double>)? {
    let axes = isCylinder ? SIMD3(1.0, 0, 1) : SIMD3(1.0, 1, 1)
    let middle = SIMD3(0, 0, -distance)
    return { ray in
      let across = ray * axes
      let (a, b) = ((across * across).sum(), (across * middle).sum())
      let root = b * b - a * ((middle * middle).sum() - radius * radius)
      guard root >= 0 else { return nil }
      let along = (b + (farSide ? 1 : -1) * root.squareRoot()) / a
      let out = (ray * along - middle) * axes / radius
      return (along, farSide ? -out : out)
    }
  }

  // The principal curvatures of a ball of 10 cm are both 10 per meter; times 1 cm that is 0.2, and
  // 128 + 127 · 0.2 / 1.2 = 149.2.
  @Test func aBallHasOneLevelOutToItsRimAtAnyDistance() {
    for distance in [0.6, 1, 3] {
      let map = Self.levels(Self.round(0.1, at: distance))
      let covered = Set(map.pixels).subtracting([0])
      #expect(covered == [149], "\(distance) m: \(covered.sorted())")
      #expect(map.pixels.contains(0))
    }
  }

  @Test func theInsideOfABallIsAsDarkAsItsOutsideIsLight() {
    let covered = Set(Self.levels(Self.round(0.1, at: 1, farSide: true)).pixels).subtracting([0])
    #expect(covered == [107])
  }

  // A cylinder bends in one direction only: 10 per meter, 128 + 127 · 0.1 / 1.1 = 139.5.
  @Test func aCylinderHasHalfTheCurvatureOfABall() {
    let covered = Set(Self.levels(Self.round(0.1, at: 1, isCylinder: true)).pixels).subtracting([0])
    #expect(covered.isSubset(of: [139, 140]) && !covered.isEmpty, "\(covered.sorted())")
  }

  @Test func doublingTheRadiusDoublesTheCurvature() {
    let covered = Set(Self.levels(radius: 0.02, Self.round(0.1, at: 1)).pixels).subtracting([0])
    #expect(covered == [164])  // 128 + 127 · 0.4 / 1.4
  }

  @Test func flatSurfacesAreMidGrayInAnyOrientation() {
    let normal = SIMD3(0.6, 0, 0.8)
    let map = Self.levels { ray in (-0.8 / (ray * normal).sum(), normal) }
    #expect(Set(map.pixels) == [128])
  }

  // Across a right angle, the normals change by √2 for each of three distances, of 5, 2 and 1
  // pixels, over 16 pixels of 2 mm in total: 4.24 / 0.032 = 133 per meter, slightly less because
  // the longest distance has weight 0.9. So 128 ± 127 · 1.3 / 2.3, about 199 and 57.
  @Test func anEdgeOfTwoWallsIsLightOutsideAndDarkInside() {
    func corner(_ sign: Double) -> Inset<UInt8> {
      Self.levels { ray in
        let normal = SIMD3(ray.x < 0 ? -sign : sign, 0, 1) / 2.0.squareRoot()
        return (-1 / 2.0.squareRoot() / (ray * normal).sum(), normal)
      }
    }
    let (outside, inside) = (corner(1).image[100, 100], corner(-1).image[100, 100])
    #expect((195...201).contains(outside), "\(outside)")
    #expect((55...61).contains(inside), "\(inside)")
    #expect(corner(1).image[20, 100] == 128)
  }

  @Test func theSettingIsReadAndOmittedIfItIsTheDefault() {
    var settings = MapSettings()
    #expect(settings.curvatureRadius == 0.008)
    settings.curvatureRadius = 0.02
    #expect(settings != MapSettings() && settings.curvatureRadius == 0.02)
    settings.curvatureRadius = 0.008
    #expect(settings == MapSettings())
    #expect(!MapName.standard.contains(.curvature))
  }
}
