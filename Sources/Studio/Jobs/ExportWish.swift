/// The wishes for an export.
public struct ExportWish: Equatable, Sendable {
  /// The folder to write, relative to the scene's.
  public var folder: String
  /// The maps; empty for the standard ones.
  public var maps: [String]
  /// The characters; nil for all.
  public var only: [String]?
  /// Whether all are drawn in one picture.
  public var together: Bool
}
