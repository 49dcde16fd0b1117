/// An object that the fingers of a hand close around.
protocol HandObstacle {
  /// Returns the distance of a point from the surface in meters; negative inside.
  func distance(to point: Vector3) -> Double
}

extension PropSolid: HandObstacle {}
