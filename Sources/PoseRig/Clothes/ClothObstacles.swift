/// The things that hanging cloth lies on, in the world.
struct ClothObstacles {
  var spans: [Span] = []
  /// The height of the floor; nil where there is none.
  var floor: Float?
  /// Things to sit and lie on.
  var things: [PropSolid] = []

  /// How near cloth comes to skin, in meters.
  static let margin: Float = 0.007

  /// Returns a point moved out of what it is in; nil for one that is free.
  func pushed(_ point: SIMD3<Float>) -> SIMD3<Float>? {
    var moved = point
    var isPushed = false
    for span in spans {
      guard let out = span.pushed(moved) else { continue }
      moved = out
      isPushed = true
    }
    if let floor, moved.y < floor + 0.004 {
      moved.y = floor + 0.004
      isPushed = true
    }
    for thing in things {
      guard let out = thing.pushed(moved, margin: 0.006) else { continue }
      moved = out
      isPushed = true
    }
    return isPushed ? moved : nil
  }

  /// A piece of both legs or of the trunk, and all that lies between its two sides: cloth spans from
  /// thigh to thigh.
  struct Span {
    /// How much thinner it is in the middle between the sides, as a share of the radius: cloth sags.
    private static let slack: Float = 0.15

    /// The middles of its upper end: left and right.
    private let starts: (SIMD3<Float>, SIMD3<Float>)
    /// The middles of its lower end.
    private let ends: (SIMD3<Float>, SIMD3<Float>)
    /// The radii of both ends.
    private let radii: (Float, Float)
    /// A ball around it.
    private let middle: SIMD3<Float>
    private let reach: Float

    init(
      starts: (SIMD3<Float>, SIMD3<Float>), ends: (SIMD3<Float>, SIMD3<Float>),
      radii: (Float, Float)
    ) {
      self.starts = starts
      self.ends = ends
      self.radii = radii
      let corners = [starts.0, starts.1, ends.0, ends.1]
      let middle = corners.reduce(.zero, +) / 4
      self.middle = middle
      let furthest = corners.map { ($0 - middle).length }.max() ?? 0
      reach = furthest + max(radii.0, radii.1) + ClothObstacles.margin
    }

    /// Returns a point moved out; nil for one that is free.
    func pushed(_ point: SIMD3<Float>) -> SIMD3<Float>? {
      let away = point - middle
      guard away.dot(away) < reach * reach else { return nil }
      let (closest, radius) = closest(to: point)
      let offset = point - closest
      let distance = offset.length
      let least = radius + ClothObstacles.margin
      guard distance < least, distance > 1e-5 else { return nil }
      return point + offset * ((least - distance) / distance)
    }

    /// Returns the point in the middle of the span that is next to another, and how far cloth keeps
    /// from it.
    private func closest(to point: SIMD3<Float>) -> (point: SIMD3<Float>, radius: Float) {
      var across: Float = 0.5
      var along: Float = 0.5
      var nearest = point
      for _ in 0..<4 {
        let start = starts.0 + (starts.1 - starts.0) * across
        let bone = ends.0 + (ends.1 - ends.0) * across - start
        along = min(max((point - start).dot(bone) / max(bone.dot(bone), 1e-9), 0), 1)
        let left = starts.0 + (ends.0 - starts.0) * along
        let gap = starts.1 + (ends.1 - starts.1) * along - left
        across = min(max((point - left).dot(gap) / max(gap.dot(gap), 1e-9), 0), 1)
        nearest = left + gap * across
      }
      let middle = 4 * across * (1 - across)
      return (nearest, (radii.0 + (radii.1 - radii.0) * along) * (1 - Self.slack * middle))
    }
  }
}

extension PropSolid {
  /// Returns a point of the world moved out of the solid; nil for one that is free.
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
