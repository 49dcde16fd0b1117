internal import Export
public import PoseRig
public import PosemapKit
public import SceneFiles

/// A scene under an artist's hands: its files and what they come to.
///
/// Every tab has its own ``StudioView`` of the one session.
///
/// ```swift
/// let session = try StudioSession("scene.json", files: .disk(rigsFolder: nil))
/// try session.make(.look("ana", .string("ben")))
/// try session.save()
/// ```
public final class StudioSession {
  /// The files as they are by now.
  public private(set) var files: EditedFiles
  /// The edits made.
  public private(set) var history = History()
  /// The scene as it was last solved; nil until it can be.
  public private(set) var posed: PosedScene?
  /// The scene before it was posed.
  public private(set) var described: Scene?
  /// The mistakes and doubts about the files as they are by now.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Counts the changes of all that a page shows of the session.
  public private(set) var changes = 0
  /// The time that the last solving took.
  public private(set) var solvingTime = Duration.zero
  /// The moment of clips that is shown, in seconds.
  public var time = 0.0 { didSet { if time != oldValue { solve() } } }

  private let disk: FileLoader

  /// Opens a scene.
  ///
  /// A scene with mistakes opens too, with nothing to see and its mistakes in ``diagnostics``.
  /// - Throws: a failure for a scene that cannot be read, or is not JSON.
  public init(_ path: String, files disk: FileLoader, cache: String? = nil) throws(Failure) {
    self.disk = disk
    let scene = try Self.document(path, disk)
    files = EditedFiles(scene: scene, poses: Self.poses(of: scene, disk))
    solve()
  }

  private static func document(
    _ path: String, _ disk: FileLoader
  ) throws(Failure) -> Document {
    switch disk.read(path) {
    case .failure(let fault):
      throw Failure(.noInput, of: path, "cannot read this scene: \(fault.reason)")
    case .success(let bytes):
      do throws(Diagnostic) {
        return try Document(bytes, file: path)
      } catch {
        throw Failure(.badData, diagnostics: [error])
      }
    }
  }

  /// Returns the pose files that a scene's characters name.
  private static func poses(of scene: Document, _ disk: FileLoader) -> [Document] {
    (scene.root["characters"]?.items ?? []).compactMap { character in
      guard let name = character["pose"]?.text, name.hasSuffix(".json") else { return nil }
      let path = FilePath.resolve(name, besides: scene.file)
      guard case .success(let bytes) = disk.read(path),
        let document = try? Document(bytes, file: path), document.kind == .pose
      else { return nil }
      return document
    }
  }

  // MARK: Edits

  /// Makes an edit.
  public func make(_ edit: SceneEdit) throws(SceneEditFault) {
    try history.make(edit, in: &files)
    solve()
  }

  /// Takes the newest edit back and returns it in words; nil where nothing was done.
  public func undo() throws(SceneEditFault) -> String? {
    let entry = try history.undo(&files)
    if entry != nil { solve() }
    return entry?.description
  }

  /// Does the edit again that was taken back last, and returns it in words; nil where nothing was
  /// undone.
  public func redo() throws(SceneEditFault) -> String? {
    let entry = try history.redo(&files)
    if entry != nil { solve() }
    return entry?.description
  }

  /// Writes the files that have changed, or leaves the disk as it is; returns their paths.
  public func save() throws(Failure) -> [String] {
    let unsaved = files.unsaved
    do throws(ExportError) {
      try SingleFile.write(
        unsaved.map { OutputFile(path: $0, bytes: files.documents[$0]?.bytes ?? []) })
    } catch {
      throw Failure(error.code, "\(error)")
    }
    for path in unsaved { files.markSaved(path) }
    changes += 1
    return unsaved
  }

  // MARK: Gestures

  /// Whether a gesture goes on.
  public var isInGesture: Bool { history.isInGesture }

  /// Begins a gesture, such as a drag: all edits until its end are one step to undo.
  public func beginGesture() { history.beginGesture() }

  /// Ends a gesture.
  public func endGesture() { history.endGesture() }

  /// Takes back all edits of the gesture, for good.
  public func cancelGesture() throws(SceneEditFault) {
    if history.gestureHasEdits {
      _ = try history.undo(&files)
      history.forgetUndone()
      solve()
    }
    history.endGesture()
  }

  /// Returns a character as it was solved and as it is described; nil for one that is not there.
  func character(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    guard let posed = posed?.characters.first(where: { $0.id == id }),
      let described = described?.characters.first(where: { $0.id == id })
    else { return nil }
    return (posed, described)
  }

  // MARK: Solving

  /// Reads and solves the files as they are by now; the last good scene stays where there are
  /// mistakes.
  private func solve() {
    let start = ContinuousClock.now
    defer {
      changes += 1
      solvingTime = .now - start
    }
    var loader = disk
    let edited = files
    loader.read = { [disk] path in
      edited.documents[path].map { .success($0.bytes) } ?? disk.read(path)
    }
    do throws(Failure) {
      let loaded = try SceneLoader(SceneChoices(), files: loader).load(files.scenePath)
      (posed, described) = (loaded.scene, loaded.described)
      diagnostics = loaded.diagnostics
    } catch {
      diagnostics = error.diagnostics
    }
  }
}
