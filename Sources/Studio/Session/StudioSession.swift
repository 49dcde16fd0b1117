public import PoseRig
public import PosemapKit
public import SceneFiles

/// A scene that artists edit: its files, and the scene that results from them.
///
/// Every tab has its own ``StudioView`` of the session.
///
/// ```swift
/// let session = try StudioSession("scene.json", files: .disk(rigsFolder: nil))
/// try session.make(.look("ana", .string("ben")))
/// try session.save()
/// ```
public final class StudioSession {
  /// The current files.
  public internal(set) var files: EditedFiles
  /// The edits made.
  public internal(set) var history = History()
  /// The last solved scene; nil until it can be solved.
  public private(set) var posed: PosedScene?
  /// The scene before it was posed.
  public private(set) var described: Scene?
  /// The errors and warnings about the current files.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Whether the current files cannot be shown.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The number of scenes that were shown: a page draws again after each.
  public private(set) var changes = 0
  /// The time that the last solve took.
  public private(set) var solvingTime = Duration.zero
  /// The time within the clips that is shown, in seconds.
  public internal(set) var time = 0.0
  /// The scene at that time; nil for the scene as its file has it.
  var moment: PosedScene?
  /// The scene's clips, measured when one of their times is first shown.
  var clip: ClipScene?
  /// The library's gestures that take both arms.
  private lazy var pairGestures = PoseLibrary.pairGestures(in: disk.rigsFolder)
  /// The converter of findings about the scene to diagnostics.
  private(set) var source: SceneSource?

  /// The owner of the gesture in progress; nil between gestures.
  public internal(set) var gesture: Int?

  /// The files on disk; recreated when one of the scene's inputs has changed there.
  private(set) var disk: FileLoader
  private let openDisk: () -> FileLoader
  /// The files that the scene was made from and that are not being edited, with their stamps.
  private var inputs = SceneInputs()
  var journal: Journal?
  /// The watch over the files on disk.
  var watch = DiskWatch()
  /// The files that earlier sessions left unsaved and that nobody has decided about, the newest
  /// first.
  var leftovers: [[Journal.Entry]] = [] {
    didSet { unsavedChanges = offeredChanges }
  }
  /// The newest unsaved changes, as offered to a page; nil if there are no more.
  public private(set) var unsavedChanges: UnsavedChanges?
  /// Whether the journal has to be written.
  var isJournalStale = false
  /// The reason why the journal could not be written, which is reported once, and the time of the
  /// attempt.
  var journalFault: (words: String, time: ContinuousClock.Instant)?
  /// Sentences for the pages that have not been sent yet.
  var notices: [String] = []

  /// Opens a scene; one that does not exist is created, unsaved.
  ///
  /// A scene with errors opens too, with nothing to see and its errors in ``diagnostics``; so does
  /// one that is not JSON, as a draft.
  /// - Parameters:
  ///   - disk: returns the files on disk; called again when a file that the loader caches has
  ///     changed.
  ///   - cache: the folder for the journal of unsaved changes; nil for no journal.
  /// - Throws: a failure for a scene that cannot be read.
  public init(
    _ path: String, files disk: @autoclosure @escaping () -> FileLoader, cache: String? = nil
  ) throws(Failure) {
    openDisk = disk
    self.disk = disk()
    journal = cache.map { Journal(of: path, in: $0) }
    watch.note(path)
    files = try Self.read(path, self.disk)
    files.trustNames()
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

  /// Makes an edit; a standing character that gets a seat sits down, in one step to undo.
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

  /// Returns an edit that adds something, with a position for it; other edits stay unchanged.
  ///
  /// - Parameter point: a point on the floor; if nil, a thing without a position is put on free
  ///   floor.
  public func placed(_ edit: SceneEdit, at point: Vector3?) -> SceneEdit {
    if let point { return edit.placing(at: point) }
    guard let radius = edit.neededRadius, let shown else { return edit }
    return edit.placing(at: FreeFloor(in: shown).find(radius: radius))
  }

  /// Undoes the newest edits and returns a description of the last of them; nil if there was
  /// nothing to undo.
  ///
  /// A gesture in progress is undone as a whole and ends.
  public func undo(_ count: Int = 1) throws(SceneEditFault) -> String? {
    if let taken = try cancelGesture() { return taken }
    return try step(count) { history throws(SceneEditFault) in try history.undo(&files) }
  }

  /// Redoes the edits that were undone last, and returns a description of the last of them; nil if
  /// there was nothing to redo. A gesture in progress is undone instead.
  public func redo(_ count: Int = 1) throws(SceneEditFault) -> String? {
    if try cancelGesture() != nil { return nil }
    return try step(count) { history throws(SceneEditFault) in try history.redo(&files) }
  }

  /// Moves several steps through the history, and solves once.
  private func step(
    _ count: Int, _ work: (inout History) throws(SceneEditFault) -> History.Entry?
  ) throws(SceneEditFault) -> String? {
    var last: History.Entry?
    defer { if last != nil { filesChanged() } }
    for _ in 0..<count {
      guard let entry = try work(&history) else { break }
      last = entry
    }
    return last?.description
  }

  /// Responds to a change in the files.
  func filesChanged() {
    isJournalStale = true
    readNamedPoses()
    solve()
  }

  /// Records that another scene is shown without solving.
  func noteChange() { changes += 1 }

  /// Solves again if a file has changed that the scene was made from and that is not being edited:
  /// a model, a motion, or a pose that others build on.
  func lookAtInputs() {
    guard inputs.haveChanged else { return }
    disk = openDisk()
    readNamedPoses()
    solve()
  }

  /// Returns a character in its solved and its described state; nil if it does not exist.
  func character(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    solved?.character(id)
  }

  /// The last solved scene; nil until it can be solved.
  public var solved: SolvedScene? {
    guard let posed, let described else { return nil }
    return SolvedScene(posed: posed, described: described, pairGestures: pairGestures)
  }

  // MARK: Solving

  /// Reads and solves the current files; keeps the last good scene if there are errors.
  private func solve() {
    let start = ContinuousClock.now
    defer {
      changes += 1
      solvingTime = .now - start
    }
    let edited = files.contents
    let (notes, loader) = SceneInputs.noting(disk, edited: { edited[$0]?.bytesInForce })
    defer { inputs = notes.inputs }
    do throws(Failure) {
      let loaded = try SceneLoader(SceneChoices(), files: loader).load(files.scenePath)
      (posed, described, source) = (loaded.scene, loaded.described, loaded.source)
      (moment, clip, time) = (nil, nil, 0)
      diagnostics = loaded.diagnostics
    } catch {
      diagnostics = error.diagnostics
    }
    // For a draft, report its syntax error and not findings about the content in force.
    let drafts = files.drafts
    diagnostics =
      files.paths.compactMap { drafts[$0]?.diagnostic }
      + diagnostics.filter { drafts[$0.file] == nil }
  }
}
