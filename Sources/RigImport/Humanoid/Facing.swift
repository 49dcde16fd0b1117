internal import PoseRig

/// The turn from a file's axes to ours: upright, facing +Z.
enum Facing {
  /// Returns the turn for a model at rest, and a sentence if its format promises another.
  static func turn(
    _ model: ForeignModel, _ rest: RestPose, _ bones: [JointName: Int]
  ) -> (Quaternion, note: String?) {
    // In posemap's own files a character rests where the scene put it.
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
    // Left and right bones say which way it faces, hips and head which way is up; so far off no
    // stance is.
    let difference = promised * seen.inverse
    let seenUp = seen.inverse.rotate(.unitY)
    if difference.rotate(.unitY).y < 0.5 {
      // Who bends down stands all the same.
      guard legsPoint(against: seenUp, rest, bones) else { return (promised, nil) }
      let up = axisName(seenUp)
      return (
        seen,
        "its bones say that up is \(up), but its format says +Y; it was set upright"
      )
    }
    // A pelvis turns by less than 40° in a stance.
    guard difference.rotate(.unitZ).z < 0.77 else { return (promised, nil) }
    let way = axisName(seen.inverse.rotate(.unitZ))
    let other = model.format == .vrm0 ? "−Z" : "+Z"
    return (
      seen,
      "its left and right bones say that it faces \(way), but its format says \(other); it was turned around"
    )
  }

  /// Returns whether the legs point down where up is a direction.
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

  /// Returns the turn of a rest by its joints; nil if they do not tell.
  private static func turn(_ rest: RestPose, _ bones: [JointName: Int]) -> Quaternion? {
    func at(_ joint: JointName) -> Vector3? { bones[joint].map(rest.position) }
    guard let hips = at(.hips), let head = at(.head) ?? at(.neck) ?? at(.spine),
      let left = at(.leftUpperLeg) ?? at(.leftUpperArm),
      let right = at(.rightUpperLeg) ?? at(.rightUpperArm),
      let up = (head - hips).normalized
    else { return nil }
    let across = left - right
    // Up is the file's +Y, unless the body lies along another axis.
    let vertical = up.y > 0.7 ? Vector3.unitY : Stance.nearestAxis(up)
    guard let x = (across - vertical * across.dot(vertical)).normalized else { return nil }
    // A skeleton is seldom symmetrical to the last bit: nearly along an axis is along it.
    let snapped = Stance.nearestAxis(x)
    let side = snapped.dot(x) > 0.999 && abs(snapped.dot(vertical)) < 0.5 ? snapped : x
    return Quaternion(axes: side, vertical, side.cross(vertical)).inverse
  }

  /// Returns the turn of a rest that is a moment of a motion: to the nearest axis, since the file's
  /// own axes hold for the motion.
  static func turnOfMoment(_ rest: RestPose, _ bones: [JointName: Int]) -> Quaternion {
    guard let turn = turn(rest, bones) else { return .identity }
    let up = Stance.nearestAxis(turn.inverse.rotate(.unitY))
    let side = Stance.nearestAxis(turn.inverse.rotate(.unitX))
    guard abs(up.dot(side)) < 0.5 else { return turn }
    return Quaternion(axes: side, up, side.cross(up)).inverse
  }

  /// Returns the turn of a motion whose rest nobody could stand in: from the axis along which it
  /// stands.
  static func turnOfMotion(_ model: ForeignModel, _ bones: [JointName: Int]) -> Quaternion {
    guard let clip = model.clips.first,
      let up = MotionStance(model, clip, bones)?.up
    else { return .identity }
    let axis = Stance.nearestAxis(up)
    return axis.dot(up) > 0.7 ? Quaternion(from: axis, to: .unitY) : .identity
  }
}
