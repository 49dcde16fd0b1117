extension GoalSolver {
  /// How far from the wrist skin counts that fingers may meet, in meters, on a hand of usual size.
  private static let reach = 0.28
  /// How fast the joints of a finger bend beside each other.
  private static let rates = Vector3(1, 0.8, 0.5)
  /// The thumbs from which one closes: how far off the palm, and how far across it, in degrees.
  private static let thumbs: [(lift: Double, across: Double)] = [
    (40, -15), (20, -20), (5, -25), (-10, -25), (-15, -30),
  ]
  /// The depth from which a hand is lifted, in meters: less than what is allowed, since skin bunches
  /// where fingers bend.
  private static let clear = 0.6 * GripFit.deepestAllowed
  /// How often a hand is lifted off what its fingers are in.
  private static let liftings = 3

  /// Lays the fingers of hands around what their palms touch, where goals ask for it, and the fingers
  /// of a free hand that is touched around the other.
  ///
  /// Where fingers cannot open far enough to be out of it, the hand is lifted.
  ///
  /// - Parameter group: those who reached their goals together.
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

  /// Closes a hand around what a goal names; returns how deep it is in it then, in meters.
  private mutating func wrap(
    _ hand: JointName, of id: String, around point: PoseGoals.Point
  ) -> Double {
    guard case .named(let owner, let part, _) = point else { return 0 }
    if owner != "props" { return wrap(hand, of: id, around: owner) }
    guard let prop = try? places.prop(part).prop else { return 0 }
    return wrap(hand, of: id, around: PropSolid(prop))
  }

  /// Closes a hand around the skin of a character.
  private mutating func wrap(
    _ hand: JointName, of id: String, around owner: String
  ) -> Double {
    guard let posed = places.skinned(id), let other = places.skinned(owner) else { return 0 }
    let arm: [JointName] = [hand, hand.parent ?? hand]
    let skin = SkinObstacle(
      other, around: posed.position(of: hand), within: Self.reach * posed.body.rig.size
    ) { joint in
      // A hand does not close around itself.
      owner != id || !arm.contains(joint) && !(joint.side == hand.side && joint.kind.finger != nil)
    }
    return wrap(hand, of: id, around: skin)
  }

  /// Closes the fingers of a hand until each touches; one that meets nothing stays as the pose has
  /// it, unless it is in the thing there. Returns how deep fingers are in the thing then, in meters.
  private mutating func wrap(
    _ hand: JointName, of id: String, around thing: any HandObstacle
  ) -> Double {
    guard let posed = places.rigged(id), let skin = HandSkin(posed.body, hand) else { return 0 }
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
    // As the pose itself has its fingers: an earlier try may have closed them.
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

  /// Closes the thumb from the side from which it bends least and is in nothing.
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
      // A millimeter inside counts as much as fifty degrees.
      let fault =
        max(0, -gap - HandCloser.touch) * 50_000 + max(0, gap - GripFit.touching) * 5000 + bends.x
        + bends.y + abs(lift - 20) * 0.3
      if fault < best.fault { best = (closer.shape, fault) }
    }
    closer.take(best.shape)
  }
}
