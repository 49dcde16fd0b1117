internal import SceneFiles

/// Changes to several files, which are made together or not at all.
struct SetupChanges {
  /// The change to one file.
  struct FileChange {
    /// The file before the change.
    var file: SetupFile
    /// The new content; nil to remove the file.
    var bytes: [UInt8]?
    /// Whether a new file is executable.
    var isExecutable = false
    /// The path to which the file is moved first, to make room for another.
    var kept: String?
    /// The number of folders above the file that are removed with it.
    var folders = 0

    /// Whether the file had no posemap lines.
    var isNewBlock: Bool { (try? BlockedText(file.bytes ?? []))?.block == nil }
  }

  private(set) var files: [FileChange] = []

  /// Whether nothing changes.
  var isEmpty: Bool { files.isEmpty }

  /// Records a file's new content.
  mutating func write(_ bytes: [UInt8], to file: SetupFile, isExecutable: Bool = false) {
    files.append(FileChange(file: file, bytes: bytes, isExecutable: isExecutable))
  }

  /// Records a file's new content if it differs; returns whether it does.
  @discardableResult
  mutating func writeIfChanged(_ bytes: [UInt8], to file: SetupFile) -> Bool {
    if bytes == file.bytes { return false }
    write(bytes, to: file)
    return true
  }

  /// Records that a hook is renamed and replaced by one that starts it.
  mutating func chain(_ path: String, kept: String, _ lines: [String]) {
    files.append(
      FileChange(
        file: SetupFile(absent: path),
        bytes: BlockedText.new(head: HookBlock.head, lines, folders: 0), isExecutable: true,
        kept: kept))
  }

  /// Records that a file is removed, or replaced by the hook that was renamed for it.
  mutating func remove(_ file: SetupFile, folders: Int, kept: String? = nil) {
    files.append(FileChange(file: file, bytes: nil, kept: kept, folders: folders))
  }

  /// Makes all changes; if one fails, reverts those already made.
  func apply() throws(Failure) {
    var done: [FileChange] = []
    do throws(Failure) {
      for change in files {
        try Self.make(change)
        done.append(change)
      }
    } catch {
      for change in done.reversed() { try? Self.takeBack(change) }
      throw error
    }
  }

  private static func make(_ change: FileChange) throws(Failure) {
    guard let bytes = change.bytes else {
      if let kept = change.kept {
        try SetupFile.move(kept, to: change.file.path)
      } else {
        try change.file.remove(folders: change.folders)
      }
      return
    }
    if let kept = change.kept { try SetupFile.move(change.file.path, to: kept) }
    do throws(Failure) {
      try change.file.write(bytes, isExecutable: change.isExecutable)
    } catch {
      if let kept = change.kept { try? SetupFile.move(kept, to: change.file.path) }
      throw error
    }
  }

  private static func takeBack(_ change: FileChange) throws(Failure) {
    if let kept = change.kept, change.bytes != nil {
      try SetupFile.move(kept, to: change.file.path)
    } else if let bytes = change.file.bytes {
      if change.kept != nil { try SetupFile.move(change.file.path, to: change.kept ?? "") }
      try change.file.write(bytes)
    } else {
      try change.file.remove(folders: change.file.missingFolders)
    }
  }
}
