#if canImport(Glibc)
  internal import Glibc
#endif

/// A point or direction in meters, in double precision, for rigs, cameras and goals. Surfaces use
/// `SIMD3<Float>` instead.
public typealias Vector3 = SIMD3<Double>

extension SIMD3<Double> {
  /// The x axis: the character's own left.
  public static let unitX = Vector3(1, 0, 0)
  /// The y axis: up.
  public static let unitY = Vector3(0, 1, 0)
  /// The z axis: the direction that a character at rest faces.
  public static let unitZ = Vector3(0, 0, 1)

  /// Returns the dot product.
  @inlinable public func dot(_ other: Vector3) -> Double { (self * other).sum() }

  /// Returns the right-handed cross product.
  @inlinable public func cross(_ other: Vector3) -> Vector3 {
    Vector3(
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x)
  }

  /// The Euclidean length.
  @inlinable public var length: Double { dot(self).squareRoot() }

  /// The direction with length 1; nil for a vector that is too short.
  public var normalized: Vector3? {
    let length = self.length
    return length > 1e-12 ? self / length : nil
  }

  /// The vector reflected through the plane x = 0, which swaps left and right.
  public var mirrored: Vector3 { Vector3(-x, y, z) }

  /// A direction at right angles to this direction: a horizontal one, unless it is nearly vertical.
  package var perpendicular: Vector3 {
    let side = abs(y) < 0.9 ? Vector3.unitY : Vector3.unitX
    return side.cross(self).normalized ?? .unitX
  }
}

extension Collection {
  /// Returns the corners of the smallest box along the axes that holds all points; nil without
  /// points.
  package func bounds<Scalar>() -> (low: SIMD3<Scalar>, high: SIMD3<Scalar>)?
  where Element == SIMD3<Scalar>, Scalar: Comparable {
    guard let first else { return nil }
    return reduce((first, first)) { (pointwiseMin($0.low, $1), pointwiseMax($0.high, $1)) }
  }
}

extension SIMD3<Float> {
  /// Returns the dot product.
  @inlinable public func dot(_ other: SIMD3<Float>) -> Float {
    x * other.x + y * other.y + z * other.z
  }

  /// Returns the right-handed cross product.
  @inlinable public func cross(_ other: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3<Float>(
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x)
  }

  /// The Euclidean length.
  @inlinable public var length: Float { dot(self).squareRoot() }
}
