internal import PoseRig

/// The rest that a model's poses are relative to, if its file does not state one.
///
/// Surfaces are bound in their rest. A motion without a surface has at most a default pose, which
/// can be any pose. In that case the rest is the pose with all rotations at zero, or a moment of
/// the motion, if it looks like a person standing at rest; otherwise there is no rest.
struct AssumedRest {
  /// The positions of nodes.
  private(set) var rest: RestPose
  /// Whether a person could stand in it; if not, joints are set upright by their offsets.
  private(set) var isStanding = true
  /// Whether the rest is a moment of the motion, which can face in any direction.
  private(set) var isMoment = false
  /// The assumption, in a sentence.
  private(set) var note: String?

  /// The oddness, in degrees, up to which a default pose is used as a rest without trying others.
  private static let usualOddness = 20.0
  /// The oddness, in degrees, up to which a moment of the motion is used.
  private static let momentOddness = 6.0
  /// The number of moments to try per clip, and of clips.
  private static let (moments, clips) = (60, 8)

  init(_ model: ForeignModel, _ bones: [JointName: Int]) {
    rest = RestPose(model, bones: bones)
    guard model.meshes.isEmpty, model.skins.isEmpty, !model.clips.isEmpty, !model.isInTPose else {
      return
    }
    let own = Self.stance(rest, bones)
    if own.isStanding, own.oddness < Self.usualOddness { return }
    let bar = own.isStanding ? own.oddness - 15 : 90
    let zero = RestPose(zeroOf: model)
    let zeroStance = Self.stance(zero, bones)
    if zeroStance.isStanding, zeroStance.oddness < min(bar, Self.usualOddness) {
      rest = zero
      note =
        "its default pose is not a rest pose; the pose with all rotations at zero was used as one, because its limbs are straight and symmetrical"
      return
    }
    if let (moment, time, clip) = Self.best(model, bones, below: min(bar, Self.momentOddness)) {
      rest = moment
      isMoment = true
      let name = clip.name.isEmpty ? "its clip" : "\"\(clip.name)\""
      let fault =
        own.isStanding
        ? "its default pose is not symmetrical, as in a step"
        : "nobody could stand in its rest pose"
      note =
        "\(fault); the pose at \((time * 1000).rounded() / 1000) s of \(name), which is straight and symmetrical, was used as one"
      return
    }
    if own.isStanding { return }
    isStanding = false
    note =
      "nobody could stand in its rest pose; limbs and trunk were set upright by the joints' offsets, and how its head and feet are turned is a guess"
  }

  private static func stance(_ rest: RestPose, _ bones: [JointName: Int]) -> Stance {
    Stance { bones[$0].map(rest.position) }
  }

  /// Returns the moment of the clips that is most like a rest.
  private static func best(
    _ model: ForeignModel, _ bones: [JointName: Int], below limit: Double
  ) -> (RestPose, Double, ForeignModel.Clip)? {
    var best: (rest: RestPose, time: Double, clip: ForeignModel.Clip, oddness: Double)?
    for clip in model.clips.prefix(clips) {
      for step in 0..<moments {
        let time = clip.duration * Double(step) / Double(moments - 1)
        let moment = RestPose(NodePose(model, clip: clip, time: time))
        let stance = stance(moment, bones)
        guard stance.isStanding, stance.oddness < best?.oddness ?? limit else { continue }
        best = (moment, time, clip, stance.oddness)
      }
    }
    return best.map { ($0.rest, $0.time, $0.clip) }
  }
}
