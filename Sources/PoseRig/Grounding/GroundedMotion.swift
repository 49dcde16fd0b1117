extension PoseMotion {
  /// Returns the motion with its feet held where they stand, on a body; nil if no foot stands
  /// anywhere, or if there is no time in which one could.
  ///
  /// Contacts are found in the skeleton that the motion was made on (``skeleton``; without one, in
  /// the body's), once and from the whole motion. While a foot stands it is where the body would
  /// put it on average, flat if heel and ball stand, and its ground is level: the lowest at which
  /// the feet often stand is the body's y = 0, and what is more than 0.06 legs above or below keeps
  /// its height. In between the corrections fade. Knees bend as before; hips go down where a leg
  /// would not reach.
  public func grounded(on body: Body) -> PoseMotion? {
    let source = skeleton ?? body.rig
    guard let course = FootCourse(self, on: source) else { return nil }
    let contacts = ContactSearch.contacts(in: course)
    guard !contacts.isEmpty else { return nil }
    let (rig, soles) = (body.rig, Side.both.map { FootSole(body, $0) })
    let free = (0...(course.count - 1)).concurrentMap {
      FreePose(body, pose(at: Double($0) / course.rate))
    }
    let plan = GroundPlan(contacts, on: rig, soles, free: free, rate: course.rate)
    let solver = FootHold(body: body, soles: soles)
    var grounded = PoseMotion(name: name, duration: duration, frameRate: frameRate) {
      solver.hold(pose(at: $0), plan.moment($0))
    }
    grounded.skeleton = rig
    grounded.isGrounded = true
    return grounded
  }
}

/// Poses a body so that its feet are where a plan has them.
struct FootHold: Sendable {
  let body: Body
  let soles: [FootSole]

  /// How much a thigh's own front counts for where its knee points, in legs: a knee that is nearly
  /// straight points nowhere by itself.
  private static let kneeHint = 0.02

  /// Returns a pose with hips and feet corrected.
  func hold(_ pose: Pose, _ plan: GroundPlan.Moment) -> Pose {
    let rig = body.rig
    let free = FreePose(body, pose)
    let before = PosedRig(rig: rig, pose: pose)
    var held = pose
    held.translation = before.position(of: .hips) - rig[.hips] + Vector3(0, plan.hips, 0)
    held.legLength = rig.legLength
    for (side, sole) in soles.enumerated() {
      let correction = plan.feet[side]
      let turn = Quaternion(rotationVector: correction.turn) * free.feet[side].rotation
      let toes = correction.toes(pose[sole.toes], foot: turn, sole)
      var target = free.feet[side].translation + correction.shift
      let lowest = sole.lowest(Transform(rotation: turn, translation: target), toes: toes)
      target.y += max(0, correction.ground - lowest)
      target = free.within(target, side, hips: plan.hips)
      // A model's own clip may have its joints elsewhere than their turns put them.
      let apart = before.position(of: sole.foot) - free.feet[side].translation
      bend(&held, sole, before, to: target + apart)
      let shin = PosedRig.frame(of: JointName(.lowerLeg, sole.foot.side), rig, held).rotation
      held[sole.foot] = (shin.inverse * turn).normalized
      held[sole.toes] = toes
    }
    held.own = pose.own(of: body) == nil ? nil : pose.own.flatMap { moved($0, before, held) }
    return held
  }

  private func bend(
    _ pose: inout Pose, _ sole: FootSole, _ before: PosedRig, to target: Vector3
  ) {
    let rig = body.rig
    let side = sole.foot.side
    let thigh = before.modelFromJoint[JointName(.upperLeg, side).index]
    let knee = before.position(of: JointName(.lowerLeg, side))
    let ankle = before.position(of: sole.foot)
    let bulge = knee - (thigh.translation + ankle) / 2
    let pole = bulge + thigh.rotation.rotate(.unitZ) * (Self.kneeHint * rig.legLength)
    _ = LimbSolver(rig, end: sole.foot, tip: .zero).solve(&pose, target: target, pole: pole)
  }

  /// Returns a model's own clip with its bones moved as the joints that carry them were.
  private func moved(_ own: OwnPose, _ before: PosedRig, _ pose: Pose) -> OwnPose? {
    guard case .linear(let skin) = body.binding else { return nil }
    let after = PosedRig(rig: body.rig, pose: pose)
    let steps = JointName.allCases.indices.map {
      var step = after.modelFromJoint[$0] * before.modelFromJoint[$0].inverse
      // The clip is in the file's size.
      step.translation /= skin.scale
      return step
    }
    var moved = own
    for (index, bone) in skin.bones.enumerated() {
      moved.bones[index] = Matrix4(steps[bone.joint.index]) * own.bones[index]
    }
    moved.joints = own.joints.enumerated().map { index, place in place.map(steps[index].apply) }
    return moved
  }
}
