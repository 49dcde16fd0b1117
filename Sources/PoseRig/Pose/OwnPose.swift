/// A moment of a model's own clip exactly as in the file, including stretched bones, hair, cloth
/// and twists.
///
/// Bodies share only the rotations of joints; anything else that a clip moves has a meaning only
/// for its own model.
public struct OwnPose: Equatable, Sendable {
  /// The model, equal to its body's ``LinearSkin/source``.
  public var source: String
  /// The matrix from the mesh's frame to the model's, for each bone of the model's ``LinearSkin``.
  public var bones: [Matrix4]
  /// The positions of the joints, in the model's axes; nil for those that the model does not have.
  public var joints: [Vector3?]

  /// The weight of each of the model's shapes; empty for the default weights.
  public var shapes: [Float] = []

  /// Creates a moment from its parts, with `joints` in `JointName.allCases` order.
  public init(source: String, bones: [Matrix4], joints: [Vector3?]) {
    self.source = source
    self.bones = bones
    self.joints = joints
  }
}

extension Pose {
  /// Returns the moment if it belongs to a clip of this body's own model; otherwise nil.
  func own(of body: Body) -> OwnPose? {
    guard var own, case .linear(let skin) = body.binding, own.source == skin.source,
      own.bones.count == skin.bones.count
    else { return nil }
    if skin.scale != 1 {
      own.bones = own.bones.map { Matrix4(scale: skin.scale) * $0 }
      own.joints = own.joints.map { $0.map { $0 * skin.scale } }
    }
    return own
  }
}

extension PosedRig {
  /// Poses a body's rig; in a model's own clip, joints are in the file's positions.
  public init(body: Body, pose: Pose) {
    self.init(rig: body.rig, pose: pose)
    guard let own = pose.own(of: body) else { return }
    for (index, position) in own.joints.enumerated() {
      if let position { modelFromJoint[index].translation = position }
    }
  }
}
