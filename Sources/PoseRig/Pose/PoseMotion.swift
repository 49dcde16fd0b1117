/// A pose that changes over time: a clip file, or a clip of another program's model.
///
/// ```swift
/// var bow = Pose()
/// bow[.spine] = Anatomy.of(.spine).rotation(degrees: [.flexion: 30], side: .middle)
/// let motion = PoseMotion(name: "bow", poses: [.rest, bow], frameRate: 1)
/// let halfway = motion.pose(at: 0.5)
/// ```
public struct PoseMotion: Equatable, Sendable {
  /// The maximum number of frames of a motion: almost an hour at 30 frames per second.
  public static let maximumFrames = 100_000
  /// The range of frames per second in a clip file.
  public static let frameRates = 0.01...1000.0

  /// The motion's name.
  public var name: String
  /// The duration in seconds, from 0.
  public var duration: Double
  /// The number of frames per second that it was made with.
  public var frameRate: Double
  /// The skeleton that the motion was made on, if it is known, which determines when feet stand.
  public var skeleton: Rig?
  /// Whether its feet are kept in place while they stand, with the floor at the body's y = 0.
  public internal(set) var isGrounded = false
  private let sample: @Sendable (Double) -> Pose

  /// Creates a motion from a function of its poses; `sample` is called with times from 0 to
  /// `duration`.
  public init(
    name: String, duration: Double, frameRate: Double,
    sample: @escaping @Sendable (Double) -> Pose
  ) {
    self.name = name
    self.duration = duration
    self.frameRate = frameRate
    self.sample = sample
  }

  /// Creates a motion from poses at a frame rate, with the shortest rotations between them.
  ///
  /// - Precondition: there is a pose, and the rate is positive.
  public init(name: String, poses: [Pose], frameRate: Double) {
    precondition(!poses.isEmpty && frameRate > 0, "PoseMotion: poses at a positive rate")
    self.init(name: name, duration: Double(poses.count - 1) / frameRate, frameRate: frameRate) {
      let frame = $0 * frameRate
      let before = min(Int(frame), poses.count - 1)
      let after = min(before + 1, poses.count - 1)
      return poses[before].mixed(with: poses[after], share: frame - Double(before))
    }
  }

  /// Returns the pose at a time, clamped to the motion's range.
  public func pose(at time: Double) -> Pose { sample(min(max(time, 0), duration)) }

  /// Returns the number of frames at a rate, the last one at its end or just before.
  public func frameCount(at rate: Double) -> Int {
    Self.frameCount(lasting: duration, at: rate)
  }

  /// Returns the number of frames in `duration` seconds at a rate, the last one at the end or just
  /// before; limited to the largest integer.
  package static func frameCount(lasting duration: Double, at rate: Double) -> Int {
    Int(exactly: (duration * rate + 1e-6).rounded(.down)).map { $0 + 1 } ?? .max
  }

  /// Returns whether name, duration, rate and ground are equal; poses are not compared.
  public static func == (one: PoseMotion, other: PoseMotion) -> Bool {
    one.name == other.name && one.duration == other.duration && one.frameRate == other.frameRate
      && one.isGrounded == other.isGrounded
  }
}

extension Pose {
  /// Returns a pose between this one (0) and another (1), with the shortest rotation of every
  /// joint.
  public func mixed(with other: Pose, share: Double) -> Pose {
    if share <= 0 { return self }
    var pose = self
    for index in rotations.indices {
      let turn = (rotations[index].inverse * other.rotations[index]).scaled(by: share)
      pose.rotations[index] = (rotations[index] * turn).normalized
    }
    pose.translation = translation + (other.translation - translation) * share
    for name in Set(face.keys).union(other.face.keys) {
      let (from, to) = (face[name] ?? 0, other.face[name] ?? 0)
      pose.face[name] = from + (to - from) * share
    }
    return pose
  }
}
