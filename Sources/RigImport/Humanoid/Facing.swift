internal import PoseRig

/// Finds the rotation from a file's axes to posemap's: upright, facing +Z.
enum Facing {
  /// Returns the rotation for a model at rest, and a sentence if it contradicts the format.
  static func turn(
    _ model: ForeignModel, _ rest: RestPose, _ bones: [JointName: Int]
  ) -> (Quaternion, note: String?) {
    // In posemap's own files, a character is at rest where the scene put it.
    if model.isOwn, let hips = bones[.hips] {
      return (rest.worldFromNode[hips].rotation.inverse, nil)
    }
    let seen = turn(rest, bones)
    let promised: Quaternion
    switch model.format {
    case .vrm1, .vrmAnimation: promised = .identity
    case .vrm0: promised = Quaternion(angle: .pi, axis: .unitY)
    default: return (seen ?? .identity, nil)
    }
    guard let seen else { return (promised, nil) }
    // Left and right bones determine which way it faces, hips and head which way is up; no stance
    // deviates that far.
    let difference = promised * seen.inverse
    let seenUp = seen.inverse.rotate(.unitY)
    if difference.rotate(.unitY).y < 0.5 {
      // A person who bends down is still standing.
      guard legsPoint(against: seenUp, rest, bones) else { return (promised, nil) }
      let up = axisName(seenUp)
      return (
        seen,
        "its bones say that up is \(up), but its format says +Y; it was set upright"
      )
    }
    // In a stance, a pelvis turns by less than 40°.
    guard difference.rotate(.unitZ).z < 0.77 else { return (promised, nil) }
    let way = axisName(seen.inverse.rotate(.unitZ))
    let other = model.format == .vrm0 ? "−Z" : "+Z"
    return (
      seen,
      "its left and right bones say that it faces \(way), but its format says \(other); it was turned around"
    )
  }

  /// Returns whether the legs point opposite to an up direction.
  private static func legsPoint(
    against up: Vector3, _ rest: RestPose, _ bones: [JointName: Int]
  ) -> Bool {
    Side.both.allSatisfy { side in
      guard let thigh = bones[JointName(.upperLeg, side)], let foot = bones[JointName(.foot, side)],
        let way = (rest.position(foot) - rest.position(thigh)).normalized
      else { return false }
      return way.dot(up) < -0.8
    }
  }

  private static func axisName(_ way: Vector3) -> String {
    let axis = Stance.nearestAxis(way)
    return (axis.sum() < 0 ? "−" : "+") + (axis.x != 0 ? "X" : axis.y != 0 ? "Y" : "Z")
  }

  /// Returns the rotation of a rest by its joints; nil if they do not determine it.
  private static func turn(_ rest: RestPose, _ bones: [JointName: Int]) -> Quaternion? {
    func at(_ joint: JointName) -> Vector3? { bones[joint].map(rest.position) }
    guard let hips = at(.hips), let head = at(.head) ?? at(.neck) ?? at(.spine),
      let left = at(.leftUpperLeg) ?? at(.leftUpperArm),
      let right = at(.rightUpperLeg) ?? at(.rightUpperArm),
      let up = (head - hips).normalized
    else { return nil }
    let across = left - right
    // Up is the file's +Y, unless the body is along another axis.
    let vertical = up.y > 0.7 ? Vector3.unitY : Stance.nearestAxis(up)
    guard let x = (across - vertical * across.dot(vertical)).normalized else { return nil }
    // Skeletons are rarely exactly symmetrical, so a direction near an axis means the axis.
    let snapped = Stance.nearestAxis(x)
    let side = snapped.dot(x) > 0.999 && abs(snapped.dot(vertical)) < 0.5 ? snapped : x
    return Quaternion(axes: side, vertical, side.cross(vertical)).inverse
  }

  /// Returns the rotation of a rest that is a moment of a motion: to the nearest axis, since the
  /// motion uses the file's own axes.
  static func turnOfMoment(_ rest: RestPose, _ bones: [JointName: Int]) -> Quaternion {
    guard let turn = turn(rest, bones) else { return .identity }
    let up = Stance.nearestAxis(turn.inverse.rotate(.unitY))
    let side = Stance.nearestAxis(turn.inverse.rotate(.unitX))
    guard abs(up.dot(side)) < 0.5 else { return turn }
    return Quaternion(axes: side, up, side.cross(up)).inverse
  }

  /// Returns the rotation of a motion without a plausible rest: from the axis along which it
  /// stands.
  static func turnOfMotion(_ model: ForeignModel, _ bones: [JointName: Int]) -> Quaternion {
    guard let clip = model.clips.first,
      let up = MotionStance(model, clip, bones)?.up
    else { return .identity }
    let axis = Stance.nearestAxis(up)
    return axis.dot(up) > 0.7 ? Quaternion(from: axis, to: .unitY) : .identity
  }
}
