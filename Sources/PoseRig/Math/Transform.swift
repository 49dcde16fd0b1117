/// A rigid motion: first the rotation, then the translation.
public struct Transform: Equatable, Sendable {
  /// The rotation.
  public var rotation: Quaternion
  /// The translation in meters.
  public var translation: Vector3

  /// The identity motion.
  public static let identity = Transform(rotation: .identity, translation: .zero)

  /// Creates a motion from its parts.
  public init(rotation: Quaternion, translation: Vector3) {
    self.rotation = rotation
    self.translation = translation
  }

  /// Returns the composition that applies `right` first, then `left`.
  public static func * (left: Transform, right: Transform) -> Transform {
    Transform(
      rotation: left.rotation * right.rotation,
      translation: left.apply(right.translation))
  }

  /// Returns the transformed `point`.
  public func apply(_ point: Vector3) -> Vector3 {
    rotation.rotate(point) + translation
  }

  /// The inverse motion.
  public var inverse: Transform {
    let back = rotation.inverse
    return Transform(rotation: back, translation: back.rotate(-translation))
  }
}
