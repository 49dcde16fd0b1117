/// The position of a body's weight over the ground that carries it.
public struct Balance: Equatable, Sendable {
  /// The distance of the center of mass inside the edge of all that carries the body, in meters;
  /// negative outside of it.
  public var margin: Double
  /// The horizontal way from the edge to the center of mass where that is outside, in the
  /// character's own axes, in meters; zero inside.
  public var overhang: Vector3

  /// A balance from its parts.
  public init(margin: Double, overhang: Vector3) {
    self.margin = margin
    self.overhang = overhang
  }

  /// The height in meters above floor or prop up to which skin is carried.
  fileprivate static let carried = 0.02

  /// Returns where a character's weight is; nil for one that nothing carries.
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

/// The ground under a body that carries it, as a picture shows it.
public struct Footing: Equatable, Sendable {
  /// The center of mass let down to the height of the corners, in the world, in meters.
  public var center: Vector3
  /// The corners of the smallest convex polygon around all that carries the body.
  public var corners: [Vector3]
  /// Whether the center is over the polygon, or as little outside as soles and ankles make up for.
  public var isBalanced: Bool

  /// How far outside the center of mass of someone may be who stands, in meters, as is promised of
  /// the library's poses.
  private static let give = 0.03

  /// Returns the footing of each character of a scene; nil for those that nothing carries.
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

/// The smallest convex polygon around points of a plane.
struct Hull {
  /// The corners, counter-clockwise; fewer than three for points on a line.
  let corners: [SIMD2<Double>]

  /// The hull of points, by Andrew's monotone chain.
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

  /// Returns how far a point is inside the nearest edge, negative outside, and the nearest point of
  /// the edges.
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
