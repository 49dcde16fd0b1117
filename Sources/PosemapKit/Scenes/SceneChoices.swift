public import PoseRig
public import SceneFiles

/// A caller's choices for every scene that it loads; they override the files' own.
///
/// ```swift
/// import SceneFiles
///
/// let choices = SceneChoices(
///   canvas: Canvas(width: 1024, height: 1024), profile: .named("sdxl-xinsir"),
///   mapSettings: [("depthBits", "16")])
/// let loaded = try SceneLoader(choices).load("Examples/window/scene.json")
/// ```
public struct SceneChoices: Sendable {
  /// A map setting as text: a key of a scene's `"maps"`, and a value in the format of options.
  public typealias Setting = (key: String, value: String)

  /// The size to draw at; nil for the scene's own.
  public var canvas: Canvas?
  /// The generator models that the maps are for; nil for the scene's own.
  public var profile: Profile?
  /// Whether warnings count as errors.
  public var isStrict: Bool
  /// The folder of bodies and library poses; nil for the one beside the command.
  public var rigsFolder: String?
  /// Settings of the maps.
  public var mapSettings: [Setting]
  /// The name of the camera to draw with; nil for the scene's own choice.
  public var camera: String?
  /// The view of a turnaround to draw; nil for the camera as it is.
  public var turn: Turn?

  /// Creates choices; by default, everything is as the files specify.
  public init(
    canvas: Canvas? = nil, profile: Profile? = nil, isStrict: Bool = false,
    rigsFolder: String? = nil, mapSettings: [Setting] = [], camera: String? = nil,
    turn: Turn? = nil
  ) {
    self.canvas = canvas
    self.profile = profile
    self.isStrict = isStrict
    self.rigsFolder = rigsFolder
    self.mapSettings = mapSettings
    self.camera = camera
    self.turn = turn
  }

  /// Returns a loader of files on disk that finds the pose library.
  public func diskLoader() -> FileLoader {
    .disk(rigsFolder: RigsFolder.find(rigsFolder))
  }
}
