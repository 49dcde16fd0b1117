/// The obstacles of hanging cloth, in the world.
struct ClothObstacles {
  /// The body.
  var spans: [ClothSpan] = []
  /// The body one step earlier.
  var spansBefore: [ClothSpan] = []
  /// The height of the floor; nil if there is no floor.
  var floor: Float?
  /// The height above the floor at which each column stays, so that layers keep their order, in
  /// meters.
  var layers: [Float] = []
  /// The props to sit and lie on.
  var things: [PropSolid] = []
  /// The distance of props below their final positions, in meters.
  var depth: Float = 0

  /// The distance by which the body is thinner at the end of the held part, in meters: round slices
  /// protrude from hips, where cloth continues smoothly.
  var thinning: Float = 0.015

  /// The smallest distance of cloth from skin, in meters.
  static let margin: Float = 0.009

  /// Returns a point moved out of an obstacle; nil if it is free.
  ///
  /// - Parameters:
  ///   - last: its position one step earlier, outside of all obstacles.
  ///   - depth: its depth below the held part, in meters.
  func pushed(
    _ point: SIMD3<Float>, from last: SIMD3<Float>, depth: Float, column: Int
  ) -> SIMD3<Float>? {
    var moved = point
    let less = (1 - smoothStep(depth, 0, 0.12)) * thinning
    for index in spans.indices { spans[index].push(&moved, last, spansBefore[index], less: less) }
    if let floor {
      let least = floor + 0.004 + (layers.isEmpty ? 0 : layers[column])
      moved.y = max(moved.y, least)
    }
    for thing in things {
      let lift = SIMD3<Float>(0, depth, 0)
      guard let out = thing.pushed(moved + lift, margin: 0.006) else { continue }
      moved = out - lift
    }
    return moved == point ? nil : moved
  }
}

/// A piece of both legs, of the trunk or of one arm, together with the gap between its two sides,
/// which cloth spans.
struct ClothSpan {
  /// The amount by which cloth sags between two legs, as a share of the radius.
  static let sagging: Float = 0.15

  /// The middle of its upper end on the left, and the vector from there to the right.
  private let start: SIMD3<Float>
  private let startAcross: SIMD3<Float>
  /// The middle of its lower end on the left, and the vector from there to the right.
  private let end: SIMD3<Float>
  private let endAcross: SIMD3<Float>
  /// The smallest distances of cloth from the middle, at both ends.
  private let radii: (Float, Float)
  /// The amount by which it is thinner between the sides, as a share of the radius.
  private let slack: Float
  /// A bounding sphere.
  private let middle: SIMD3<Float>
  private let reach: Float

  /// Creates the solid between four spheres.
  init(
    starts: (SIMD3<Float>, SIMD3<Float>), ends: (SIMD3<Float>, SIMD3<Float>),
    radii: (Float, Float), slack: Float = ClothSpan.sagging
  ) {
    self.slack = slack
    start = starts.0
    startAcross = starts.1 - starts.0
    end = ends.0
    endAcross = ends.1 - ends.0
    self.radii = (radii.0 + ClothObstacles.margin, radii.1 + ClothObstacles.margin)
    let corners = [starts.0, starts.1, ends.0, ends.1]
    let middle = corners.reduce(.zero, +) / 4
    self.middle = middle
    let furthest = corners.map { ($0 - middle).length }.max() ?? 0
    reach = furthest + max(self.radii.0, self.radii.1)
  }

  /// Moves a point out on the side where it was.
  ///
  /// - Parameters:
  ///   - last: the point one step earlier.
  ///   - before: the span one step earlier.
  ///   - less: the distance by which it is thinner, in meters.
  @inline(__always)
  func push(
    _ point: inout SIMD3<Float>, _ last: SIMD3<Float>, _ before: ClothSpan, less: Float
  ) {
    let offset = point - middle
    guard (offset * offset).sum() < reach * reach else { return }
    let (away, full) = away(point)
    let radius = full - less
    let distance = (away * away).sum()
    guard distance < radius * radius, distance > 1e-10 else { return }
    let side = before.away(last).offset
    if (side * away).sum() < 0 {
      point += side.unit * radius - away
    } else {
      let length = distance.squareRoot()
      point += away * ((radius - length) / length)
    }
  }

  /// Returns the vector to a point from the middle of the span, and the distance at which cloth
  /// stays.
  @inline(__always)
  private func away(_ point: SIMD3<Float>) -> (offset: SIMD3<Float>, radius: Float) {
    var across: Float = 0.5
    var along: Float = 0.5
    var nearest = point
    for _ in 0..<3 {
      let one = start + startAcross * across
      let bone = end + endAcross * across - one
      along = Self.share(point - one, bone)
      let left = start + (end - start) * along
      let gap = startAcross + (endAcross - startAcross) * along
      across = Self.share(point - left, gap)
      nearest = left + gap * across
    }
    let sag = 1 - slack * 4 * across * (1 - across)
    return (point - nearest, (radii.0 + (radii.1 - radii.0) * along) * sag)
  }

  @inline(__always)
  private static func share(_ offset: SIMD3<Float>, _ way: SIMD3<Float>) -> Float {
    min(max((offset * way).sum() / max((way * way).sum(), 1e-9), 0), 1)
  }
}

extension PropSolid {
  /// Returns a point of the world moved out of the solid; nil if it is free.
  fileprivate func pushed(_ point: SIMD3<Float>, margin: Double) -> SIMD3<Float>? {
    let at = Vector3(point)
    let depth = margin - distance(to: at)
    guard depth > 0 else { return nil }
    let step = 0.002
    let slope = Vector3(
      distance(to: at + Vector3(step, 0, 0)) - distance(to: at - Vector3(step, 0, 0)),
      distance(to: at + Vector3(0, step, 0)) - distance(to: at - Vector3(0, step, 0)),
      distance(to: at + Vector3(0, 0, step)) - distance(to: at - Vector3(0, 0, step)))
    guard let way = slope.normalized else { return nil }
    return point + SIMD3<Float>(way * depth)
  }
}
