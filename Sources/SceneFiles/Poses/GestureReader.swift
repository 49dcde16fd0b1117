internal import PoseRig

/// Reads `"gesture"`: the named action of one or both arms.
///
/// A gesture is a pose file that contains only arms, written for the right arm or for both: their
/// angles, their fingers, and the goals that place them on the figure's own body.
extension PoseReader {
  static let gestureKeys = ["left", "right", "both", "at"]
  /// The folder of the library's gestures.
  static let gestures = "gestures/"

  /// Applies the gestures of a pose to its arms: `"wave"`, or `{"left": "hand-on-hip"}`.
  mutating func readGestures(
    of parent: ObjectReader, chain: [String], into written: inout WrittenPose
  ) {
    guard let node = parent.node("gesture") else { return }
    // A name alone applies to the right arm, or to both arms with the right one leading.
    if case .string(let name) = node.value {
      guard let gesture = gesture(name, at: node, of: parent, chain) else { return }
      return written.take(gesture, from: origin(node, parent))
    }
    guard
      let reader = ObjectReader(
        node, "\"gesture\"", allowed: Self.gestureKeys, file: parent.file, log: log)
    else { return }
    let target = reader.node("at").flatMap {
      GoalReader(file: parent.file, log: log).point(
        $0, offset: nil, what: "\"at\"", allowsCamera: true)
    }
    let keys = ["both", "left", "right"].filter(reader.has)
    if keys.isEmpty {
      log.error(
        .missingKey, parent.file, node.location,
        "\"gesture\" must say which arm: {\"right\": \"wave\"}, or left or both")
    }
    var takesTarget = false
    for key in keys {
      guard let name = reader.string(key), let item = reader.node(key),
        var gesture = gesture(name, at: item, of: parent, chain)
      else { continue }
      if gesture.arms.count > 1, keys.count > 1 {
        reader.error(
          .conflict, key, "\"\(name)\" takes both arms; give no other gesture beside it")
        continue
      }
      if let target { takesTarget = gesture.aim(at: target) || takesTarget }
      let origin = origin(item, parent)
      switch key {
      case "left": written.take(gesture.mirrored, from: origin)
      case "both" where gesture.arms.count == 1:
        written.take(gesture, from: origin)
        written.take(gesture.mirrored, from: origin)
      default: written.take(gesture, from: origin)
      }
    }
    if target != nil, !takesTarget, !log.hasErrors {
      reader.error(
        .misplacedKey, "at",
        "\"at\" is for gestures that are meant for someone, such as point or wave; "
          + "these have no direction")
    }
  }

  private func origin(_ node: JSONNode, _ reader: ObjectReader) -> FileOrigin {
    FileOrigin(file: reader.file, location: node.location)
  }

  private mutating func gesture(
    _ name: String, at node: JSONNode, of parent: ObjectReader, _ chain: [String]
  ) -> WrittenPose? {
    pose(
      named: name.hasSuffix(".json") ? name : Self.gestures + name, from: parent.file,
      at: node.location, chain: chain)
  }
}

extension WrittenPose {
  /// The sides with an arm that the gesture sets.
  fileprivate var arms: [Side] {
    Side.both.filter { side in
      pose.goals.reach[JointName(.hand, side)] != nil
        || JointName.arm(side).contains { pose[$0] != .identity }
    }
  }

  /// Copies arms with their goals; a gesture without a goal removes the arm's own goal.
  fileprivate mutating func take(_ gesture: WrittenPose, from origin: FileOrigin) {
    for side in gesture.arms {
      for joint in JointName.arm(side) { pose[joint] = gesture.pose[joint] }
      let hand = JointName(.hand, side)
      let goal = gesture.pose.goals.reach[hand]
      pose.goals.reach[hand] = goal
      goals[.reach(hand)] = goal == nil ? nil : origin
    }
  }

  /// Aims everything that the gesture directs forward at a point; returns whether there was
  /// anything.
  fileprivate mutating func aim(at point: PoseGoals.Point) -> Bool {
    let forward = PoseGoals.Direction.own(.unitZ)
    var isAimed = false
    func aimed(_ direction: PoseGoals.Direction?) -> PoseGoals.Direction? {
      guard direction == forward else { return direction }
      isAimed = true
      return .toward(point)
    }
    for (hand, goal) in pose.goals.reach {
      var goal = goal
      if case .stretched(let direction, let extent) = goal.at {
        goal.at = .stretched(aimed(direction) ?? direction, extent: extent)
      }
      goal.palm = aimed(goal.palm)
      goal.fingers = aimed(goal.fingers)
      pose.goals.reach[hand] = goal
    }
    return isAimed
  }
}

extension JointName {
  /// The joints of an arm, from the collarbone to the fingers.
  fileprivate static func arm(_ side: Side) -> [JointName] {
    allCases.filter {
      $0.side == side && [.arm, .fingers].contains($0.kind.limb)
    }
  }
}
