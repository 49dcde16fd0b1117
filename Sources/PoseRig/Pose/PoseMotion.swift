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
  /// Returns the poses before and after a time, and how far it is between them; only for poses with
  /// goals.
  private var keys: (@Sendable (Double) -> Passage)?

  /// A time between two poses of a motion.
  struct Passage: Sendable {
    var before: Pose
    var after: Pose
    /// The times of the two poses, in seconds.
    var times: SIMD2<Double>
    /// How far the time is between them, from 0 to 1.
    var share: Double
  }

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
    @Sendable func passage(_ time: Double) -> Passage {
      let frame = time * frameRate
      // A frame's own time is not between frames, however it was rounded.
      let nearest = frame.rounded()
      let at = abs(frame - nearest) < 1e-6 ? nearest : frame
      let before = min(Int(at), poses.count - 1)
      let after = min(before + 1, poses.count - 1)
      return Passage(
        before: poses[before], after: poses[after],
        times: SIMD2(Double(before), Double(after)) / frameRate, share: at - Double(before))
    }
    self.init(name: name, duration: Double(poses.count - 1) / frameRate, frameRate: frameRate) {
      let passage = passage($0)
      return passage.before.mixed(with: passage.after, share: passage.share)
    }
    if poses.contains(where: { !$0.goals.isEmpty }) { keys = { passage($0) } }
  }

  /// Whether it is made of poses of which some have goals.
  var hasGoals: Bool { keys != nil }

  /// Returns the pose at a time, clamped to the motion's range; between two poses, with the goals
  /// that both have.
  public func pose(at time: Double) -> Pose { sample(clamped(time)) }

  /// Returns the two poses that a time is between, if they have different goals; nil otherwise.
  func passage(at time: Double) -> Passage? {
    guard let passage = keys?(clamped(time)), passage.share > 0,
      passage.before.goals != passage.after.goals
    else { return nil }
    return passage
  }

  private func clamped(_ time: Double) -> Double { min(max(time, 0), duration) }

  /// Returns the motion with every pose changed; `change` is called with times in seconds.
  package func mapped(_ change: @escaping @Sendable (Pose, Double) -> Pose) -> PoseMotion {
    var motion = PoseMotion(name: name, duration: duration, frameRate: frameRate) {
      change(pose(at: $0), $0)
    }
    motion.skeleton = skeleton
    motion.isGrounded = isGrounded
    if let keys {
      motion.keys = {
        var passage = keys($0)
        passage.before = change(passage.before, passage.times[0])
        passage.after = change(passage.after, passage.times[1])
        return passage
      }
    }
    return motion
  }

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
  /// joint, and with what both have of goals and gestures.
  public func mixed(with other: Pose, share: Double) -> Pose {
    if share <= 0 { return self }
    var pose = self
    for index in rotations.indices {
      pose.rotations[index] = rotations[index].mixed(with: other.rotations[index], share: share)
    }
    pose.translation = translation + (other.translation - translation) * share
    for name in Set(face.keys).union(other.face.keys) {
      let (from, to) = (face[name] ?? 0, other.face[name] ?? 0)
      pose.face[name] = from + (to - from) * share
    }
    pose.goals = goals.shared(with: other.goals)
    pose.gestures = gestures.filter(other.gestures.contains)
    return pose
  }
}
