internal import SceneFiles

/// Changes of several files, which are made together or not at all.
struct SetupChanges {
  /// One file's change.
  struct FileChange {
    /// The file as it is.
    var file: SetupFile
    /// The content that it gets; nil to remove it.
    var bytes: [UInt8]?
    /// Whether it can be run if it is new.
    var isExecutable = false
    /// Where the file goes first, so that another takes its place.
    var kept: String?
    /// The folders above it that are removed with it.
    var folders = 0

    /// Whether the file had no lines of posemap.
    var isNewBlock: Bool { (try? BlockedText(file.bytes ?? []))?.block == nil }
  }

  private(set) var files: [FileChange] = []

  /// Whether nothing changes.
  var isEmpty: Bool { files.isEmpty }

  /// Takes note of a file's new content.
  mutating func write(_ bytes: [UInt8], to file: SetupFile, isExecutable: Bool = false) {
    files.append(FileChange(file: file, bytes: bytes, isExecutable: isExecutable))
  }

  /// Takes note of a file's new content, if it is another; returns whether it is.
  @discardableResult
  mutating func writeIfOther(_ bytes: [UInt8], to file: SetupFile) -> Bool {
    if bytes == file.bytes { return false }
    write(bytes, to: file)
    return true
  }

  /// Takes note of a hook that is renamed, with one in its place that starts it.
  mutating func chain(_ path: String, kept: String, _ lines: [String]) {
    files.append(
      FileChange(
        file: SetupFile(absent: path),
        bytes: BlockedText.new(head: HookBlock.head, lines, folders: 0), isExecutable: true,
        kept: kept))
  }

  /// Takes note of a file that is removed, or replaced by the one that it was put in the place of.
  mutating func remove(_ file: SetupFile, folders: Int, kept: String? = nil) {
    files.append(FileChange(file: file, bytes: nil, kept: kept, folders: folders))
  }

  /// Makes all changes; takes back those that were made if one cannot be.
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
