internal import Export
public import MapRender
public import PoseRig

/// A request for scenes' maps, in plain values: a worker process gets it as bytes.
///
/// ```swift
/// import MapRender
///
/// let job = RenderJob(
///   choices: SceneChoices(canvas: Canvas(width: 512, height: 768)), maps: [.openpose, .depth],
///   only: ["ana"], version: "1")
/// let task = SceneTask(path: "a.scene.json", folder: "out/a")
/// let rendered = try SceneRenderer(job).render(task)
/// rendered.diagnostics.forEach { print($0) }
/// ```
public struct RenderJob: Sendable {
  /// How a scene's files are written.
  public enum Writing: Sendable {
    /// Always, and all at once or not at all; every character of ``RenderJob/only`` must be there.
    case whole
    /// Unless they are there, and each by itself, the manifest last; a scene without any of the
    /// characters of ``RenderJob/only`` is refused.
    case resumable
  }

  /// The choices for every scene.
  public var choices: SceneChoices
  /// The maps to draw.
  public var maps: [MapName]
  /// The characters to draw maps of, by id; nil for all.
  public var only: [String]?
  /// Whether characters are drawn in one picture instead of one at a time.
  public var together: Bool
  /// How files are written.
  public var writing: Writing
  /// The program's version, for manifests.
  public var version: String
  /// Whether manifests say where the scene is: not for a scene that is written for one run only.
  public var notesOrigin = true
  /// Whether bodies in bodies are noted.
  public var notesOverlaps = true

  /// A job; by default it draws the standard maps of every character.
  public init(
    choices: SceneChoices = SceneChoices(), maps: [MapName] = MapName.standard,
    only: [String]? = nil, together: Bool = false, writing: Writing = .whole, version: String
  ) {
    self.choices = choices
    self.maps = maps
    self.only = only
    self.together = together
    self.writing = writing
    self.version = version
  }

  /// The maker of the files.
  var export: SceneExport {
    SceneExport(maps: maps, only: only, together: together, version: version)
  }

  /// Returns the scene and the wishes as a manifest names them; nil for a scene of one run.
  func origin(of task: SceneTask) -> RenderOrigin? {
    guard notesOrigin else { return nil }
    let settings = choices.mapSettings.map { ($0.key, $0.value) }
    // The folder of this installation is found again; only another one has to be named.
    let rigs = choices.rigsFolder.flatMap { $0 == RigsFolder.find(nil) ? nil : $0 }
    return RenderOrigin(
      scene: FileIdentity.relative(task.path, from: task.folder),
      size: choices.canvas.map { .init(width: $0.width, height: $0.height) },
      profile: choices.profile?.name,
      settings: settings.isEmpty ? nil : Dictionary(settings, uniquingKeysWith: { $1 }),
      only: only, rigs: rigs.map { FileIdentity.relative($0, from: task.folder) })
  }

  /// Checks that a scene has every character of ``only``.
  public func checkCharacters(of scene: Scene) throws(Failure) {
    try CharacterChoice.check(only ?? [], among: scene.characters.map(\.id))
  }
}

/// The characters that a caller asks for, by id.
public enum CharacterChoice {
  /// Refuses ids that no character has.
  public static func check(_ ids: [String], among known: [String]) throws(Failure) {
    for id in ids where !known.contains(id) {
      throw Failure(
        .usage,
        "--only \(id): no character has this id; there are: " + known.joined(separator: ", "))
    }
  }
}

/// A scene to draw, and the folder for its files.
public struct SceneTask: Equatable, Sendable {
  /// The scene's file.
  public var path: String
  /// The folder to write.
  public var folder: String

  /// A task from its parts.
  public init(path: String, folder: String) {
    self.path = path
    self.folder = folder
  }
}
