#if canImport(Glibc)
  internal import Glibc
#endif

/// A 4 × 4 matrix in columns, as OpenGL expects it.
public struct Matrix4: Equatable, Sendable {
  /// The four columns.
  public var columns: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>)

  /// Creates a matrix from its columns.
  public init(
    _ c0: SIMD4<Double>, _ c1: SIMD4<Double>, _ c2: SIMD4<Double>, _ c3: SIMD4<Double>
  ) {
    columns = (c0, c1, c2, c3)
  }

  /// Creates the matrix of a rigid motion.
  public init(_ transform: Transform) {
    let x = transform.rotation.rotate(.unitX)
    let y = transform.rotation.rotate(.unitY)
    let z = transform.rotation.rotate(.unitZ)
    self.init(
      SIMD4(x, 0), SIMD4(y, 0), SIMD4(z, 0), SIMD4(transform.translation, 1))
  }

  /// Returns a symmetric perspective projection looking down −Z, OpenGL clip space.
  ///
  /// `tangentX` and `tangentY` are the tangents of half the field of view; `near` and `far` are
  /// distances in meters.
  public static func perspective(
    tangentX: Double, tangentY: Double, near: Double, far: Double
  ) -> Matrix4 {
    Matrix4(
      SIMD4(1 / tangentX, 0, 0, 0),
      SIMD4(0, 1 / tangentY, 0, 0),
      SIMD4(0, 0, -(far + near) / (far - near), -1),
      SIMD4(0, 0, -2 * far * near / (far - near), 0))
  }

  /// Returns the orthographic projection of a box in camera axes that is centered on the axis, as
  /// OpenGL defines it: `halfWidth` and `halfHeight` to each side, from `near` to `far`, in meters.
  public static func orthographic(
    halfWidth: Double, halfHeight: Double, near: Double, far: Double
  ) -> Matrix4 {
    Matrix4(
      SIMD4(1 / halfWidth, 0, 0, 0),
      SIMD4(0, 1 / halfHeight, 0, 0),
      SIMD4(0, 0, -2 / (far - near), 0),
      SIMD4(0, 0, -(far + near) / (far - near), 1))
  }

  /// Returns the product with a column vector.
  public static func * (matrix: Matrix4, vector: SIMD4<Double>) -> SIMD4<Double> {
    let c = matrix.columns
    return c.0 * vector.x + c.1 * vector.y + c.2 * vector.z + c.3 * vector.w
  }

  /// Returns the composition that applies `right` first, then `left`.
  public static func * (left: Matrix4, right: Matrix4) -> Matrix4 {
    let c = right.columns
    return Matrix4(left * c.0, left * c.1, left * c.2, left * c.3)
  }

  /// Returns the transformed point.
  public func apply(_ point: Vector3) -> Vector3 {
    let p = self * SIMD4(point, 1)
    return Vector3(p.x, p.y, p.z)
  }

  /// The image of the origin.
  public var translation: Vector3 { Vector3(columns.3.x, columns.3.y, columns.3.z) }

  /// The lengths of the axes.
  public var scale: Vector3 { Vector3(axis(\.0).length, axis(\.1).length, axis(\.2).length) }

  /// The rotation of the axes, without scale, skew and mirroring.
  public var rotation: Quaternion {
    let x = axis(\.0).normalized ?? .unitX
    let y = axis(\.1)
    let z = (x.cross(y).normalized ?? .unitZ)
    let mirrored = z.dot(axis(\.2)) < 0
    return mirrored ? Quaternion(axes: -x, z.cross(x), -z) : Quaternion(axes: x, z.cross(x), z)
  }

  /// The inverse of a matrix with the last row 0 0 0 1; nil for a singular one.
  public var affineInverse: Matrix4? {
    let (x, y, z) = (axis(\.0), axis(\.1), axis(\.2))
    let volume = x.dot(y.cross(z))
    guard abs(volume) > 1e-18, volume.isFinite else { return nil }
    let rows = (y.cross(z) / volume, z.cross(x) / volume, x.cross(y) / volume)
    let t = translation
    return Matrix4(
      SIMD4(rows.0.x, rows.1.x, rows.2.x, 0), SIMD4(rows.0.y, rows.1.y, rows.2.y, 0),
      SIMD4(rows.0.z, rows.1.z, rows.2.z, 0),
      SIMD4(-rows.0.dot(t), -rows.1.dot(t), -rows.2.dot(t), 1))
  }

  private func axis(
    _ column: KeyPath<(SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>), SIMD4<Double>>
  ) -> Vector3 {
    let c = columns[keyPath: column]
    return Vector3(c.x, c.y, c.z)
  }

  /// Returns whether all elements are equal.
  public static func == (left: Matrix4, right: Matrix4) -> Bool { left.columns == right.columns }

  /// The 16 elements, column by column, for OpenGL.
  public var floats: [Float] {
    let c = columns
    return [c.0, c.1, c.2, c.3].flatMap { [Float($0.x), Float($0.y), Float($0.z), Float($0.w)] }
  }
}
