/// How a body's surface follows its joints.
public enum Binding: Equatable, Sendable {
  /// Bodies of ours: blended dual quaternions.
  case dualQuaternion(DualQuaternionSkin)
  /// Foreign models: blended matrices.
  case linear(LinearSkin)
}

/// The weights of a surface that ``Skinning`` bends by dual quaternions.
///
/// Skin joints are the joints, then the helpers.
public struct DualQuaternionSkin: Equatable, Sendable {
  /// Extra frames that the skin follows beside the joints.
  public var helpers: [HelperJoint]
  /// Up to four skin joints a vertex, strongest first.
  public var influences: [SIMD4<UInt8>]
  /// The weights of the influences, summing to 1.
  public var weights: [SIMD4<Float>]
  /// How each skin joint carries the surface to the T-pose first; empty if the surface is in it.
  public var bind: [Transform]

  /// A skin from its parts.
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
