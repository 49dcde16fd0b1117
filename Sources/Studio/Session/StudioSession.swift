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

  /// Counts the scenes that were shown: a page draws again for each.
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

  /// The owner of the gesture in progress; nil between gestures.
  public internal(set) var gesture: Int?

  /// The files on the disk; made again when one of the scene's inputs has changed there.
  private(set) var disk: FileLoader
  private let openDisk: () -> FileLoader
  /// The files that the scene was made of and that are not edited here, with their stamps.
  private var inputs = SceneInputs()
  var journal: Journal?
  /// The watch over the files on the disk.
  var watch = DiskWatch()
  /// The files that earlier sessions left unsaved and nobody has decided about, the newest first.
  var rests: [[Journal.Entry]] = [] {
    didSet { unsavedRest = rest }
  }
  /// The first of them, as a page offers it; nil if none is left.
  public private(set) var unsavedRest: UnsavedRest?
  /// Whether the journal is to be written.
  var isJournalStale = false
  /// The reason why it could not be written, which is reported once, and when that was tried.
  var journalFault: (words: String, time: ContinuousClock.Instant)?
  /// Sentences that are good to know and were not said yet.
  var notices: [String] = []

  /// Opens a scene; one that does not exist is created, unsaved.
  ///
  /// A scene with mistakes opens too, with nothing to see and its mistakes in ``diagnostics``; so
  /// does one that is not JSON, as a draft.
  /// - Parameters:
  ///   - disk: the files on the disk; asked for again when one of them changes that the loader
  ///     keeps.
  ///   - cache: the folder for the journal of what is not saved; nil for none.
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

  /// Returns an edit that adds something with a place for it; other edits stay as they are.
  ///
  /// - Parameter point: a place on the floor; with nil, what has no position of its own stands
  ///   where nothing is.
  public func placed(_ edit: SceneEdit, at point: Vector3?) -> SceneEdit {
    if let point { return edit.placing(at: point) }
    guard let radius = edit.radiusWithoutPlace, let shown else { return edit }
    return edit.placing(at: FreePlace(in: shown).find(radius: radius))
  }

  /// Takes the newest edits back and returns the last of them in words; nil where nothing was done.
  ///
  /// Of a gesture in progress, all that it has made is taken back, and it ends.
  public func undo(_ count: Int = 1) throws(SceneEditFault) -> String? {
    if let taken = try cancelGesture() { return taken }
    return try step(count) { history throws(SceneEditFault) in try history.undo(&files) }
  }

  /// Does the edits again that were taken back last, and returns the last of them in words; nil
  /// where nothing was undone, and where a gesture is in progress, which is taken back.
  public func redo(_ count: Int = 1) throws(SceneEditFault) -> String? {
    if try cancelGesture() != nil { return nil }
    return try step(count) { history throws(SceneEditFault) in try history.redo(&files) }
  }

  /// Goes so many steps through the history, and solves once.
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

  /// Follows a change of the files.
  func filesChanged() {
    isJournalStale = true
    readNamedPoses()
    solve()
  }

  /// Takes note of a scene that is shown without solving.
  func noteChange() { changes += 1 }

  /// Solves again where a file has changed that the scene was made of and that is not edited here:
  /// a model, motion, a pose that others build on.
  func lookAtInputs() {
    guard inputs.haveChanged else { return }
    disk = openDisk()
    readNamedPoses()
    solve()
  }

  /// Returns a character as it was solved and as it is described; nil for one that does not exist.
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
    // Of a text that cannot be read, this is to be reported, and not what is in force in its place.
    let drafts = files.drafts
    diagnostics =
      files.paths.compactMap { drafts[$0]?.diagnostic }
      + diagnostics.filter { drafts[$0.file] == nil }
  }
}
