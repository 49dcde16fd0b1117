/// The middle line of a lock, with the direction out of the head at every point.
struct HairStrand {
  var points: [SIMD3<Float>]
  var outward: [SIMD3<Float>]
  /// The length of each piece.
  var step: Float
  /// The index of the last combed point.
  var held = 0

  /// The total length.
  var length: Float { step * Float(points.count - 1) }

  /// Returns the direction of the strand at a point.
  func tangent(_ index: Int) -> SIMD3<Float> {
    let before = points[max(index - 1, 0)]
    let after = points[min(index + 1, points.count - 1)]
    return (after - before).unit
  }
}

/// A point on the path of a lock: a direction of the head, by its extents, and a height.
struct HairWaypoint {
  var direction: SIMD3<Float>
  var height: Float

  /// Returns a point of the smooth curve through waypoints, at a share of their number.
  static func between(_ points: [HairWaypoint], _ share: Float) -> HairWaypoint {
    guard points.count > 1 else { return points[0] }
    let at = min(max(share, 0), 1) * Float(points.count - 1)
    let index = min(Int(at), points.count - 2)
    let t = at - Float(index)
    func value(_ index: Int) -> SIMD4<Float> {
      if index < 0 { return value(0) * 2 - value(1) }
      if index >= points.count {
        return value(points.count - 1) * 2 - value(points.count - 2)
      }
      return SIMD4(points[index].direction, points[index].height)
    }
    let (a, b, c, d) = (value(index - 1), value(index), value(index + 1), value(index + 2))
    // A Catmull–Rom curve.
    let linear = (c - a) * t
    let square = (a * 2 - b * 5 + c * 4 - d) * (t * t)
    let cube = (b * 3 - a - c * 3 + d) * (t * t * t)
    let mixed = b + (linear + square + cube) / 2
    return HairWaypoint(direction: SIMD3(mixed.x, mixed.y, mixed.z).unit, height: mixed.w)
  }
}
