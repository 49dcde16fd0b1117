internal import PoseRig

/// A posed character's skin joints as glTF has them: frames in a tree, each with its place at rest.
///
/// All that knows what kind of rig a character has is here; the rest of the conversion sees frames.
struct LinearRig {
  /// One skin joint.
  struct Frame {
    var name: String
    /// Index of the frame that carries it, which stands before it; nil for the root.
    var parent: Int?
    /// The joint's frame in the parent's.
    var local: Transform
    /// The joint's frame at rest, in the character's own space.
    var modelFromRest: Transform
  }

  /// In the order in which the surface's influences count them.
  var frames: [Frame]

  /// The joints, then the helpers, of a character.
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

  /// How each frame moves a point from rest, in the character's own space.
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
    // The bone as it is at rest, so that the file has its length and not a sum of rounding; unless a
    // model's own clip stretches it.
    return Transform(
      rotation: (modelFromParent.rotation.inverse * modelFromFrame.rotation).normalized,
      translation: (moved - atRest).length > 1e-5 ? moved : atRest)
  }
}
