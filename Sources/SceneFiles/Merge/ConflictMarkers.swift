/// The way in which conflicts are marked in a file: git's.
public struct ConflictMarkers: Equatable, Sendable {
  /// The versions between the markers; the names are those of `merge.conflictStyle`.
  public enum Style: String, Sendable {
    /// Ours and theirs.
    case merge
    /// Ours, base and theirs.
    case diff3
    /// As `diff3`, without lines at the edges that ours and theirs share.
    case zdiff3
  }

  /// The versions between the markers.
  public var style = Style.merge
  /// The number of characters of a marker.
  public var size = 7
  /// The words behind the marker of our version.
  public var ours = "ours"
  /// The words behind the marker of the base.
  public var base = "base"
  /// The words behind the marker of their version.
  public var theirs = "theirs"

  /// Markers as git sets them by default.
  public init() {}

  func line(_ mark: Character, _ label: String = "") -> String {
    String(repeating: mark, count: size) + (label.isEmpty ? "" : " \(label)")
  }
}
