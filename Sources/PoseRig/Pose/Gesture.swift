/// A gesture that a pose makes by name, for descriptions: the pose itself has its angles and goals.
public struct Gesture: Equatable, Sendable {
  /// A few words for it, as image models know it: `waving`, `hand on own hip`.
  public var phrase: String
  /// The arms that make it.
  public var arms: [Side]
  /// The target that it is directed at; nil for a gesture without one.
  public var target: PoseGoals.Point?

  /// Creates a gesture of arms.
  public init(phrase: String, arms: [Side], target: PoseGoals.Point? = nil) {
    (self.phrase, self.arms, self.target) = (phrase, arms, target)
  }

  /// The gesture in a mirror.
  var mirrored: Gesture {
    Gesture(phrase: phrase, arms: arms.map(\.mirrored), target: target)
  }
}

extension Pose {
  /// Forgets the names of gestures that an arm makes, which does something else now.
  package mutating func forgetGestures(of side: Side) {
    gestures.removeAll { $0.arms.contains(side) }
  }

  /// Returns the pose with arms and goals of another laid over its own: arms that make a gesture
  /// there, and every goal that it has.
  package func overlaid(by other: Pose) -> Pose {
    var pose = self
    for gesture in other.gestures {
      for side in gesture.arms {
        for joint in JointName.arm(side) { pose[joint] = other[joint] }
        pose.goals.reach[JointName(.hand, side)] = nil
        pose.forgetGestures(of: side)
      }
    }
    for limb in other.goals.reach.keys { pose.forgetGestures(of: limb.side) }
    pose.gestures += other.gestures
    pose.goals.reach.merge(other.goals.reach) { $1 }
    pose.goals.look = other.goals.look ?? goals.look
    pose.goals.steps = goals.steps || other.goals.steps
    return pose
  }
}

extension JointName {
  /// Returns the joints of an arm, from the collar bone to the fingers.
  package static func arm(_ side: Side) -> [JointName] {
    allCases.filter { $0.side == side && [.arm, .fingers].contains($0.kind.limb) }
  }
}
