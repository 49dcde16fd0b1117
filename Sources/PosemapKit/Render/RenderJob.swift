internal import Export
public import MapRender
public import PoseRig

/// A request for scenes' maps, in plain values that can be sent to a worker process as bytes.
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
    /// Always, and all at once or not at all; every character in ``RenderJob/only`` must exist.
    case whole
    /// Only if they do not exist, and one by one, with the manifest last; a scene without any of
    /// the characters in ``RenderJob/only`` is rejected.
    case resumable
  }

  /// The choices for every scene.
  public var choices: SceneChoices
  /// The maps to draw.
  public var maps: [MapName]
  /// The ids of the characters to draw maps of; nil for all.
  public var only: [String]?
  /// Whether characters are drawn in one picture instead of one picture each.
  public var together: Bool
  /// How the files are written.
  public var writing: Writing
  /// The program's version, for manifests.
  public var version: String
  /// Whether manifests record the scene's location; false for a scene that exists for one run only.
  public var notesOrigin = true
  /// Whether overlapping bodies are reported in notes.
  public var notesOverlaps = true

  /// Creates a job; by default, it draws the standard maps of every character.
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

  /// The exporter that writes the files.
  var export: SceneExport {
    SceneExport(maps: maps, only: only, together: together, version: version)
  }

  /// Returns the scene and the choices for the manifest; nil for a scene that exists for one run
  /// only.
  func origin(of task: SceneTask) -> RenderOrigin? {
    guard notesOrigin else { return nil }
    let settings = choices.mapSettings.map { ($0.key, $0.value) }
    // The folder of this installation is found by itself; only another one needs to be named.
    let rigs = choices.rigsFolder.flatMap { $0 == RigsFolder.find(nil) ? nil : $0 }
    return RenderOrigin(
      scene: FileIdentity.relative(task.path, from: task.folder),
      size: choices.canvas.map { .init(width: $0.width, height: $0.height) },
      profile: choices.profile?.name,
      settings: settings.isEmpty ? nil : Dictionary(settings, uniquingKeysWith: { $1 }),
      only: only, rigs: rigs.map { FileIdentity.relative($0, from: task.folder) },
      camera: choices.camera, turn: choices.turn?.description)
  }

  /// Checks that a scene has every character in ``only``.
  public func checkCharacters(of scene: Scene) throws(Failure) {
    try CharacterChoice.check(only ?? [], among: scene.characters.map(\.id))
  }
}

/// The ids of the characters that a caller requests.
public enum CharacterChoice {
  /// Throws if no character has one of the ids.
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
  /// The folder to write to.
  public var folder: String

  /// Creates a task from its parts.
  public init(path: String, folder: String) {
    self.path = path
    self.folder = folder
  }
}
