extension GoalSolver {
  /// The distance from the wrist within which fingers can meet skin, in meters, on a hand of
  /// typical size.
  private static let reach = 0.28
  /// The relative bend rates of the joints of a finger.
  private static let rates = Vector3(1, 0.8, 0.5)
  /// The initial positions of the thumb: the angles off the palm and across it, in degrees.
  private static let thumbs: [(lift: Double, across: Double)] = [
    (40, -15), (20, -20), (5, -25), (-10, -25), (-15, -30),
  ]
  /// The depth from which a hand is lifted, in meters: less than the allowed depth, since skin
  /// bunches where fingers bend.
  private static let clear = 0.6 * GripFit.deepestAllowed
  /// The number of times that a hand is lifted off a surface.
  private static let liftings = 3

  /// Closes the fingers of hands around the things that their palms touch, if goals request it, and
  /// the fingers of a free hand around the hand that touches it.
  ///
  /// If fingers cannot open far enough to avoid an intersection, the hand is lifted.
  ///
  /// - Parameter group: the characters that reached their goals together.
  mutating func wrapHands(_ index: Int, of group: [Int]) {
    let id = scene.characters[index].id
    let goals = scene.characters[index].pose.goals
    let hands = [JointName.leftHand, .rightHand].filter {
      goals.reach[$0]?.wraps == true && !holds($0, id)
    }
    for lifting in 0...Self.liftings where !hands.isEmpty {
      var isClear = true
      for hand in hands {
        guard let goal = goals.reach[hand] else { continue }
        let depth = wrap(hand, of: id, around: goal.at)
        guard depth > Self.clear else { continue }
        lifts[id, default: [:]][hand, default: 0] += depth
        isClear = false
      }
      if isClear || lifting == Self.liftings { break }
      reach(group)
      for member in group {
        carry(member)
        closeHands(member)
      }
    }
    for hand in hands {
      guard case .named(let owner, let part, _)? = goals.reach[hand]?.at,
        let other = JointName(rawValue: part), other.kind == .hand, !holds(other, owner)
      else { continue }
      _ = wrap(other, of: owner, around: id)
    }
  }

  private func holds(_ hand: JointName, _ id: String) -> Bool {
    scene.characters.contains { $0.id == id && $0.hold[hand] != nil }
  }

  /// Closes a hand around the target of a goal; returns the resulting depth inside it, in meters.
  private mutating func wrap(
    _ hand: JointName, of id: String, around point: PoseGoals.Point
  ) -> Double {
    guard case .named(let owner, let part, _) = point else { return 0 }
    if owner != "props" { return wrap(hand, of: id, around: owner) }
    guard let prop = try? state.prop(part).prop else { return 0 }
    return wrap(hand, of: id, around: PropSolid(prop))
  }

  /// Closes a hand around the skin of a character.
  private mutating func wrap(
    _ hand: JointName, of id: String, around owner: String
  ) -> Double {
    guard let posed = state.skinned(id), let other = state.skinned(owner) else { return 0 }
    let arm: [JointName] = [hand, hand.parent ?? hand]
    let skin = SkinObstacle(
      other, around: posed.position(of: hand), within: Self.reach * posed.body.rig.size
    ) { joint in
      // A hand does not close around itself.
      owner != id || !arm.contains(joint) && !(joint.side == hand.side && joint.kind.finger != nil)
    }
    return wrap(hand, of: id, around: skin)
  }

  /// Closes the fingers of a hand until each one touches; a finger that meets nothing keeps its
  /// pose, unless that is inside the thing. Returns the depth of fingers inside the thing, in
  /// meters.
  private mutating func wrap(
    _ hand: JointName, of id: String, around thing: any HandObstacle
  ) -> Double {
    guard let posed = state.rigged(id), let skin = HandSkin(posed.body, hand) else { return 0 }
    let frame = posed.frame(of: hand)
    var closer = HandCloser(skin, thing, .open)
    closer.propFromHand = frame
    for finger in 1..<Finger.allCases.count {
      closer.open(finger)
      closer.close(finger, Self.rates)
      if abs(closer.nearest(finger).gap) > GripFit.touching {
        var shape = closer.shape
        shape.bends[finger - 1] = HandShape.open.bends[finger - 1]
        closer.take(shape)
        closer.open(finger)
      }
    }
    closeThumb(&closer)
    var pose = poses[id] ?? .rest
    // Start from the pose's own fingers, since an earlier attempt might have closed them.
    let asked = scene.characters.first { $0.id == id }?.pose ?? .rest
    for joint in JointName.allCases where joint.side == hand.side && joint.isOfFinger {
      pose[joint] = asked[joint]
    }
    let motions = skin.motions(PosedRig(body: posed.body, pose: pose))
    var deepest = 0.0
    for (number, finger) in Finger.allCases.enumerated() {
      let gap = closer.nearest(number).gap
      let before =
        skin.points(of: number, motions).map { thing.distance(to: frame.apply(Vector3($0))) }
        .min() ?? .infinity
      guard abs(gap) <= GripFit.touching || before < -GripFit.deepestAllowed else { continue }
      deepest = max(deepest, -gap)
      for (joint, rotation) in closer.fingers where finger.joints.contains(joint.kind) {
        pose[joint] = rotation
      }
    }
    take(pose, id)
    return deepest
  }

  /// Closes the thumb from the side on which it bends least and intersects nothing.
  private func closeThumb(_ closer: inout HandCloser) {
    let start = closer.shape
    var best = (shape: start, fault: Double.infinity)
    for (lift, across) in Self.thumbs {
      var shape = start
      shape.thumb = Vector3(across, lift, 10)
      shape.thumbBends = SIMD2(0, 0)
      closer.take(shape)
      closer.open(0)
      closer.close(0, Vector3(1, 0.6, 0.5))
      let gap = closer.nearest(0).gap
      let bends = closer.shape.thumbBends
      // A depth of one millimeter is as bad as fifty degrees.
      let fault =
        max(0, -gap - HandCloser.touch) * 50_000 + max(0, gap - GripFit.touching) * 5000 + bends.x
        + bends.y + abs(lift - 20) * 0.3
      if fault < best.fault { best = (closer.shape, fault) }
    }
    closer.take(best.shape)
  }
}
