extension HandCloser {
  // MARK: Bringing things

  /// The largest movement of a prop once the hand is around it, in meters.
  private static let nudge = 0.012

  /// Moves the prop along a direction of the hand until it touches some parts. It starts far away,
  /// so that it stops at the first skin that it meets.
  mutating func press(_ parts: [Int], from way: Vector3, far: Double) {
    var skin = points(of: parts)
    let step = propFromHand.rotation.rotate(way)
    var away = far
    skin.move(by: step * -far)
    for _ in 0..<60 {
      let gap = skin.nearest(to: thing)
      if gap < Self.touch * 1.5 || away < -far { break }
      away -= gap - Self.touch
      skin.move(by: step * (gap - Self.touch))
    }
    propFromHand.translation -= step * away
  }

  /// Moves a nearby prop along a direction of the hand, by a few millimeters at most, until it just
  /// touches some parts.
  mutating func settle(_ parts: [Int], from way: Vector3) {
    var skin = points(of: parts)
    let step = propFromHand.rotation.rotate(way)
    var away = 0.0
    for _ in 0..<24 {
      let gap = skin.nearest(to: thing)
      if gap > 0, gap < Self.touch * 1.5 { break }
      let move = min(max(Self.touch - gap, -Self.nudge - away), Self.nudge - away)
      if abs(move) < 1e-6 { break }
      away += move
      skin.move(by: step * -move)
    }
    propFromHand.translation -= step * away
  }

  /// Moves the prop away along a direction until some parts are outside of it.
  mutating func clear(_ parts: [Int], along way: Vector3) {
    var skin = points(of: parts)
    let step = propFromHand.rotation.rotate(way)
    var away = 0.0
    for _ in 0..<40 {
      let gap = skin.nearest(to: thing)
      if gap > 0 { break }
      let move = max(Self.touch - gap, 0.000_1)
      away += move
      skin.move(by: step * -move)
    }
    propFromHand.translation -= step * away
  }

  /// Moves the prop along a direction of the hand.
  mutating func slide(by way: Vector3) {
    propFromHand.translation -= propFromHand.rotation.rotate(way)
  }

  /// Points that move together in the prop's space.
  private struct Skin {
    private var points: [Vector3]
    /// An upper bound on the distance of each from the prop.
    private var bounds: [Double]

    init(_ points: [Vector3]) {
      self.points = points
      bounds = [Double](repeating: -.infinity, count: points.count)
    }

    mutating func move(by way: Vector3) {
      let length = way.length
      for index in points.indices {
        points[index] += way
        bounds[index] -= length
      }
    }

    /// Returns the distance of the nearest point from a prop.
    mutating func nearest(to thing: any HandObstacle) -> Double {
      var nearest = Double.infinity
      for index in points.indices where bounds[index] < nearest {
        bounds[index] = thing.distance(to: points[index])
        nearest = min(nearest, bounds[index])
      }
      return nearest
    }
  }

  private func points(of parts: [Int]) -> Skin {
    let motions = hand.motions(rig)
    return Skin(
      parts.flatMap { hand.points(of: $0, motions) }.map { propFromHand.apply(Vector3($0)) })
  }
}
