#if canImport(Glibc)
  internal import Glibc
#endif

/// The changes of one character between two states of a scene.
public struct CharacterDifference: Sendable {
  /// A joint with a changed position.
  public struct Move: Sendable {
    /// The joint.
    public var joint: JointName
    /// The movement in the character's own axes, in meters: x to its left, y up, z forward.
    public var way: Vector3
  }

  /// A goal that was set, changed or removed.
  public struct GoalChange: Sendable {
    /// The goal.
    public var name: PoseGoals.Name
    /// The point before; nil if there was no goal, or if feet are planted.
    public var before: PoseGoals.Point?
    /// The point after; nil if there is no goal, or if feet are planted.
    public var after: PoseGoals.Point?
    /// Whether the goal existed before.
    public var wasSet: Bool
    /// Whether the goal exists after.
    public var isSet: Bool
  }

  /// The id, after.
  public var id: String
  /// The id before, if it is different.
  public var oldId: String?
  /// The character before; nil if it was added.
  public var before: Character?
  /// The character after; nil if it was removed.
  public var after: Character?

  /// The change of its position, in its own axes before, in meters.
  public var shift = Vector3.zero
  /// The change of its yaw, to its own left, in degrees.
  public var turn = 0.0
  /// The joints with changed rotations, in skeleton order.
  public var turns: [PoseDifference.Turn] = []
  /// The movement of the whole body without a change of position, such as with a seat.
  public var carried: Vector3?
  /// The remaining movements of its hips, head, hands and feet.
  public var moves: [Move] = []
  /// The change of the gaze to its own left and up, in degrees.
  public var gaze: (left: Double, up: Double)?
  /// The contacts of hands and feet that are new.
  public var won: [Contact] = []
  /// The contacts that are gone.
  public var lost: [Contact] = []
  /// The balance before and after, if it was lost or regained.
  public var balance: (before: Balance, after: Balance)?
  /// The angles beyond their ranges that were within them before, or less far beyond.
  public var straysNow: [StrayAngle] = []
  /// The angles that are back in their ranges.
  public var straysGone: [StrayAngle] = []
  /// The changed goals.
  public var goals: [GoalChange] = []
  /// The changed facial expressions, by name.
  public var face: [(name: String, before: Double, after: Double)] = []
  /// The difference of the motion, if it has changed.
  public var motion: MotionDifference?
  /// The share of the body outside the picture before and after, if it has changed.
  public var outside: (before: Double, after: Double, edge: PictureEdge?)?
  /// The findings about it that appeared, disappeared or grew.
  public var findings: [FindingChange] = []

  /// Creates a difference without measurements: for a character that was added or removed, or in a
  /// scene that cannot be solved.
  init(_ before: Character?, _ after: Character?) {
    (self.before, self.after) = (before, after)
    id = after?.id ?? before?.id ?? ""
    if let before, let after {
      if before.id != after.id { oldId = before.id }
      turn = Self.wrapped(after.yaw - before.yaw)
      let back = Quaternion(angle: -before.yaw.degreesToRadians, axis: .unitY)
      let way = back.rotate(after.position - before.position)
      shift = way.length > 0.0005 ? way : .zero
      goals = Self.goals(before.pose.goals, after.pose.goals)
      face = Self.face(before.pose.face, after.pose.face)
    }
  }

  /// Leaves out the rotations of joints and the movements that they cause, for callers that list
  /// these in another way.
  package mutating func leaveOutTurns() {
    (turns, moves, carried, gaze) = ([], [], nil, nil)
  }

  /// Whether nothing about the character has changed.
  public var isEmpty: Bool {
    before != nil && after != nil && oldId == nil && shift == .zero && abs(turn) < 0.01
      && turns.isEmpty && carried == nil && moves.isEmpty && gaze == nil && won.isEmpty
      && lost.isEmpty && balance == nil && straysNow.isEmpty && straysGone.isEmpty && goals.isEmpty
      && face.isEmpty && motion == nil && outside == nil && findings.isEmpty && !isDescribedAgain
  }

  /// Whether its figure, ground, keypoints, prompt or reference picture have changed.
  private var isDescribedAgain: Bool {
    before?.figure != after?.figure || before?.ground != after?.ground
      || before?.keypoints != after?.keypoints || before?.prompt != after?.prompt
      || before?.reference != after?.reference
  }

  private static func wrapped(_ degrees: Double) -> Double {
    let turn = degrees.truncatingRemainder(dividingBy: 360)
    return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn
  }

  private static func face(
    _ before: [String: Double], _ after: [String: Double]
  ) -> [(name: String, before: Double, after: Double)] {
    Set(before.keys).union(after.keys).sorted().compactMap { name in
      let (old, new) = (before[name] ?? 0, after[name] ?? 0)
      return abs(old - new) >= 0.0005 ? (name, old, new) : nil
    }
  }

  private static func goals(_ before: PoseGoals, _ after: PoseGoals) -> [GoalChange] {
    var changes = PoseGoals.effectors.compactMap { joint -> GoalChange? in
      let (old, new) = (before.reach[joint], after.reach[joint])
      guard old != new else { return nil }
      return GoalChange(
        name: .reach(joint), before: old?.at, after: new?.at, wasSet: old != nil,
        isSet: new != nil)
    }
    func note(_ name: PoseGoals.Name, _ old: PoseGoals.Point?, _ new: PoseGoals.Point?) {
      guard old != new else { return }
      changes.append(
        GoalChange(name: name, before: old, after: new, wasSet: old != nil, isSet: new != nil))
    }
    note(.seat, before.seat, after.seat)
    // A changed stance of planted feet follows from the pose, which is listed itself.
    if (before.stance == nil) != (after.stance == nil) {
      changes.append(
        GoalChange(
          name: .feet, before: nil, after: nil, wasSet: before.stance != nil,
          isSet: after.stance != nil))
    }
    note(.look, before.look, after.look)
    return changes
  }
}

extension CharacterDifference {
  /// Measures the difference between two states of a character.
  init(_ before: CharacterState, _ after: CharacterState) {
    self.init(before.described, after.described)
    turns =
      PoseDifference(from: before.described.pose, to: after.described.pose, on: after.rig).turns
    measureMoves(before, after)
    measureGaze(before.gaze, after.gaze)
    won = Self.contacts(in: after.gaps, notIn: before.gaps)
    lost = Self.contacts(in: before.gaps, notIn: after.gaps)
    if let old = before.balance, let new = after.balance, (old.margin < 0) != (new.margin < 0),
      abs(old.margin - new.margin) > 0.01
    {
      balance = (old, new)
    }
    straysNow = after.strays.filter { stray in !before.strays.contains(stray) }
    straysGone = before.strays.filter { old in
      !after.strays.contains { $0.joint == old.joint && $0.angle == old.angle }
    }
    if abs(before.outside - after.outside) >= 0.03 {
      outside = (before.outside, after.outside, after.edge ?? before.edge)
    }
    if let old = before.described.motion, let new = after.described.motion {
      let difference = MotionDifference(from: old, to: new, on: after.rig)
      motion = difference.isEmpty ? nil : difference
    }
  }

  /// The distance in meters from which a point counts as moved.
  private static let step = 0.005

  private mutating func measureMoves(_ before: CharacterState, _ after: CharacterState) {
    let ways = CharacterState.followed.map { joint in
      (after.points[joint] ?? .zero) - (before.points[joint] ?? .zero)
    }
    let mean = ways.reduce(.zero, +) / Double(ways.count)
    if mean.length >= Self.step, ways.allSatisfy({ ($0 - mean).length < Self.step }) {
      carried = mean
      return
    }
    moves = zip(CharacterState.followed, ways).filter { $1.length >= Self.step }
      .map { Move(joint: $0, way: $1) }
  }

  private mutating func measureGaze(_ before: Vector3, _ after: Vector3) {
    guard Quaternion(from: before, to: after).angle.radiansToDegrees >= 2 else { return }
    func angles(_ way: Vector3) -> (left: Double, up: Double) {
      let level = (way.x * way.x + way.z * way.z).squareRoot()
      return (
        atan2(way.x, way.z).radiansToDegrees,
        atan2(way.y, level).radiansToDegrees
      )
    }
    let (old, new) = (angles(before), angles(after))
    gaze = (Self.wrapped(new.left - old.left), new.up - old.up)
  }

  private static func contacts(
    in gaps: [Contact: Double], notIn others: [Contact: Double]
  ) -> [Contact] {
    gaps.filter { contact, gap in
      gap <= ContactSurvey.touch && others[contact] ?? .infinity > ContactSurvey.apart
    }.keys.sorted { $0.order < $1.order }
  }
}

extension Contact {
  /// The order in which to list contacts: by hand or foot, then by the thing touched.
  fileprivate var order: String {
    let other =
      switch other {
      case .floor: "0"
      case .prop(let id): "1" + id
      case .body(let id, let region): "2" + id + "." + region.rawValue
      }
    return "\(BodyRegion.touching.firstIndex(of: part) ?? 0)" + other
  }
}
