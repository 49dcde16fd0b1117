/// The position of a body's center of mass relative to its support.
public struct Balance: Equatable, Sendable {
  /// The distance of the center of mass inside the edge of the support, in meters; negative
  /// outside.
  public var margin: Double
  /// The horizontal vector from the edge to a center of mass outside of the support, in the
  /// character's own axes, in meters; zero inside.
  public var overhang: Vector3

  /// Creates a balance from its parts.
  public init(margin: Double, overhang: Vector3) {
    self.margin = margin
    self.overhang = overhang
  }

  /// The height in meters above a floor or prop up to which skin is supported.
  fileprivate static let carried = 0.02

  /// Returns a character's balance; nil for a character without support.
  ///
  /// - Parameter support: the height of the floor or prop below a point.
  static func of(_ character: PosedCharacter, support: (Vector3) -> Double) -> Balance? {
    let feet = character.bodySurface.points.filter { $0.y - support($0) < carried }
    let hull = Hull(feet.map { SIMD2($0.x, $0.z) })
    guard hull.corners.count >= 3 else { return nil }
    let center = character.worldFromModel.apply(CenterOfMass.of(character.posedRig))
    let (margin, nearest) = hull.margin(of: SIMD2(center.x, center.z))
    guard margin < 0 else { return Balance(margin: margin, overhang: .zero) }
    let way = Vector3(center.x - nearest.x, 0, center.z - nearest.y)
    return Balance(
      margin: margin, overhang: character.worldFromModel.rotation.inverse.rotate(way))
  }
}

/// The area that supports a body, as drawn in a picture.
public struct Footing: Equatable, Sendable {
  /// The center of mass projected to the height of the corners, in the world, in meters.
  public var center: Vector3
  /// The corners of the smallest convex polygon around the supported skin.
  public var corners: [Vector3]
  /// Whether the center is over the polygon, or so little outside that soles and ankles compensate.
  public var isBalanced: Bool

  /// The largest distance of a standing person's center of mass outside of the support, in meters,
  /// which the library's poses guarantee.
  private static let give = 0.03

  /// Returns the footing of each character of a scene; nil for characters without support.
  public static func all(of scene: PosedScene, _ described: Scene) -> [Footing?] {
    zip(scene.characters, described.characters).map { character, its in
      let floor = SceneCheck.floor(under: its, described)
      return of(character, support: SceneCheck.support(in: described, floor))
    }
  }

  private static func of(
    _ character: PosedCharacter, support: (Vector3) -> Double
  ) -> Footing? {
    let feet = character.bodySurface.points.filter { $0.y - support($0) < Balance.carried }
    let hull = Hull(feet.map { SIMD2($0.x, $0.z) })
    guard hull.corners.count >= 3 else { return nil }
    let height = feet.map(\.y).reduce(0, +) / Double(feet.count)
    let center = character.worldFromModel.apply(CenterOfMass.of(character.posedRig))
    return Footing(
      center: Vector3(center.x, height, center.z),
      corners: hull.corners.map { Vector3($0.x, height, $0.y) },
      isBalanced: hull.margin(of: SIMD2(center.x, center.z)).margin >= -give)
  }
}

/// The smallest convex polygon around points in a plane.
struct Hull {
  /// The corners, counter-clockwise; fewer than three for collinear points.
  let corners: [SIMD2<Double>]

  /// Finds the hull of points, by Andrew's monotone chain.
  init(_ points: [SIMD2<Double>]) {
    let sorted = points.sorted { $0.x == $1.x ? $0.y < $1.y : $0.x < $1.x }
    func chain(_ points: some Sequence<SIMD2<Double>>) -> [SIMD2<Double>] {
      var chain: [SIMD2<Double>] = []
      for point in points {
        while chain.count > 1, Self.turn(chain[chain.count - 2], chain[chain.count - 1], point) <= 0
        {
          chain.removeLast()
        }
        chain.append(point)
      }
      return chain.dropLast()
    }
    corners = chain(sorted) + chain(sorted.reversed())
  }

  /// Returns the distance of a point inside the nearest edge, negative outside, and the nearest
  /// point on the edges.
  ///
  /// - Precondition: there are at least three corners.
  func margin(of point: SIMD2<Double>) -> (margin: Double, nearest: SIMD2<Double>) {
    var isInside = true
    var nearest = corners[0]
    var least = Double.infinity
    for (index, start) in corners.enumerated() {
      let end = corners[(index + 1) % corners.count]
      if Self.turn(start, end, point) < 0 { isInside = false }
      let edge = end - start
      let share = ((point - start) * edge).sum() / max(1e-12, (edge * edge).sum())
      let foot = start + edge * min(1, max(0, share))
      let way = point - foot
      let distance = (way * way).sum().squareRoot()
      if distance < least { (least, nearest) = (distance, foot) }
    }
    return (isInside ? least : -least, nearest)
  }

  private static func turn(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>
  ) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }
}
