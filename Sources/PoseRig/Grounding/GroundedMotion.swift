extension PoseMotion {
  /// Returns the motion on a body, with its feet kept in place while they stand; nil if no foot
  /// ever stands, or if the motion is too short.
  ///
  /// Contacts are detected in the skeleton that the motion was made on (``skeleton``, otherwise the
  /// body's), once and from the whole motion. A standing foot is where the body would put it on
  /// average, flat if heel and ball stand, and its ground is horizontal: the lowest height at which
  /// the feet often stand is the body's y = 0, and a surface more than 0.06 leg lengths above or
  /// below keeps its height. Between contacts, the corrections fade. Knees bend as before; hips are
  /// lowered if a leg would not reach.
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
    var grounded = mapped { solver.hold($0, plan.moment($1)) }
    grounded.skeleton = rig
    grounded.isGrounded = true
    return grounded
  }
}

/// Poses a body with its feet where a plan has them.
struct FootHold: Sendable {
  let body: Body
  let soles: [FootSole]

  /// The weight of a thigh's front in the knee's direction, in leg lengths: a knee that is nearly
  /// straight has no direction of its own.
  private static let kneeHint = 0.02

  /// Returns a pose with corrected hips and feet.
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
      // In a model's own clip, joints can be in other positions than their rotations imply.
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

  /// Returns a model's own clip with its bones moved along with the joints that carry them.
  private func moved(_ own: OwnPose, _ before: PosedRig, _ pose: Pose) -> OwnPose? {
    guard case .linear(let skin) = body.binding else { return nil }
    let after = PosedRig(rig: body.rig, pose: pose)
    let steps = JointName.allCases.indices.map {
      var step = after.modelFromJoint[$0] * before.modelFromJoint[$0].inverse
      // The clip has the file's scale.
      step.translation /= skin.scale
      return step
    }
    var moved = own
    for (index, bone) in skin.bones.enumerated() {
      moved.bones[index] = Matrix4(steps[bone.joint.index]) * own.bones[index]
    }
    moved.joints = own.joints.enumerated().map { index, position in position.map(steps[index].apply)
    }
    return moved
  }
}
