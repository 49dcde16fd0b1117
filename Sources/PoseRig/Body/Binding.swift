/// The way in which a body's surface follows its joints.
public enum Binding: Equatable, Sendable {
  /// Blended dual quaternions, for posemap's own bodies.
  case dualQuaternion(DualQuaternionSkin)
  /// Blended matrices, for imported models.
  case linear(LinearSkin)
}

/// The weights of a surface that ``Skinning`` deforms with dual quaternions.
///
/// Skin joints are the joints, then the helpers.
public struct DualQuaternionSkin: Equatable, Sendable {
  /// The frames that the skin follows in addition to the joints.
  public var helpers: [HelperJoint]
  /// Up to four skin joints per vertex, strongest first.
  public var influences: [SIMD4<UInt8>]
  /// The weights of the influences, summing to 1.
  public var weights: [SIMD4<Float>]
  /// The transforms of the skin joints from the surface to the T-pose; empty if the surface is in
  /// the T-pose.
  public var bind: [Transform]

  /// Creates a skin from its parts.
  public init(
    helpers: [HelperJoint] = [], influences: [SIMD4<UInt8>], weights: [SIMD4<Float>],
    bind: [Transform] = []
  ) {
    self.helpers = helpers
    self.influences = influences
    self.weights = weights
    self.bind = bind
  }
}
