/// The rotation of each joint from the T-pose, the hips' translation, and goals.
///
/// ```swift
/// var pose = Pose()
/// pose[.leftUpperArm] = Anatomy.of(.leftUpperArm)
///   .rotation(degrees: [.flexion: 80, .abduction: 10], side: .left)
/// pose.face["smile"] = 0.6
/// pose.goals.look = .camera
/// let other = pose.mirrored
/// ```
public struct Pose: Equatable, Sendable {
  /// The local rotations, in `JointName.allCases` order.
  public var rotations: [Quaternion]
  /// The hips' translation from rest in meters.
  public var translation: Vector3
  /// The length of the leg (hip to knee to ankle, in meters) that the translation was made for; for
  /// a body with another leg length it is scaled. Nil for a translation without scaling.
  public var legLength: Double?
  /// The goals of hands, feet and eyes in the scene.
  public var goals = PoseGoals()
  /// The gestures that its arms make by name.
  public var gestures: [Gesture] = []
  /// The moment of a model's own clip, in addition to joints' rotations; only that model uses it.
  public var own: OwnPose?
  /// The weight of each facial expression, 0 to 1, by ``FaceExpression`` name.
  public var face: [String: Double] = [:]

  /// The T-pose.
  public static let rest = Pose()

  /// Creates the T-pose.
  public init() {
    rotations = Array(repeating: .identity, count: JointName.allCases.count)
    translation = .zero
  }

  /// The local rotation of one joint.
  public subscript(joint: JointName) -> Quaternion {
    get { rotations[joint.index] }
    set { rotations[joint.index] = newValue }
  }

  /// The mirrored pose, with left and right swapped.
  public var mirrored: Pose {
    var pose = Pose()
    for joint in JointName.allCases { pose[joint] = self[joint.mirrored].mirrored }
    pose.translation = translation.mirrored
    pose.legLength = legLength
    pose.goals = goals.mirrored
    pose.gestures = gestures.map(\.mirrored)
    for (name, value) in face { pose.face[FaceExpression.mirrored(name)] = value }
    return pose
  }
}
