/// Several characters that stand in a row, a ring or a crowd.
///
/// A character is one of them by its ``Character/placement``; ``Scene/placed(findings:)`` makes
/// positions of it:
///
/// ```swift
/// import SceneFiles
///
/// var scene = Scene(
///   canvas: Canvas(width: 1216, height: 832),
///   characters: ["ana", "ben", "cleo"].map {
///     Character(id: $0, figure: .mannequin(.female, Proportions()))
///   })
/// scene.arrangements = [Arrangement(.ring(radius: nil), of: ["ana", "ben", "cleo"], gap: 0.4)]
/// for index in scene.characters.indices {
///   scene.characters[index].placement = Placement(.arranged(0))
///   scene.characters[index].facing = Facing(.point(.zero))
/// }
/// ```
public struct Arrangement: Equatable, Sendable {
  /// How they stand.
  public enum Form: Equatable, Sendable {
    /// Side by side, the first at the left of whoever looks at their faces.
    case row
    /// On a circle, the first in front, then counter-clockwise from above; nil for as narrow
    /// a one as the gap allows.
    case ring(radius: Double?)
    /// Anywhere about the middle, the first nearest to it; other seeds, other places.
    case crowd(seed: Int)

    /// Returns a number from 0 to 1 for a member, as if by chance.
    package func share(_ member: Int) -> Double {
      if case .crowd(let seed) = self { return ArrangementSolver.share(seed, member, 2) }
      return ArrangementSolver.share(0, member, 2)
    }
  }

  /// The middle of an arrangement.
  public enum Center: Equatable, Sendable {
    /// A point of the world, in meters.
    case point(Vector3)
    /// A character, by id.
    case character(String)
  }

  /// How they stand.
  public var form: Form
  /// The ids of those who do.
  public var members: [String]
  /// The air between neighbors without forearms and shins, in meters; below 0 they overlap.
  public var gap: Double
  /// The middle, around which they stand.
  public var center: Center
  /// The way the whole is turned, in degrees, as a character's yaw.
  public var yaw: Double

  /// An arrangement from its parts.
  public init(
    _ form: Form, of members: [String], gap: Double = 0.3, around center: Center = .point(.zero),
    yaw: Double = 0
  ) {
    self.form = form
    self.members = members
    self.gap = gap
    self.center = center
    self.yaw = yaw
  }
}
