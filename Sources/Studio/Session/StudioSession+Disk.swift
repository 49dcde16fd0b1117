internal import Export
public import PosemapKit
internal import SceneFiles

/// The files of a session and the disk: reading, saving, what others write, what was left unsaved.
extension StudioSession {
  /// Returns a scene as it is on the disk; a new one where it is not there.
  static func read(_ path: String, _ disk: FileLoader) throws(Failure) -> EditedFiles {
    switch disk.read(path) {
    case .success(let bytes):
      if let kind = (try? Document(bytes, file: path))?.kind, kind != .scene {
        throw Failure(
          .badData, of: path, "this is a \(kind) file, not a scene; open the scene that names it")
      }
      return EditedFiles(scenePath: path, bytes: bytes)
    case .failure(let fault):
      guard !FileStamp(path).isThere else {
        throw Failure(.noInput, of: path, "cannot read this scene: \(fault.reason)")
      }
      let text = NewScene.text(hasLibrary: disk.rigsFolder != nil)
      return EditedFiles(scenePath: path, bytes: Array(text.utf8), isOnDisk: false)
    }
  }

  /// Takes the pose files in that characters name by now.
  func readNamedPoses() {
    for path in files.named.sorted() where files.contents[path] == nil && files.mayHold(path) {
      let stamp = FileStamp(path)
      guard case .success(let bytes) = disk.read(path) else { continue }
      // Clips, and files of other kinds, are nobody's to edit here.
      guard let document = try? Document(bytes, file: path) else {
        guard path.hasSuffix(StudioLibrary.suffix) else { continue }
        files.add(path, bytes: bytes)
        watch.note(path, stamp)
        continue
      }
      if document.kind != .pose { continue }
      files.add(path, bytes: bytes)
      watch.note(path, stamp)
    }
  }

  /// Writes the files that have changed, or leaves the disk as it is; returns their paths.
  ///
  /// - Throws: a failure for a text that is not JSON, for a file that others changed meanwhile, and
  ///   for a disk that takes nothing.
  public func save() throws(Failure) -> [String] {
    let unsaved = files.unsaved
    for path in unsaved {
      guard let draft = files.drafts[path] else { continue }
      let line = draft.diagnostic.location.map { " (line \($0.line))" } ?? ""
      throw Failure(
        .badData, of: path,
        "nothing is saved while this text cannot be read\(line): \(draft.diagnostic.message)")
    }
    if let refusal = watch.refusal(toWrite: unsaved, of: files, read: disk.read) { throw refusal }
    do throws(ExportError) {
      try SingleFile.write(
        unsaved.map { OutputFile(path: $0, bytes: files.contents[$0]?.bytes ?? []) })
    } catch {
      throw Failure(error.code, "\(error)")
    }
    for path in unsaved {
      files.markSaved(path)
      let stamp = FileStamp(path)
      // Another's text that came in this moment is seen as a change at the next look.
      let isOwn = (try? disk.read(path).get()) == files.contents[path]?.bytes
      watch.note(path, isOwn ? stamp : FileStamp.none)
    }
    isJournalStale = true
    writeJournal()
    return unsaved
  }

  // MARK: Others

  /// Files that were changed here and outside, in ways that are at odds.
  public var outside: [OutsideConflict] { watch.conflicts }

  /// Looks whether others have written to the files; a change that fits is taken over, as an edit
  /// that can be undone.
  ///
  /// Returns what there is to say, a sentence each.
  ///
  /// - Parameter inGesture: whether to look while a gesture is in progress, too; it is parted by a
  ///   change.
  public func lookOutside(inGesture: Bool = false) -> [String] {
    if !isInGesture || inGesture {
      let sights = watch.look(files, read: disk.read)
      // Nobody's: a gesture in progress does not take it in.
      try? apart(for: -1) { for sight in sights { take(sight) } }
      if sights.isEmpty { lookAtInputs() } else { filesChanged() }
    }
    defer { notices = [] }
    return notices
  }

  private func take(_ sight: DiskWatch.Sight) {
    let file = sight.file
    let name = FilePath.lastName(of: file)
    let saved = files.savedBytes(of: file)
    if let theirs = sight.theirs, !watch.isOpen(file) {
      files.markSaved(file, as: theirs)
      files.trustNames(in: theirs, of: file)
    }
    switch sight.change {
    case .taken(let bytes):
      let words = SessionDifference(
        files, disk: disk, paths: [file], from: { _ in saved }, to: { _ in bytes }
      ).words
      put(bytes, into: file, saying: "\(name) changed outside")
      notices.append("\(name) was changed outside" + Self.told(words))
    case .merged(let bytes):
      put(bytes, into: file, saying: "\(name) merged with what changed outside")
      notices.append("\(name) was changed here and outside; both changes fit together")
    case .conflict(let words):
      notices.append("\(name) was changed here and outside, with conflicts" + Self.told(words))
    case .deleted:
      files.markGone(file)
      notices.append("\(name) was deleted outside; it is kept here, unsaved")
    case .nothingNew: break
    }
  }

  /// Returns up to three sentences after a colon; nothing for an empty list.
  private static func told(_ words: [String]) -> String {
    if words.isEmpty { return "" }
    let more = words.count > 3 ? "; and \(words.count - 3) more" : ""
    return ": " + words.prefix(3).joined(separator: "; ") + more
  }

  private func put(_ bytes: [UInt8], into file: String, saying description: String) {
    let content = FileContent(bytes, file: file, after: files.contents[file])
    // A whole text always fits.
    try? history.make(
      [FileEdit(file: file, content: content)], saying: description, in: &files)
  }

  /// Decides about a file that was changed here and outside: what is here is kept where both are at
  /// odds, or what is there. Nothing is written until the next save.
  ///
  /// - Throws: a fault for a file about which nothing is to be decided.
  public func settleOutside(_ file: String, keepsMine: Bool) throws(SceneEditFault) {
    guard let conflict = watch.conflicts.first(where: { $0.file == file }) else {
      throw .wrongForm("there are no conflicts in \(FilePath.lastName(of: file))")
    }
    let ours = files.contents[file]?.bytes ?? []
    let text = conflict.text(
      keepingMine: keepsMine, saved: files.savedBytes(of: file), ours: ours)
    files.markSaved(file, as: conflict.theirs)
    watch.settle(file)
    if text != ours {
      put(
        text, into: file,
        saying: "\(FilePath.lastName(of: file)): "
          + (keepsMine ? "mine kept where both changed" : "theirs taken where both changed"))
    }
    filesChanged()
  }

  // MARK: The journal

  /// Writes the unsaved files down, so that no end of the server loses them; nothing happens where
  /// they are written already, and some seconds after that has failed.
  public func writeJournal() {
    guard var journal, isJournalStale else { return }
    if let journalFault, .now - journalFault.time < .seconds(5) { return }
    defer { self.journal = journal }
    do throws(Failure) {
      try journal.write(files, over: rests)
      (isJournalStale, journalFault) = (false, nil)
    } catch {
      let sentence = "what is not saved cannot be kept in the cache: \(error.words)"
      if journalFault?.words != sentence { notices.append(sentence) }
      journalFault = (sentence, .now)
    }
  }

  /// Reads the files that an earlier session left unsaved, except for those on the disk by now.
  func readJournal() {
    guard var journal else { return }
    defer { self.journal = journal }
    let read = journal.read()
    notices += read.faults.map(\.words)
    if read.isOpenElsewhere {
      notices.append(
        "another posemap studio has this scene open, with changes that are not saved")
    }
    rests = read.unsaved.filter { rest in
      rest.contains { entry in
        let path = journal.path(of: entry)
        let there = files.contents[path]?.bytes ?? (try? disk.read(path).get())
        return there != Array(entry.text.utf8)
      }
    }
    // One that is damaged may be worth a look by hand, until something new is to be kept.
    if rests.isEmpty, read.faults.isEmpty { journal.remove() }
  }

  /// The changes that an earlier session left unsaved, as a page offers them.
  public struct UnsavedRest: Equatable, Sendable {
    /// What tells it from others.
    public let id: String
    /// The changes, a sentence each.
    public let words: [String]
  }

  /// The first rest in words.
  var rest: UnsavedRest? {
    guard let journal, let rest = rests.first else { return nil }
    let texts = Dictionary(
      rest.map { (journal.path(of: $0), Array($0.text.utf8)) }, uniquingKeysWith: { $1 })
    let words = SessionDifference(
      files, disk: disk, paths: texts.keys.sorted(), from: { self.files.contents[$0]?.bytes },
      to: { texts[$0] }
    ).words
    return UnsavedRest(
      id: Journal.id(of: rest),
      words: words.isEmpty ? ["\(FilePath.lastName(of: files.scenePath)) was not saved"] : words)
  }

  /// Refuses to decide about a rest that is not the one on offer.
  private func checkOffered(_ id: String?) throws(SceneEditFault) {
    guard let unsavedRest else { throw .wrongForm("there are no unsaved changes") }
    guard id == nil || id == unsavedRest.id else {
      throw .wrongForm("that was already decided; other changes are unsaved")
    }
  }

  /// Does what an earlier session left unsaved, as an edit that can be undone.
  ///
  /// - Parameter id: the id of the one that is meant; nil for the one on offer.
  public func restore(_ id: String? = nil) throws(SceneEditFault) {
    try checkOffered(id)
    guard let journal, let rest = rests.first else { return }
    var changes: [FileEdit] = []
    for entry in rest {
      let path = journal.path(of: entry)
      guard path == files.scenePath || path.hasSuffix(".json") else { continue }
      let stamp = FileStamp(path)
      if files.contents[path] == nil, case .success(let bytes) = disk.read(path) {
        files.add(path, bytes: bytes)
        watch.note(path, stamp)
      }
      let now = files.contents[path]
      let content = FileContent(Self.text(of: entry, on: now?.bytes, path), file: path, after: now)
      changes.append(FileEdit(file: path, content: content))
    }
    try history.make(changes, saying: "unsaved changes restored", in: &files)
    rests.removeFirst()
    filesChanged()
  }

  /// Returns the text that was not saved; where the file has changed since, joined with that if
  /// both fit.
  private static func text(of entry: Journal.Entry, on now: [UInt8]?, _ path: String) -> [UInt8] {
    let own = Array(entry.text.utf8)
    guard let now, let saved = entry.saved.map({ Array($0.utf8) }), now != saved,
      let merge = try? DocumentMerge(base: saved, ours: own, theirs: now, file: path),
      merge.faults.isEmpty
    else { return own }
    return merge.bytes(preferring: .ours)
  }

  /// Forgets what an earlier session left unsaved.
  ///
  /// - Parameter id: the id of the one that is meant; nil for the one on offer.
  public func forget(_ id: String? = nil) throws(SceneEditFault) {
    try checkOffered(id)
    rests.removeFirst()
    isJournalStale = true
  }
}
