#if canImport(Glibc)
  internal import Glibc
#endif

/// A rotation as a unit quaternion, in glTF's component order x, y, z, w.
public struct Quaternion: Equatable, Sendable {
  /// The components x, y, z (imaginary) and w (real).
  public var components: SIMD4<Double>

  /// The identity rotation.
  public static let identity = Quaternion(x: 0, y: 0, z: 0, w: 1)

  /// Creates a rotation from its components, without normalizing them.
  public init(x: Double, y: Double, z: Double, w: Double) {
    components = SIMD4(x, y, z, w)
  }

  /// Creates a right-handed rotation by `angle` radians about a unit `axis`.
  public init(angle: Double, axis: Vector3) {
    let s = sin(angle / 2)
    self.init(x: axis.x * s, y: axis.y * s, z: axis.z * s, w: cos(angle / 2))
  }

  /// Converts intrinsic XYZ Euler angles in radians: about x, then the rotated y, then the rotated
  /// z.
  public init(intrinsicXYZ angles: Vector3) {
    self =
      Quaternion(angle: angles.x, axis: .unitX)
      * Quaternion(angle: angles.y, axis: .unitY)
      * Quaternion(angle: angles.z, axis: .unitZ)
  }

  /// Creates the shortest rotation from one unit direction to another.
  public init(from: Vector3, to: Vector3) {
    let w = 1 + from.dot(to)
    guard w > 1e-9 else {
      let side = abs(from.x) < 0.9 ? Vector3.unitX : Vector3.unitY
      self.init(angle: .pi, axis: from.cross(side).normalized ?? .unitZ)
      return
    }
    let axis = from.cross(to)
    self = Quaternion(x: axis.x, y: axis.y, z: axis.z, w: w).normalized
  }

  /// Creates the rotation that maps the axes to three perpendicular unit vectors, right-handed.
  public init(axes x: Vector3, _ y: Vector3, _ z: Vector3) {
    // Shepperd's method: begin with the largest of the four components, to avoid dividing by a
    // small one.
    let trace = x.x + y.y + z.z
    if trace > max(x.x, y.y, z.z) {
      self.init(x: y.z - z.y, y: z.x - x.z, z: x.y - y.x, w: 1 + trace)
    } else if x.x >= max(y.y, z.z) {
      self.init(x: 1 + x.x - y.y - z.z, y: x.y + y.x, z: z.x + x.z, w: y.z - z.y)
    } else if y.y >= z.z {
      self.init(x: x.y + y.x, y: 1 + y.y - x.x - z.z, z: y.z + z.y, w: z.x - x.z)
    } else {
      self.init(x: z.x + x.z, y: y.z + z.y, z: 1 + z.z - x.x - y.y, w: x.y - y.x)
    }
    self = normalized
  }

  /// The imaginary part.
  public var vector: Vector3 { Vector3(components.x, components.y, components.z) }
  /// The real part.
  public var w: Double { components.w }

  /// The inverse rotation.
  public var inverse: Quaternion {
    Quaternion(x: -components.x, y: -components.y, z: -components.z, w: components.w)
  }

  /// The quaternion scaled to unit length; the identity for a zero quaternion.
  public var normalized: Quaternion {
    let length = (components * components).sum().squareRoot()
    guard length > 1e-12 else { return .identity }
    var unit = self
    unit.components = components / length
    return unit
  }

  /// The rotation of the mirror image (x negated), which swaps left and right.
  public var mirrored: Quaternion {
    Quaternion(x: components.x, y: -components.y, z: -components.z, w: components.w)
  }

  /// Returns the composition that applies `right` first, then `left`.
  @inline(__always)
  public static func * (left: Quaternion, right: Quaternion) -> Quaternion {
    let a = left.vector
    let b = right.vector
    let v = a.cross(b) + b * left.w + a * right.w
    return Quaternion(x: v.x, y: v.y, z: v.z, w: left.w * right.w - a.dot(b))
  }

  /// Returns the rotated `vector`.
  @inline(__always)
  public func rotate(_ vector: Vector3) -> Vector3 {
    let u = self.vector
    let t = u.cross(vector) * 2
    return vector + t * w + u.cross(t)
  }

  /// The angle of the rotation in radians, 0 to π.
  public var angle: Double { 2 * atan2(vector.length, abs(w)) }

  /// Decomposes the rotation as `swing * twist`, with the twist about the unit `axis` and the swing
  /// about a perpendicular axis.
  public func swingTwist(about axis: Vector3) -> (swing: Quaternion, twist: Quaternion) {
    let along = vector.dot(axis)
    let part = axis * along
    let twist = Quaternion(x: part.x, y: part.y, z: part.z, w: w)
    // For a half turn of pure swing, the twist is undefined.
    guard along * along + w * w > 1e-18 else { return (self, .identity) }
    let unit = twist.normalized
    return (self * unit.inverse, unit)
  }

  /// The axis times the angle in radians, for the shorter direction.
  public var logarithm: Vector3 {
    let sign: Double = w < 0 ? -1 : 1
    let v = vector * sign
    let length = v.length
    return length > 1e-12 ? v * (2 * atan2(length, w * sign) / length) : .zero
  }

  /// Creates the rotation about a vector by its length in radians.
  public init(rotationVector vector: Vector3) {
    let angle = vector.length
    self = angle > 1e-12 ? Quaternion(angle: angle, axis: vector / angle) : .identity
  }

  /// Returns a rotation between this one (0) and another (1), the short way.
  func mixed(with other: Quaternion, share: Double) -> Quaternion {
    (self * (inverse * other).scaled(by: share)).normalized
  }

  /// Returns a fraction of the rotation, in the shorter direction.
  public func scaled(by share: Double) -> Quaternion {
    let sign: Double = w < 0 ? -1 : 1
    let v = vector * sign
    let length = v.length
    guard length > 1e-12 else { return .identity }
    return Quaternion(angle: 2 * atan2(length, w * sign) * share, axis: v / length)
  }
}
