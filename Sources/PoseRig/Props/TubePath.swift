/// The path of a round tube with hemispheres at its ends.
public struct TubePath: Equatable, Sendable {
  /// The points along the middle of the tube, in meters.
  public let points: [Vector3]
  /// The tube's radius at each point, in meters.
  public let radii: [Double]

  /// Creates a tube with a radius that changes linearly along its length.
  ///
  /// - Precondition: there are at least two points, and consecutive ones differ.
  public init(_ points: [Vector3], radius: Double, endRadius: Double? = nil) {
    precondition(points.count >= 2, "TubePath: a tube needs two ends")
    self.points = points
    var lengths = [0.0]
    for (from, to) in zip(points, points.dropFirst()) {
      lengths.append((lengths.last ?? 0) + (to - from).length)
    }
    let whole = lengths.last ?? 1
    radii = lengths.map { radius + ((endRadius ?? radius) - radius) * $0 / whole }
  }

  private init(_ points: [Vector3], radii: [Double]) {
    self.points = points
    self.radii = radii
  }

  /// Returns the scaled tube.
  func scaled(by factor: Double) -> TubePath {
    TubePath(points.map { $0 * factor }, radii: radii.map { $0 * factor })
  }

  /// Returns shorter tubes that together are equal to this one.
  func cut(into stretches: Int) -> [TubePath] {
    stride(from: 0, to: points.count - 1, by: stretches).map { first in
      let last = min(first + stretches, points.count - 1)
      return TubePath(Array(points[first...last]), radii: Array(radii[first...last]))
    }
  }

  /// The bounding box.
  var bounds: PropBounds {
    var bounds = PropBounds(low: points[0] - radii[0], high: points[0] + radii[0])
    for (point, radius) in zip(points, radii) {
      bounds.low = pointwiseMin(bounds.low, point - radius)
      bounds.high = pointwiseMax(bounds.high, point + radius)
    }
    return bounds
  }

  /// Returns the distance of a point from the tube's surface; negative inside.
  func distance(to point: Vector3) -> Double {
    var nearest = Double.infinity
    for index in 1..<points.count {
      let (side, way) = (points[index] - points[index - 1], point - points[index - 1])
      let share = min(max(way.dot(side) / max(side.dot(side), 1e-18), 0), 1)
      let radius = radii[index - 1] + (radii[index] - radii[index - 1]) * share
      nearest = min(nearest, (way - side * share).length - radius)
    }
    return nearest
  }
}
