internal import PoseRig

/// A posed character's skin joints as glTF represents them: a tree of frames, each with its rest
/// transform.
///
/// Only this type depends on the kind of rig that a character has; the rest of the conversion works
/// with frames.
struct LinearRig {
  /// One skin joint.
  struct Frame {
    var name: String
    /// The index of the parent frame, which comes earlier in the list; nil for the root.
    var parent: Int?
    /// The joint's frame relative to the parent's.
    var local: Transform
    /// The joint's frame at rest, in the character's own space.
    var modelFromRest: Transform
  }

  /// The frames, in the order in which the surface's influences number them.
  var frames: [Frame]

  /// Takes the joints, then the helpers, of a character.
  init(_ character: PosedCharacter) {
    let (rig, posed) = (character.body.rig, character.posedRig)
    frames = JointName.allCases.map { joint in
      Frame(
        name: joint.rawValue, parent: joint.parent?.index,
        local: Self.local(posed.modelFromJoint[joint.index], of: joint, rig, posed),
        modelFromRest: Transform(rotation: .identity, translation: rig[joint]))
    }
    frames += character.body.helpers.map { helper in
      Frame(
        name: helper.name, parent: helper.joint.parent?.index,
        local: Self.local(helper.modelFromHelper(in: posed), of: helper.joint, rig, posed),
        modelFromRest: Transform(rotation: .identity, translation: rig[helper.joint]))
    }
  }

  /// The transforms by which each frame moves points from rest, in the character's own space.
  var motions: [Transform] {
    var modelFromFrame: [Transform] = []
    for frame in frames {
      let parent = frame.parent.map { modelFromFrame[$0] } ?? .identity
      modelFromFrame.append(parent * frame.local)
    }
    return zip(modelFromFrame, frames).map { $0 * $1.modelFromRest.inverse }
  }

  private static func local(
    _ modelFromFrame: Transform, of joint: JointName, _ rig: Rig, _ posed: PosedRig
  ) -> Transform {
    guard let parent = joint.parent else { return modelFromFrame }
    let modelFromParent = posed.modelFromJoint[parent.index]
    let atRest = rig[joint] - rig[parent]
    let moved = modelFromParent.rotation.inverse.rotate(
      modelFromFrame.translation - modelFromParent.translation)
    // Use the bone's rest offset, so that the file has its exact length without rounding errors;
    // unless a clip of the model itself stretches it.
    return Transform(
      rotation: (modelFromParent.rotation.inverse * modelFromFrame.rotation).normalized,
      translation: (moved - atRest).length > 1e-5 ? moved : atRest)
  }
}
