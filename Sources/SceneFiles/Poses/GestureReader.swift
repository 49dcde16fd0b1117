package import PoseRig

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
      return written.take(gesture, phrase(of: name, parent), from: origin(node, parent))
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
      let isAimed = target.map { gesture.aim(at: $0) } ?? false
      takesTarget = isAimed || takesTarget
      let (origin, phrase) = (origin(item, parent), phrase(of: name, parent))
      let forms =
        switch key {
        case "left": [gesture.mirrored]
        case "both" where gesture.arms.count == 1: [gesture, gesture.mirrored]
        default: [gesture]
        }
      for form in forms { written.take(form, phrase, at: isAimed ? target : nil, from: origin) }
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
      named: Self.poseName(ofGesture: name), from: parent.file, at: node.location, chain: chain)
  }

  /// Returns the name of the pose that a gesture is.
  private static func poseName(ofGesture name: String) -> String {
    name.hasSuffix(".json") ? name : gestures + name
  }

  /// Returns the words that a gesture's file has for it.
  private func phrase(of name: String, _ parent: ObjectReader) -> String {
    let path = path(of: Self.poseName(ofGesture: name), from: parent.file)
    let document = try? path.map(documents.document)?.get()
    return PoseCard(name, of: document).phrase
  }
}

extension WrittenPose {
  /// The sides with an arm that the gesture sets.
  fileprivate var arms: [Side] { pose.gesturingArms }

  /// Copies arms with their goals; a gesture without a goal removes the arm's own goal.
  fileprivate mutating func take(
    _ gesture: WrittenPose, _ phrase: String, at target: PoseGoals.Point? = nil,
    from origin: FileOrigin
  ) {
    name(Gesture(phrase: phrase, arms: gesture.arms, target: target))
    for side in gesture.arms {
      for joint in JointName.arm(side) { pose[joint] = gesture.pose[joint] }
      let hand = JointName(.hand, side)
      let goal = gesture.pose.goals.reach[hand]
      pose.goals.reach[hand] = goal
      goals[.reach(hand)] = goal == nil ? nil : origin
    }
  }

  /// Records a gesture; two arms that make equal gestures count as one.
  private mutating func name(_ gesture: Gesture) {
    for side in gesture.arms { pose.forgetGestures(of: side) }
    let same = pose.gestures.firstIndex {
      $0.phrase == gesture.phrase && $0.target == gesture.target
    }
    guard let same else { return pose.gestures.append(gesture) }
    pose.gestures[same].arms = Side.both
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

extension Pose {
  /// The sides on which a gesture's pose says something of the arm.
  package var gesturingArms: [Side] {
    Side.both.filter { side in
      goals.reach[JointName(.hand, side)] != nil
        || JointName.arm(side).contains { self[$0] != .identity }
    }
  }

  /// Whether a gesture's pose directs something forward, so that it can be meant for someone.
  package var isDirectedForward: Bool {
    var written = WrittenPose(pose: self)
    return written.aim(at: .camera)
  }
}
