/// A thing that the fingers of a hand close around.
protocol HandObstacle {
  /// Returns how far a point is from the surface in meters; negative inside.
  func distance(to point: Vector3) -> Double
}

extension PropSolid: HandObstacle {}
