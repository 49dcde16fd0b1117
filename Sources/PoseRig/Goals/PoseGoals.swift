/// What hands, feet, seat and eyes should do in the scene, beyond the angles of a pose.
///
/// ```swift
/// var goals = PoseGoals()
/// goals.reach[.leftHand] = .init(
///   at: .named(owner: "ben", part: "rightShoulderTop", offset: .zero))
/// goals.reach[.rightFoot] = .init(at: .fixed(Vector3(0.2, 0.3, 0.4)), sole: .ball)
/// goals.seat = .named(owner: "props", part: "chair.seat", offset: .zero)
/// goals.look = .camera
/// ```
///
/// ``SceneSolver`` reaches them within joints' ranges; what is missed is a ``Finding``.
public struct PoseGoals: Equatable, Sendable {
  /// A point of the scene.
  public enum Point: Equatable, Sendable {
    /// In the world, meters.
    case fixed(Vector3)
    /// A joint, palm or landmark of a character, or the top or middle of a prop
    /// (`props.table.top`), and an offset in meters.
    case named(owner: String, part: String, offset: Vector3)
    /// The camera.
    case camera

    /// The character it belongs to.
    package var owner: String? {
      if case .named(let owner, _, _) = self, owner != "props" { return owner }
      return nil
    }
  }

  /// A direction of the world: given, or towards a point.
  public enum Direction: Equatable, Sendable {
    /// Of any length but 0.
    case fixed(Vector3)
    /// From the hand to a point.
    case towards(Point)
  }

  /// The part of a foot that touches its goal.
  public enum Sole: String, CaseIterable, Sendable {
    /// The whole sole, the point under the ankle.
    case flat
    /// The heel, toes raised by 20°.
    case heel
    /// The ball and the toes, the heel raised by 35°.
    case ball
    /// The point under the ankle, the foot turned as the angles have it.
    case free
  }

  /// The point where a hand or foot should be, and how.
  public struct Reach: Equatable, Sendable {
    /// The point that the palm's middle, or the sole below the ankle, touches.
    public var at: Point
    /// The direction that elbow or knee points, in the world; nil for the pose's own.
    public var pole: Vector3?
    /// The direction that the palm faces; nil for the pose's own, or onto what it touches.
    public var palm: Direction?
    /// The direction of the fingers; nil for the pose's own.
    public var fingers: Direction?
    /// How a foot touches; nil for flat on what is level, and free elsewhere.
    public var sole: Sole?
    /// Whether the fingers of a hand close around what its palm touches.
    public var wraps = false

    /// A goal for a hand or foot; all but the point may be left to the pose.
    public init(
      at: Point, pole: Vector3? = nil, palm: Direction? = nil, fingers: Direction? = nil,
      sole: Sole? = nil, wraps: Bool = false
    ) {
      self.at = at
      self.pole = pole
      self.palm = palm
      self.fingers = fingers
      self.sole = sole
      self.wraps = wraps
    }
  }

  /// The name of one goal of a pose.
  public enum Name: Hashable, Sendable {
    /// The goal of a hand or foot.
    case reach(JointName)
    /// The seat.
    case seat
    /// Planted feet.
    case feet
    /// The look.
    case look

    /// The name of the goal in a mirror.
    package var mirrored: Name {
      if case .reach(let joint) = self { .reach(joint.mirrored) } else { self }
    }
  }

  /// The pose from which the feet stay where they are.
  public struct Stance: Equatable, Sendable {
    /// Local rotations, in `JointName.allCases` order.
    public var rotations: [Quaternion]
    /// As in the pose.
    public var translation: Vector3
    /// As in the pose.
    public var legLength: Double?

    /// The stance of a pose.
    public init(_ pose: Pose) {
      rotations = pose.rotations
      translation = pose.translation
      legLength = pose.legLength
    }

    var pose: Pose {
      var pose = Pose.rest
      pose.rotations = rotations
      pose.translation = translation
      pose.legLength = legLength
      return pose
    }
  }

  /// By hand or foot.
  public var reach: [JointName: Reach] = [:]
  /// The point that the character sits on.
  public var seat: Point?
  /// The pose from which the feet hold still, if they are planted.
  public var stance: Stance?
  /// The point that the eyes look at.
  public var look: Point?

  /// No goals.
  public init() {}

  /// Whether there is nothing to reach.
  public var isEmpty: Bool { reach.isEmpty && look == nil && seat == nil && stance == nil }

  /// The ids of the props that it names.
  var props: Set<String> {
    Set(
      (reach.values.map(\.at) + [seat].compactMap(\.self)).compactMap { point in
        guard case .named("props", let part, _) = point else { return nil }
        return part.split(separator: ".").first.map(String.init)
      })
  }

  /// The characters that must have reached their goals before hands, feet and seat of this one are
  /// placed.
  var owners: Set<String> {
    let directions = reach.values.flatMap { [$0.palm, $0.fingers] }.compactMap { direction in
      if case .towards(let point)? = direction { return point }
      return nil
    }
    return Set(
      (reach.values.map(\.at) + directions + [seat].compactMap(\.self)).compactMap(\.owner))
  }

  /// The goals of a character: what they say of `self` is its own.
  package func owned(by id: String) -> PoseGoals {
    func named(_ point: Point) -> Point {
      guard case .named("self", let part, let offset) = point else { return point }
      return .named(owner: id, part: part, offset: offset)
    }
    func turned(_ direction: Direction?) -> Direction? {
      if case .towards(let point)? = direction { return .towards(named(point)) }
      return direction
    }
    var goals = self
    goals.reach = reach.mapValues {
      var reach = $0
      reach.at = named(reach.at)
      reach.palm = turned(reach.palm)
      reach.fingers = turned(reach.fingers)
      return reach
    }
    goals.look = look.map(named)
    return goals
  }

  /// The ends of limbs that can reach, in the order in which they do.
  package static let effectors: [JointName] = [.leftHand, .rightHand, .leftFoot, .rightFoot]

  /// The goals in a mirror: sides swapped, points as they are.
  var mirrored: PoseGoals {
    var goals = self
    goals.reach = Dictionary(uniqueKeysWithValues: reach.map { ($0.key.mirrored, $0.value) })
    goals.stance = stance.map { Stance($0.pose.mirrored) }
    return goals
  }
}

extension Pose {
  /// Takes back what a pose did with the collar bone of a hand that gets a goal of its own: a shrug
  /// that belonged to where the arm was.
  ///
  /// Files do so by themselves: a `"reach"` beside a `"base"` frees the hand's side.
  public mutating func freeCollarBone(of hand: JointName) {
    guard hand.kind == .hand else { return }
    self[JointName(.shoulder, hand.side)] = .identity
  }
}
