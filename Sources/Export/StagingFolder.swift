internal import Glibc

/// A folder of this run's own in an output folder, for files on their way into place.
///
/// The run holds a lock on it while it lives. A folder that nobody holds is what a run left that
/// was killed: ``sweep(_:)`` takes it away.
final class StagingFolder {
  /// The folder itself.
  let path: String
  private let file: CInt

  /// The names of the folders in it; what else there is, a user has put there.
  enum Part: String, CaseIterable {
    /// Files that are being added.
    case new
    /// Another name of ``new``, once all of a set is there and only has to be put in place.
    case ready
    /// Second names of the files that are being replaced.
    case old
    /// Empty files, named as those that are to go.
    case gone
  }

  /// Makes one in a folder, which must be there.
  init(in folder: String) throws(ExportError) {
    while true {
      let path = try FileSystem.makeTemporaryFolder(in: folder, prefix: Self.prefix)
      let file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      // Before it is locked, another run may take it for one that was left, and remove it.
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

  /// Removes it with all that it holds.
  func remove() { Self.remove(path) }

  /// Returns a folder in it.
  func folder(_ part: Part) -> String { "\(path)/\(part.rawValue)" }

  // MARK: Sweeping

  private static let prefix = ".posemap-"
  /// How many letters and digits the system puts after the prefix.
  private static let randomCount = 6

  /// Removes what killed runs have left in a folder. A set of files of which they had put some
  /// in place is put there whole.
  static func sweep(_ folder: String) {
    FolderLock.sweep(folder)
    for name in FileSystem.names(in: folder) where isOwn(name) {
      let path = "\(folder)/\(name)"
      let file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      var status = stat()
      // In a folder for everyone, others may have put something of this name.
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

/// The files of a set that a killed run had begun to put in place.
private struct LeftFiles {
  let staging: String
  let output: String

  private func path(_ part: StagingFolder.Part) -> String { "\(staging)/\(part.rawValue)" }

  /// Puts in place what is not there yet; nothing if the set was not whole.
  ///
  /// A file that somebody has written since stays as it is.
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

  /// Whether there is nothing in a file's place, or what the killed run has found there.
  private func isUntouched(_ name: String) -> Bool {
    let target = FilePath.join(output, name)
    return !FileSystem.exists(target)
      || FileSystem.areSame(target, "\(path(.old))/\(name)")
  }
}
