/// Several characters in a row, a ring or a crowd.
///
/// The ``Character/placement`` of a character makes it a member; ``Scene/placed(findings:)``
/// converts that to positions:
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
  /// The form in which the members stand.
  public enum Form: Equatable, Sendable {
    /// Side by side, with the first at the left of a viewer who sees their faces.
    case row
    /// On a circle, with the first in front, then counterclockwise seen from above; a nil radius is
    /// the smallest that the gap allows.
    case ring(radius: Double?)
    /// Scattered around the center, with the first nearest to it; each seed gives different
    /// positions.
    case crowd(seed: Int)

    /// Returns a pseudorandom number from 0 to 1 for a member.
    package func share(_ member: Int) -> Double {
      if case .crowd(let seed) = self { return ArrangementSolver.share(seed, member, 2) }
      return ArrangementSolver.share(0, member, 2)
    }
  }

  /// The center of an arrangement.
  public enum Center: Equatable, Sendable {
    /// A point in the world, in meters.
    case point(Vector3)
    /// A character, by id.
    case character(String)
  }

  /// The form in which the members stand.
  public var form: Form
  /// The ids of the members.
  public var members: [String]
  /// The gap between neighbors without forearms and shins, in meters; negative if they overlap.
  public var gap: Double
  /// The center around which the members stand.
  public var center: Center
  /// The rotation of the whole arrangement, in degrees, like a character's yaw.
  public var yaw: Double

  /// Creates an arrangement from its parts.
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
