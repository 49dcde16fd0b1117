internal import Glibc

/// A folder that this run owns inside an output folder, for files to be put in place.
///
/// The run holds a lock on it while it lives. A folder without a lock was left by a run that was
/// killed; ``sweep(_:)`` removes it.
final class StagingFolder {
  /// The folder itself.
  let path: String
  private let file: CInt

  /// The folders in it; anything else was put there by a user.
  enum Part: String, CaseIterable {
    /// The files to add.
    case new
    /// The new name of ``new`` once the set is complete and only has to be put in place.
    case ready
    /// Second names of the files that are being replaced.
    case old
    /// Empty files, with the names of those to remove.
    case gone
  }

  /// Creates one in an existing folder.
  init(in folder: String) throws(ExportError) {
    while true {
      let path = try FileSystem.makeTemporaryFolder(in: folder, prefix: Self.prefix)
      let file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      // Before it is locked, another run might take it for an abandoned one and remove it.
      if file < 0, errno == ENOENT { continue }
      let lock = file < 0 ? FileLock.Outcome.unavailable : FileLock.take(file, of: path)
      if lock == .taken || lock == .unavailable {
        self.path = path
        self.file = file
        return
      }
      close(file)
    }
  }

  deinit {
    remove()
    if file >= 0 { close(file) }
  }

  /// Removes the folder and its contents.
  func remove() { Self.remove(path) }

  /// Returns one of its folders.
  func folder(_ part: Part) -> String { "\(path)/\(part.rawValue)" }

  // MARK: Sweeping

  private static let prefix = ".posemap-"
  /// The number of letters and digits that the system appends to the prefix.
  private static let randomCount = 6

  /// Removes what killed runs have left in a folder. If a run had begun to put a set of files in
  /// place, the set is completed.
  static func sweep(_ folder: String) {
    FolderLock.sweep(folder)
    for name in FileSystem.names(in: folder) where isOwn(name) {
      let path = "\(folder)/\(name)"
      let file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      var status = stat()
      // In a shared folder, others might have put something of this name.
      guard fstat(file, &status) == 0, status.st_uid == geteuid(),
        FileLock.take(file, of: path) == .taken
      else { continue }
      LeftFiles(staging: path, output: folder).complete()
      remove(path)
    }
  }

  private static func isOwn(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + randomCount
      && name.unicodeScalars.dropFirst(prefix.unicodeScalars.count).allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
      }
  }

  private static func remove(_ path: String) {
    for part in Part.allCases { FileSystem.removeAll("\(path)/\(part.rawValue)") }
    FileSystem.remove(path)
  }
}

/// The files that a killed run had begun to put in place.
private struct LeftFiles {
  let staging: String
  let output: String

  private func path(_ part: StagingFolder.Part) -> String { "\(staging)/\(part.rawValue)" }

  /// Puts the remaining files in place; does nothing if the set was incomplete.
  ///
  /// A file that has been written since stays as it is.
  func complete() {
    guard FileSystem.isFolder(path(.ready)) else { return }
    for name in FileSystem.files(under: path(.ready)) where isUntouched(name) {
      var made: [String] = []
      let target = FilePath.join(output, name)
      try? FilePath.makeFolders(through: FilePath.parent(of: target), made: &made)
      try? FileSystem.rename("\(path(.ready))/\(name)", to: target, reportedPath: target)
    }
    for name in FileSystem.files(under: path(.gone)) where isUntouched(name) {
      FileSystem.remove(FilePath.join(output, name))
    }
  }

  /// Returns whether a file is still missing, or still as the killed run found it.
  private func isUntouched(_ name: String) -> Bool {
    let target = FilePath.join(output, name)
    return !FileSystem.exists(target)
      || FileSystem.areSame(target, "\(path(.old))/\(name)")
  }
}
