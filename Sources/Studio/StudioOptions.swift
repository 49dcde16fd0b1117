/// The options of a studio.
public struct StudioOptions: Sendable {
  /// The scene's file, which does not have to exist.
  public var scene: String
  /// The port on 127.0.0.1, or 0 for any free one; nil for 8170, or the next free one.
  public var port: Int?
  /// Whether to save every change automatically, until a page changes this setting.
  public var isAutosaving = false
  /// The folder of bodies and library poses; nil for the one beside the command.
  public var rigsFolder: String?
  /// A folder to read the page's files from; nil for the embedded ones.
  public var pageFolder: String?
  /// The folder for journals; nil for no journal.
  public var cacheFolder: String?
  /// The path of the command, which jobs run.
  public var program: String
  /// Called after each save that wrote something.
  public var saved: @Sendable () -> Void = {}
  /// The program's version.
  public var version: String

  /// Creates options for a scene.
  public init(scene: String, program: String, version: String) {
    self.scene = scene
    self.program = program
    self.version = version
  }
}
