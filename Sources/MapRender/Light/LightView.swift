internal import PoseRig

/// The view of a light along its −z axis, with rays that are parallel or come from one point.
struct LightView {
  /// The transform from the world to the view's axes.
  let viewFromWorld: Transform
  /// Half the width of the beam of parallel rays, in meters; nil for rays from a point, which fill
  /// an angle of ``spread``.
  let halfWidth: Double?
  /// The distances along the axis that it sees, in meters.
  let range: ClosedRange<Double>

  /// The tangent of half the angle that rays from a point fill: a little over 90 degrees, so that
  /// the sides of a cube overlap by some pixels.
  static let spread = 1.02

  /// OpenGL's projection of it.
  var clipFromView: Matrix4 {
    if let halfWidth {
      return .orthographic(
        halfWidth: halfWidth, halfHeight: halfWidth, near: range.lowerBound, far: range.upperBound)
    }
    return .perspective(
      tangentX: Self.spread, tangentY: Self.spread, near: range.lowerBound, far: range.upperBound)
  }
}
