internal import Export
public import PosemapKit
internal import SceneFiles

/// The files of a session and the disk: reading, saving, changes by others, unsaved changes.
extension StudioSession {
  /// Returns a scene as it is on disk; a new one if the file does not exist.
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

  /// Loads the pose files that characters name now.
  func readNamedPoses() {
    for path in files.named.sorted() where files.contents[path] == nil && files.mayHold(path) {
      let stamp = FileStamp(path)
      guard case .success(let bytes) = disk.read(path) else { continue }
      // Clips and other types of files are not edited here.
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

  /// Writes the files that have changed, or leaves the disk unchanged; returns their paths.
  ///
  /// - Throws: a failure for a text that is not JSON, for a file that others have changed in the
  ///   meantime, and for a disk that cannot be written to.
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
      // If another program has just written the file, the next check must notice the change.
      let isOwn = (try? disk.read(path).get()) == files.contents[path]?.bytes
      watch.note(path, isOwn ? stamp : FileStamp.none)
    }
    isJournalStale = true
    writeJournal()
    return unsaved
  }

  // MARK: Others

  /// The files with conflicting changes by this session and another program.
  public var outside: [OutsideConflict] { watch.conflicts }

  /// Checks whether others have written to the files. A change that does not conflict is accepted
  /// as an edit that can be undone.
  ///
  /// Returns sentences about the changes.
  ///
  /// - Parameter inGesture: whether to check during a gesture too; a change splits it.
  public func lookOutside(inGesture: Bool = false) -> [String] {
    if !isInGesture || inGesture {
      let sights = watch.look(files, read: disk.read)
      // No owner: a gesture in progress must not include it.
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

  /// Returns up to three sentences after a colon; empty for an empty list.
  private static func told(_ words: [String]) -> String {
    if words.isEmpty { return "" }
    let more = words.count > 3 ? "; and \(words.count - 3) more" : ""
    return ": " + words.prefix(3).joined(separator: "; ") + more
  }

  private func put(_ bytes: [UInt8], into file: String, saying description: String) {
    let content = FileContent(bytes, file: file, after: files.contents[file])
    // A whole text never fails to apply.
    try? history.make(
      [FileEdit(file: file, content: content)], saying: description, in: &files)
  }

  /// Resolves a file with conflicting changes: conflicts take this session's side or the other.
  /// Nothing is written until the next save.
  ///
  /// - Throws: a fault for a file without conflicts.
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

  /// Writes the unsaved files to the journal, so that they survive any end of the server. Does
  /// nothing if they are already written, or for some seconds after a failure.
  public func writeJournal() {
    guard var journal, isJournalStale else { return }
    if let journalFault, .now - journalFault.time < .seconds(5) { return }
    defer { self.journal = journal }
    do throws(Failure) {
      try journal.write(files, over: leftovers)
      (isJournalStale, journalFault) = (false, nil)
    } catch {
      let sentence = "unsaved changes cannot be kept in the cache: \(error.words)"
      if journalFault?.words != sentence { notices.append(sentence) }
      journalFault = (sentence, .now)
    }
  }

  /// Reads the files that an earlier session left unsaved, except for those that are now on the
  /// disk.
  func readJournal() {
    guard var journal else { return }
    defer { self.journal = journal }
    let read = journal.read()
    notices += read.faults.map(\.words)
    if read.isOpenElsewhere {
      notices.append(
        "another posemap studio has this scene open, with changes that are not saved")
    }
    leftovers = read.unsaved.filter { leftover in
      leftover.contains { entry in
        let path = journal.path(of: entry)
        let there = files.contents[path]?.bytes ?? (try? disk.read(path).get())
        return there != Array(entry.text.utf8)
      }
    }
    // Keep a damaged journal for inspection until there is something new to write.
    if leftovers.isEmpty, read.faults.isEmpty { journal.remove() }
  }

  /// The changes that an earlier session left unsaved, as offered to a page.
  public struct UnsavedChanges: Equatable, Sendable {
    /// The id that distinguishes it from others.
    public let id: String
    /// A sentence for each change.
    public let words: [String]
  }

  /// The newest unsaved changes in words.
  var offeredChanges: UnsavedChanges? {
    guard let journal, let leftover = leftovers.first else { return nil }
    let texts = Dictionary(
      leftover.map { (journal.path(of: $0), Array($0.text.utf8)) }, uniquingKeysWith: { $1 })
    let words = SessionDifference(
      files, disk: disk, paths: texts.keys.sorted(), from: { self.files.contents[$0]?.bytes },
      to: { texts[$0] }
    ).words
    return UnsavedChanges(
      id: Journal.id(of: leftover),
      words: words.isEmpty ? ["\(FilePath.lastName(of: files.scenePath)) was not saved"] : words)
  }

  /// Rejects a decision about unsaved changes that are not the ones on offer.
  private func checkOffered(_ id: String?) throws(SceneEditFault) {
    guard let unsavedChanges else { throw .wrongForm("there are no unsaved changes") }
    guard id == nil || id == unsavedChanges.id else {
      throw .wrongForm("that was already decided; other changes are unsaved")
    }
  }

  /// Applies the changes that an earlier session left unsaved, as an edit that can be undone.
  ///
  /// - Parameter id: the id of the changes; nil for those on offer.
  public func restore(_ id: String? = nil) throws(SceneEditFault) {
    try checkOffered(id)
    guard let journal, let leftover = leftovers.first else { return }
    var changes: [FileEdit] = []
    for entry in leftover {
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
    leftovers.removeFirst()
    filesChanged()
  }

  /// Returns the unsaved text; if the file has changed since, merged with that change unless they
  /// conflict.
  private static func text(of entry: Journal.Entry, on now: [UInt8]?, _ path: String) -> [UInt8] {
    let own = Array(entry.text.utf8)
    guard let now, let saved = entry.saved.map({ Array($0.utf8) }), now != saved,
      let merge = try? DocumentMerge(base: saved, ours: own, theirs: now, file: path),
      merge.faults.isEmpty
    else { return own }
    return merge.bytes(preferring: .ours)
  }

  /// Discards the changes that an earlier session left unsaved.
  ///
  /// - Parameter id: the id of the changes; nil for those on offer.
  public func forget(_ id: String? = nil) throws(SceneEditFault) {
    try checkOffered(id)
    leftovers.removeFirst()
    isJournalStale = true
  }
}
