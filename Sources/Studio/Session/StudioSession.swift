public import PoseRig
public import PosemapKit
public import SceneFiles

/// A scene under an artist's hands: its files, and the scene that they come to.
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
  public internal(set) var files: EditedFiles
  /// The edits made.
  public internal(set) var history = History()
  /// The scene as it was last solved; nil until it can be.
  public private(set) var posed: PosedScene?
  /// The scene before it was posed.
  public private(set) var described: Scene?
  /// The mistakes and doubts about the files as they are by now.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Whether the files as they are by now cannot be shown.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Counts the changes of all that a page shows of the session.
  public private(set) var changes = 0
  /// The time that the last solving took.
  public private(set) var solvingTime = Duration.zero
  /// The moment of clips that is shown, in seconds.
  public internal(set) var time = 0.0
  /// The scene at that moment; nil for the scene as its file has it.
  var moment: PosedScene?
  /// The scene's clips, measured when a moment of them is first shown.
  var clip: ClipScene?
  /// Turns findings about the scene into diagnostics.
  private(set) var source: SceneSource?

  let disk: FileLoader
  var journal: Journal?
  /// The watch over the files on the disk.
  var watch = DiskWatch()
  /// The files that earlier sessions left unsaved and nobody has decided about, the newest first.
  var rests: [[Journal.Entry]] = []
  /// Whether the journal is to be written.
  var isJournalStale = false
  /// The reason why it could not be written, which is said once.
  var journalFault: String?
  /// Sentences that are good to know and were not said yet.
  var notices: [String] = []

  /// Opens a scene; one that is not there is begun, unsaved.
  ///
  /// A scene with mistakes opens too, with nothing to see and its mistakes in ``diagnostics``; so
  /// does one that is not JSON, as a draft.
  /// - Parameter cache: the folder for the journal of what is not saved; nil for none.
  /// - Throws: a failure for a scene that cannot be read.
  public init(_ path: String, files disk: FileLoader, cache: String? = nil) throws(Failure) {
    self.disk = disk
    journal = cache.map { Journal(of: path, in: $0) }
    watch.note(path)
    files = try Self.read(path, disk)
    readNamedPoses()
    readJournal()
    solve()
  }

  // MARK: Edits

  /// Makes an edit.
  public func make(_ edit: SceneEdit) throws(SceneEditFault) {
    try history.make(edit, in: &files, solved: solved)
    filesChanged()
  }

  /// Makes an edit; who stands and is given a seat sits down, in one step to undo.
  public func make(seating edit: SceneEdit) throws(SceneEditFault) {
    guard case .seat(let id, let point?) = edit, !isInGesture else { return try make(edit) }
    beginGesture()
    defer { endGesture() }
    try make(edit)
    guard let solved, let character = solved.character(id),
      let height = SittingDown.height(of: point, in: solved),
      let sitting = SittingDown.edit(
        for: character.posed,
        at: (height - character.described.position.y) / character.posed.body.rig.size, in: files)
    else { return }
    try make(.several([sitting], description: "\(edit)"))
  }

  /// Returns an edit that adds something with a place for it; other edits stay as they are.
  ///
  /// - Parameter point: a place on the floor; with nil, what has no position of its own stands where
  ///   nothing is.
  public func placed(_ edit: SceneEdit, at point: Vector3?) -> SceneEdit {
    if let point { return edit.placing(at: point) }
    guard let radius = edit.radiusWithoutPlace, let shown else { return edit }
    return edit.placing(at: FreePlace(in: shown).find(radius: radius))
  }

  /// Takes the newest edit back and returns it in words; nil where nothing was done.
  public func undo() throws(SceneEditFault) -> String? {
    let entry = try history.undo(&files)
    if entry != nil { filesChanged() }
    return entry?.description
  }

  /// Does the edit again that was taken back last, and returns it in words; nil where nothing was
  /// undone.
  public func redo() throws(SceneEditFault) -> String? {
    let entry = try history.redo(&files)
    if entry != nil { filesChanged() }
    return entry?.description
  }

  /// Follows a change of the files.
  func filesChanged() {
    isJournalStale = true
    readNamedPoses()
    solve()
  }

  /// Takes note that something changed that needs no solving.
  func noteChange() { changes += 1 }

  // MARK: Gestures

  /// Whether a gesture goes on.
  public var isInGesture: Bool { history.isInGesture }

  /// Begins a gesture, such as a drag: all edits until its end are one step to undo.
  public func beginGesture() { history.beginGesture() }

  /// Ends a gesture.
  public func endGesture() { history.endGesture() }

  /// Takes back all edits of the gesture, for good.
  public func cancelGesture() throws(SceneEditFault) {
    let count = history.done.count
    try history.cancelGesture(&files)
    if history.done.count != count { filesChanged() }
    history.endGesture()
  }

  /// Returns a character as it was solved and as it is described; nil for one that is not there.
  func character(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    solved?.character(id)
  }

  /// The scene as it was last solved; nil until it can be.
  public var solved: SolvedScene? {
    guard let posed, let described else { return nil }
    return SolvedScene(posed: posed, described: described)
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
      edited.contents[path].map { .success($0.bytesInForce) } ?? disk.read(path)
    }
    do throws(Failure) {
      let loaded = try SceneLoader(SceneChoices(), files: loader).load(files.scenePath)
      (posed, described, source) = (loaded.scene, loaded.described, loaded.source)
      (moment, clip) = (nil, nil)
      diagnostics = loaded.diagnostics
    } catch {
      diagnostics = error.diagnostics
    }
    // Of a text that cannot be read, this is to be said, and not what is in force in its place.
    let drafts = files.drafts
    diagnostics =
      files.paths.compactMap { drafts[$0]?.diagnostic }
      + diagnostics.filter { drafts[$0.file] == nil }
  }
}
