/// The scene that a set of maps was rendered from, and the caller's choices for it: enough to tell
/// later whether the set would be made again as it is.
public struct RenderOrigin: Codable, Equatable, Sendable {
  /// The sides of a picture in pixels.
  public struct Size: Codable, Equatable, Sendable {
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int

    /// A size from its sides.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// The scene's path relative to the folder of the manifest.
  public var scene: String
  /// The size requested; nil for the scene's own.
  public var size: Size?
  /// The name of the profile requested; nil for the scene's own.
  public var profile: String?
  /// The map settings requested, by key, as options give them; nil if there were none.
  public var settings: [String: String]?
  /// The characters requested; nil for all.
  public var only: [String]?
  /// The folder of library poses requested, relative to the folder of the manifest.
  public var rigs: String?

  /// An origin from its parts; by default without choices.
  public init(
    scene: String, size: Size? = nil, profile: String? = nil, settings: [String: String]? = nil,
    only: [String]? = nil, rigs: String? = nil
  ) {
    self.scene = scene
    self.size = size
    self.profile = profile
    self.settings = settings
    self.only = only
    self.rigs = rigs
  }
}
