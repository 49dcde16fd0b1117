internal import PoseRig

/// The rotation that sets a clip upright.
struct ClipTurn: Sendable {
  private let clip: ForeignModel.Clip
  /// The rotation in the file's axes; nil for a clip that stands like the rest.
  let turn: Quaternion?
  /// Whether the clip would be rotated if it did not lie on the rest's floor.
  let isLying: Bool

  init(_ clip: ForeignModel.Clip, turn: Quaternion?, isLying: Bool = false) {
    (self.clip, self.turn, self.isLying) = (clip, turn, isLying)
  }

  /// Returns whether the rotation belongs to a clip; several clips can share a name and a length.
  func isOf(_ clip: ForeignModel.Clip) -> Bool { self.clip == clip }
}

extension HumanoidModel {
  /// The largest number of clips to examine.
  private static let mostClips = 256

  /// Returns the rotations of all clips.
  static func turns(
    of model: ForeignModel, _ bones: [JointName: Int], restUp: Vector3
  ) -> [ClipTurn] {
    guard !model.isOwn else { return [] }
    let clips = model.clips.prefix(mostClips)
    let stances = clips.map { MotionStance(model, $0, bones) }
    // If another clip stands like the rest, the file has consistent axes, and this clip is lying.
    let isMixed = stances.contains { $0?.stands(along: restUp) ?? false }
    return zip(clips, stances).map { clip, stance in
      guard !isMixed, let stance, let other = stance.otherUp(than: restUp) else {
        return ClipTurn(clip, turn: nil)
      }
      if stance.liesOnFloor(of: restUp) { return ClipTurn(clip, turn: nil, isLying: true) }
      return ClipTurn(clip, turn: Quaternion(from: other, to: restUp))
    }
  }

  /// Returns the nodes at a time of a clip, upright.
  func nodes(of clip: ForeignModel.Clip, at time: Double) -> NodePose {
    let nodes = NodePose(model, clip: clip, time: time)
    guard let turn = clipTurns.first(where: { $0.isOf(clip) })?.turn else { return nodes }
    return nodes.turned(by: turn)
  }
}

/// The directions in which elbows and knees bend in a model's motion.
enum Bends {
  private static let moments = 60

  /// Returns the bend direction of forearms and shins relative to the upper bone at rest, in the
  /// model's axes, by upper arm and upper leg; limbs that stay straight are left out.
  static func of(
    _ model: ForeignModel, _ bones: [JointName: Int], rest: RestPose, facing: Quaternion
  ) -> [JointName: Vector3] {
    let rotations = rest.rotations
    let limbs = Side.both.flatMap { side in
      [
        (JointKind.upperArm, JointKind.lowerArm, JointKind.hand), (.upperLeg, .lowerLeg, .foot),
      ].map { (JointName($0, side), JointName($1, side), JointName($2, side)) }
    }
    var most: [JointName: (bend: Double, way: Vector3)] = [:]
    for clip in model.clips.prefix(4) {
      for step in 0..<moments {
        let time = clip.duration * Double(step) / Double(moments - 1)
        let nodes = NodePose(model, clip: clip, time: time)
        let turns = nodes.rotations
        for (upper, middle, end) in limbs {
          guard let one = bones[upper], let two = bones[middle], let three = bones[end],
            let bone = (nodes.position(two) - nodes.position(one)).normalized,
            let next = (nodes.position(three) - nodes.position(two)).normalized
          else { continue }
          let aside = next - bone * next.dot(bone)
          // Below 15°, the direction is unreliable.
          guard aside.length > max(most[upper]?.bend ?? 0, 0.26) else { continue }
          let local = turns[one].inverse.rotate(aside / aside.length)
          most[upper] = (aside.length, facing.rotate(rotations[one].rotate(local)))
        }
      }
    }
    return most.mapValues(\.way)
  }
}
