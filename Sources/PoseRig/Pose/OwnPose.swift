/// A moment of a model's own clip as the file has it: stretched bones, hair, cloth and twists
/// included.
///
/// Joints' rotations are what bodies share; what else a clip moves has a meaning on its own model
/// only.
public struct OwnPose: Equatable, Sendable {
  /// Which model: equal to its body's ``LinearSkin/source``.
  public var source: String
  /// From the mesh's frame to the model's, for each bone of the model's ``LinearSkin``.
  public var bones: [Matrix4]
  /// Where the joints are, in the model's axes; nil for those it does not have.
  public var joints: [Vector3?]

  /// The share of each of the model's shapes that is mixed in; empty for as much as by default.
  public var shapes: [Float] = []

  /// A moment from its parts; `joints` in `JointName.allCases` order.
  public init(source: String, bones: [Matrix4], joints: [Vector3?]) {
    self.source = source
    self.bones = bones
    self.joints = joints
  }
}

extension Pose {
  /// Returns the matrices of all bones of a body, if the pose is a moment of that body's own clip.
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
  /// Poses a body's rig; in a model's own clip, joints lie where the file has them.
  public init(body: Body, pose: Pose) {
    self.init(rig: body.rig, pose: pose)
    guard let own = pose.own(of: body) else { return }
    for (index, place) in own.joints.enumerated() {
      if let place { modelFromJoint[index].translation = place }
    }
  }
}
