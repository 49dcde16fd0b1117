/// Where a character stands, in words: beside, before or behind another, or on a prop.
///
/// ``Scene/placed(findings:)`` makes a position of it:
///
/// ```swift
/// import SceneFiles
///
/// var ana = Character(id: "ana", figure: .mannequin(.female, Proportions()))
/// ana.placement = Placement(.beside("ben", .left), gap: 0.2)
/// ana.facing = Facing(.character("ben"), turn: 20)
/// ```
public struct Placement: Equatable, Sendable {
  /// What the position is relative to.
  public enum Anchor: Equatable, Sendable {
    /// Next to a character, on its own left or right.
    case beside(String, Side)
    /// In front of a character.
    case before(String)
    /// At a character's back.
    case behind(String)
    /// On a place of a prop, both by name.
    case on(prop: String, point: String)

    /// The character that it goes by; nil for a prop.
    package var character: String? {
      switch self {
      case .beside(let id, _), .before(let id), .behind(let id): id
      case .on: nil
      }
    }
  }

  /// The allowed gaps, in meters.
  public static let gaps = -1.0...100

  /// What the position is relative to.
  public var anchor: Anchor
  /// The gap between both bodies without forearms and shins, in meters; below 0 they overlap.
  public var gap: Double
  /// How far it is moved from there, in meters along the world's axes.
  public var offset: Vector3
  /// Whether the character turns by the anchor: beside or behind another it faces as that one does,
  /// before another it faces that one.
  public var turns: Bool

  /// A place by an anchor.
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
  /// What it faces.
  public enum Target: Equatable, Sendable {
    /// A character, by id.
    case character(String)
    /// The scene's camera.
    case camera
    /// A point of the world, in meters.
    case point(Vector3)
  }

  /// What it faces.
  public var target: Target
  /// How far it is turned from there, in degrees to its own left.
  public var turn: Double

  /// A direction by what is there.
  public init(_ target: Target, turn: Double = 0) {
    self.target = target
    self.turn = turn
  }
}
