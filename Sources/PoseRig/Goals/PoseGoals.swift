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
  public indirect enum Point: Equatable, Sendable {
    /// A point in the world, in meters.
    case fixed(Vector3)
    /// A joint, palm or landmark of a character, or the top or middle of a prop
    /// (`props.table.top`), with an offset in meters.
    case named(owner: String, part: String, offset: Vector3)
    /// The camera.
    case camera
    /// The point that a hand reaches by stretching in a direction by a share of the arm's length.
    case stretched(Direction, extent: Double)

    /// The default share of the arm's length by which hands stretch, at which no arm locks.
    package static let usualExtent = 0.96

    /// The id of the character that the point belongs to.
    package var owner: String? {
      if case .named(let owner, _, _) = self, owner != "props" { return owner }
      return nil
    }
  }

  /// A direction in the world: a fixed one, or toward a point.
  public indirect enum Direction: Equatable, Sendable {
    /// A vector of any nonzero length.
    case fixed(Vector3)
    /// From the hand toward a point.
    case toward(Point)
    /// Relative to the figure's own chest: outward to the hand's side, up and forward, of any
    /// nonzero length.
    case own(Vector3)
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
    /// The point that the part of the hand, or the sole below the ankle, touches.
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
    /// The part of a hand that touches.
    public var part = HandPart.palm
    /// The pressure of a touching hand or foot; nil for skin on skin.
    public var pressure: Pressure?

    /// Creates a goal for a hand or foot; everything except the point can be left to the pose.
    public init(
      at: Point, pole: Vector3? = nil, palm: Direction? = nil, fingers: Direction? = nil,
      sole: Sole? = nil, wraps: Bool = false, part: HandPart = .palm, pressure: Pressure? = nil
    ) {
      self.at = at
      self.pole = pole
      self.palm = palm
      self.fingers = fingers
      self.sole = sole
      self.wraps = wraps
      self.part = part
      self.pressure = pressure
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
  /// Whether the character steps closer to goals that its hands cannot reach.
  public var steps = false

  /// Creates an empty set of goals.
  public init() {}

  /// Whether there are no goals.
  public var isEmpty: Bool { reach.isEmpty && look == nil && seat == nil && stance == nil }

  /// The ids of the props that the goals name.
  var props: Set<String> {
    Set(
      (reach.values.compactMap(\.at.target) + [seat].compactMap(\.self)).compactMap { point in
        guard case .named("props", let part, _) = point else { return nil }
        return part.split(separator: ".").first.map(String.init)
      })
  }

  /// Whether a hand depends on the camera's position.
  var usesCamera: Bool {
    reach.values.flatMap { [$0.at.target, $0.palm?.target, $0.fingers?.target] }.contains(.camera)
  }

  /// The characters that must have reached their goals before hands, feet and seat of this one are
  /// solved.
  var owners: Set<String> {
    let points = reach.values.flatMap { [$0.at.target, $0.palm?.target, $0.fingers?.target] }
    return Set((points + [seat]).compactMap { $0?.owner })
  }

  /// Returns the goals for a character, with `self` replaced by its id.
  package func owned(by id: String) -> PoseGoals {
    func named(_ point: Point) -> Point {
      guard case .named("self", let part, let offset) = point else { return point }
      return .named(owner: id, part: part, offset: offset)
    }
    var goals = self
    goals.reach = reach.mapValues { $0.mapped(named) }
    goals.look = look.map(named)
    return goals
  }

  /// Returns the goals that two poses have in common.
  func shared(with other: PoseGoals) -> PoseGoals {
    var goals = PoseGoals()
    goals.reach = reach.filter { other.reach[$0.key] == $0.value }
    goals.look = look == other.look ? look : nil
    goals.seat = seat == other.seat ? seat : nil
    goals.stance = stance == other.stance ? stance : nil
    goals.steps = steps && other.steps
    return goals
  }

  /// Returns the goals of hands and feet that depend only on the character itself.
  func onItself(_ id: String) -> PoseGoals {
    var own = PoseGoals()
    own.reach = reach.filter { _, goal in
      let points = [goal.at.target, goal.palm?.target, goal.fingers?.target].compactMap(\.self)
      return points.allSatisfy { $0.owner == id }
    }
    return own
  }

  /// The ends of limbs that can reach, in the order in which they are solved.
  package static let effectors: [JointName] = [.leftHand, .rightHand, .leftFoot, .rightFoot]

  /// The mirrored goals: sides are swapped, including those of the character's own body; other
  /// points are unchanged.
  package var mirrored: PoseGoals {
    func swapped(_ point: Point) -> Point {
      guard case .named("self", let part, let offset) = point else { return point }
      return .named(owner: "self", part: Side.swapped(inNameOf: part), offset: offset)
    }
    var goals = self
    goals.reach = Dictionary(
      uniqueKeysWithValues: reach.map { ($0.key.mirrored, $0.value.mapped(swapped)) })
    goals.look = look.map(swapped)
    goals.stance = stance.map { Stance($0.pose.mirrored) }
    return goals
  }
}

extension PoseGoals.Point {
  /// The point, or the one toward which a hand stretches; nil for a direction without a point.
  var target: PoseGoals.Point? {
    if case .stretched(let direction, _) = self { direction.target } else { self }
  }

  /// Returns the point with a change applied to every point that it depends on.
  func mapped(_ change: (PoseGoals.Point) -> PoseGoals.Point) -> PoseGoals.Point {
    guard case .stretched(let direction, let extent) = self else { return change(self) }
    return .stretched(direction.mapped(change), extent: extent)
  }
}

extension PoseGoals.Direction {
  /// The point that it leads toward; nil for a given direction.
  var target: PoseGoals.Point? {
    if case .toward(let point) = self { point.target } else { nil }
  }

  /// Returns the direction with a change applied to every point that it depends on.
  func mapped(_ change: (PoseGoals.Point) -> PoseGoals.Point) -> PoseGoals.Direction {
    if case .toward(let point) = self { .toward(point.mapped(change)) } else { self }
  }
}

extension PoseGoals.Reach {
  /// Returns the goal with a change applied to every point that it depends on.
  func mapped(_ change: (PoseGoals.Point) -> PoseGoals.Point) -> PoseGoals.Reach {
    var reach = self
    reach.at = at.mapped(change)
    reach.palm = palm?.mapped(change)
    reach.fingers = fingers?.mapped(change)
    return reach
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
