/// The options of an export.
public struct ExportRequest: Equatable, Sendable {
  /// The folder to write to, relative to the scene's folder.
  public var folder: String
  /// The maps; empty for the default maps.
  public var maps: [String]
  /// The characters; nil means all.
  public var only: [String]?
  /// Whether to draw all characters in one picture.
  public var together: Bool
}
