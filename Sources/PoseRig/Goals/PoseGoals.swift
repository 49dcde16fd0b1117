/// What a pose is to reach in its scene, beyond the angles it gives.
public struct PoseGoals: Equatable, Sendable {
  /// A point of the scene.
  public enum Point: Equatable, Sendable {
    /// In the world, metres.
    case fixed(Vector3)
    /// A joint, palm or landmark of a character, or the top or middle of a prop (`props.table.top`), and an offset in metres.
    case named(owner: String, part: String, offset: Vector3)
    /// The camera.
    case camera
  }

  /// Where a hand or foot is to be.
  public struct Reach: Equatable, Sendable {
    /// The point for the palm's middle, or the ankle.
    public var at: Point
    /// Which way elbow or knee points, in the world; nil for as the pose has it.
    public var pole: Vector3?
    /// Where it stands in its file, for messages.
    public var location: SourceLocation
  }

  /// By hand or foot.
  public var reach: [JointName: Reach] = [:]
  /// What the eyes look at.
  public var look: Point?
  /// Where `look` stands in its file.
  public var lookLocation: SourceLocation?
  /// The file the goals are in.
  public var file = ""

  /// No goals.
  public init() {}

  /// Whether there is nothing to reach.
  public var isEmpty: Bool { reach.isEmpty && look == nil }

  /// The characters that must be solved before.
  var owners: [String] {
    (reach.values.map(\.at) + [look].compactMap(\.self)).compactMap { point in
      if case .named(let owner, _, _) = point, owner != "props" { return owner }
      return nil
    }
  }

  /// The ends of limbs that can reach, in the order in which they do.
  static let effectors: [JointName] = [.leftHand, .rightHand, .leftFoot, .rightFoot]

  /// The goals in a mirror: sides swapped, points as they are.
  var mirrored: PoseGoals {
    var goals = self
    goals.reach = Dictionary(uniqueKeysWithValues: reach.map { ($0.key.mirrored, $0.value) })
    return goals
  }
}
