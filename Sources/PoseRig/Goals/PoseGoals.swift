/// The goals of hands, feet, seat and eyes in the scene, in addition to the angles of a pose.
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
/// ``SceneSolver`` reaches them within joints' ranges; missed goals are reported as a ``Finding``.
public struct PoseGoals: Equatable, Sendable {
  /// A point of the scene.
  public enum Point: Equatable, Sendable {
    /// A point in the world, in meters.
    case fixed(Vector3)
    /// A joint, palm or landmark of a character, or the top or middle of a prop
    /// (`props.table.top`), with an offset in meters.
    case named(owner: String, part: String, offset: Vector3)
    /// The camera.
    case camera

    /// The id of the character that the point belongs to.
    package var owner: String? {
      if case .named(let owner, _, _) = self, owner != "props" { return owner }
      return nil
    }
  }

  /// A direction in the world: a fixed one, or toward a point.
  public enum Direction: Equatable, Sendable {
    /// A vector of any length but 0.
    case fixed(Vector3)
    /// From the hand toward a point.
    case towards(Point)
  }

  /// The part of a foot that touches its goal.
  public enum Sole: String, CaseIterable, Sendable {
    /// The whole sole, at the point under the ankle.
    case flat
    /// The heel, with the toes raised by 20°.
    case heel
    /// The ball and the toes, with the heel raised by 35°.
    case ball
    /// The point under the ankle, with the foot rotated as the angles specify.
    case free
  }

  /// The position of a hand or foot, and further conditions.
  public struct Reach: Equatable, Sendable {
    /// The point that the middle of the palm, or the sole below the ankle, touches.
    public var at: Point
    /// The direction in which the elbow or knee points, in the world; nil for the pose's own.
    public var pole: Vector3?
    /// The direction that the palm faces; nil for the pose's own, or onto the surface that it
    /// touches.
    public var palm: Direction?
    /// The direction of the fingers; nil for the pose's own.
    public var fingers: Direction?
    /// The part of the sole that touches; nil for flat on horizontal surfaces, and free elsewhere.
    public var sole: Sole?
    /// Whether the fingers of a hand close around the thing that its palm touches.
    public var wraps = false

    /// Creates a goal for a hand or foot; everything except the point can be left to the pose.
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

    /// The name of the mirrored goal.
    package var mirrored: Name {
      if case .reach(let joint) = self { .reach(joint.mirrored) } else { self }
    }
  }

  /// The pose in which the feet are planted.
  public struct Stance: Equatable, Sendable {
    /// Local rotations, in `JointName.allCases` order.
    public var rotations: [Quaternion]
    /// The translation, as in the pose.
    public var translation: Vector3
    /// The length of a leg, as in the pose.
    public var legLength: Double?

    /// Takes the stance of a pose.
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

  /// The goals of hands and feet.
  public var reach: [JointName: Reach] = [:]
  /// The point that the character sits on.
  public var seat: Point?
  /// The pose in which the feet are planted, if they are.
  public var stance: Stance?
  /// The point that the eyes look at.
  public var look: Point?

  /// Creates an empty set of goals.
  public init() {}

  /// Whether there are no goals.
  public var isEmpty: Bool { reach.isEmpty && look == nil && seat == nil && stance == nil }

  /// The ids of the props that the goals name.
  var props: Set<String> {
    Set(
      (reach.values.map(\.at) + [seat].compactMap(\.self)).compactMap { point in
        guard case .named("props", let part, _) = point else { return nil }
        return part.split(separator: ".").first.map(String.init)
      })
  }

  /// The characters that must have reached their goals before hands, feet and seat of this one are
  /// solved.
  var owners: Set<String> {
    let directions = reach.values.flatMap { [$0.palm, $0.fingers] }.compactMap { direction in
      if case .towards(let point)? = direction { return point }
      return nil
    }
    return Set(
      (reach.values.map(\.at) + directions + [seat].compactMap(\.self)).compactMap(\.owner))
  }

  /// Returns the goals for a character, with `self` replaced by its id.
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

  /// The ends of limbs that can reach, in the order in which they are solved.
  package static let effectors: [JointName] = [.leftHand, .rightHand, .leftFoot, .rightFoot]

  /// The mirrored goals: sides are swapped, and points stay unchanged.
  var mirrored: PoseGoals {
    var goals = self
    goals.reach = Dictionary(uniqueKeysWithValues: reach.map { ($0.key.mirrored, $0.value) })
    goals.stance = stance.map { Stance($0.pose.mirrored) }
    return goals
  }
}

extension Pose {
  /// Resets the collarbone of a hand that gets its own goal: the pose's shrug belonged to its
  /// former arm.
  ///
  /// Files do this automatically: a `"reach"` beside a `"base"` frees the hand's side.
  public mutating func freeCollarBone(of hand: JointName) {
    guard hand.kind == .hand else { return }
    self[JointName(.shoulder, hand.side)] = .identity
  }
}
