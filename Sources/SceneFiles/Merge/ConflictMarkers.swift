/// The format of conflict markers in a file, which is git's.
public struct ConflictMarkers: Equatable, Sendable {
  /// The versions to show between the markers, named like git's `merge.conflictStyle`.
  public enum Style: String, Sendable {
    /// Ours and theirs.
    case merge
    /// Ours, base and theirs.
    case diff3
    /// Like `diff3`, without lines at the edges that ours and theirs share.
    case zdiff3
  }

  /// The versions to show between the markers.
  public var style = Style.merge
  /// The number of characters in a marker.
  public var size = 7
  /// The label after the marker of our version.
  public var ours = "ours"
  /// The label after the marker of the base.
  public var base = "base"
  /// The label after the marker of their version.
  public var theirs = "theirs"

  /// Creates markers with git's defaults.
  public init() {}

  func line(_ mark: Character, _ label: String = "") -> String {
    String(repeating: mark, count: size) + (label.isEmpty ? "" : " \(label)")
  }
}
