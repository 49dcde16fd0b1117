/// The scene that a set of maps was rendered from, and the caller's choices: enough to tell later
/// whether a render would make the set again.
public struct RenderOrigin: Codable, Equatable, Sendable {
  /// The size of a picture in pixels.
  public struct Size: Codable, Equatable, Sendable {
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int

    /// Creates a size.
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
  /// The map settings requested, by key, as options give them; nil for the scene's own.
  public var settings: [String: String]?
  /// The characters requested; nil means all.
  public var only: [String]?
  /// The folder of library poses requested, relative to the folder of the manifest.
  public var rigs: String?
  /// The name of the camera requested; nil for the scene's own choice.
  public var camera: String?
  /// The view of a turnaround requested, as `2/8`; nil for the camera as it is.
  public var turn: String?

  /// Creates an origin from its parts.
  public init(
    scene: String, size: Size? = nil, profile: String? = nil, settings: [String: String]? = nil,
    only: [String]? = nil, rigs: String? = nil, camera: String? = nil, turn: String? = nil
  ) {
    self.scene = scene
    self.size = size
    self.profile = profile
    self.settings = settings
    self.only = only
    self.rigs = rigs
    self.camera = camera
    self.turn = turn
  }
}
