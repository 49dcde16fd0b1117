/// The choices of a studio.
public struct StudioOptions: Sendable {
  /// The scene's file; it may be missing.
  public var scene: String
  /// The port of 127.0.0.1, 0 for any that is free; nil for 8170, or the next one that is free.
  public var port: Int?
  /// Whether every change is saved as it is made, until a page says otherwise.
  public var isAutosaving = false
  /// The folder of bodies and library poses; nil for the one beside the command.
  public var rigsFolder: String?
  /// A folder to take the page's files from; nil for those that are compiled in.
  public var pageFolder: String?
  /// The folder for journals; nil for no journal.
  public var cacheFolder: String?
  /// The path of the command, which jobs run.
  public var program: String
  /// Called after each save that wrote something.
  public var saved: @Sendable () -> Void = {}
  /// The program's version.
  public var version: String

  /// Choices for a scene.
  public init(scene: String, program: String, version: String) {
    self.scene = scene
    self.program = program
    self.version = version
  }
}
