/// A character's position in words: beside, in front of or behind another character, or on a prop.
///
/// ``Scene/placed(findings:)`` converts it to a position:
///
/// ```swift
/// import SceneFiles
///
/// var ana = Character(id: "ana", figure: .mannequin(.female, Proportions()))
/// ana.placement = Placement(.beside("ben", .left), gap: 0.2)
/// ana.facing = Facing(.character("ben"), turn: 20)
/// ```
public struct Placement: Equatable, Sendable {
  /// The reference of the position.
  public enum Anchor: Equatable, Sendable {
    /// Next to a character, on that character's own left or right.
    case beside(String, Side)
    /// In front of a character.
    case before(String)
    /// At a character's back.
    case behind(String)
    /// On a point of a prop, both by name.
    case on(prop: String, point: String)
    /// A member of one of the scene's arrangements, by its index.
    case arranged(Int)

    /// The id of the reference character; nil for a prop.
    package var character: String? {
      switch self {
      case .beside(let id, _), .before(let id), .behind(let id): id
      case .on, .arranged: nil
      }
    }
  }

  /// The allowed gaps, in meters.
  public static let gaps = -1.0...100

  /// The reference of the position.
  public var anchor: Anchor
  /// The gap between both bodies without forearms and shins, in meters; negative if they overlap.
  public var gap: Double
  /// The offset from there, in meters along the world's axes.
  public var offset: Vector3
  /// Whether the anchor determines the yaw: beside or behind another character, the character faces
  /// in the same direction; before another, it faces that one.
  public var turns: Bool

  /// Creates a position relative to an anchor.
  public init(
    _ anchor: Anchor, gap: Double = 0.3, offset: Vector3 = .zero, turns: Bool = true
  ) {
    self.anchor = anchor
    self.gap = gap
    self.offset = offset
    self.turns = turns
  }
}

/// The direction that a character faces, in words.
public struct Facing: Equatable, Sendable {
  /// The target that a character faces.
  public enum Target: Equatable, Sendable {
    /// A character, by id.
    case character(String)
    /// The scene's camera.
    case camera
    /// A point of the world, in meters.
    case point(Vector3)
  }

  /// The target to face.
  public var target: Target
  /// The additional rotation, in degrees to its own left.
  public var turn: Double

  /// Creates a direction toward a target.
  public init(_ target: Target, turn: Double = 0) {
    self.target = target
    self.turn = turn
  }
}
