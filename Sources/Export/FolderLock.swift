internal import Glibc

/// One process's exclusive right to change the files of a folder.
///
/// It is a lock (`flock`) on a file in that folder, which is removed when the lock is released. If
/// a process dies, the system releases its lock, and the next process takes over the file. Where no
/// such file can be made or locked, as on some network disks, there is no exclusion.
package final class FolderLock {
  private static let fileName = ".posemap-lock"
  /// The number of seconds that a set of files waits for another to be in place.
  private static let patience = 10.0
  /// The number of seconds between two attempts to take a lock.
  private static let pause = 0.02

  private let path: String
  /// The locked file; negative if nothing could be locked, and after the release.
  private var file: CInt

  private init(path: String, file: CInt) {
    self.path = path
    self.file = file
  }

  deinit { release() }

  /// Releases the lock.
  package func release() {
    guard file >= 0 else { return }
    // Remove the file while the lock is held: the next process finds that it no longer exists.
    unlink(path)
    close(file)
    file = -1
  }

  /// Takes the lock of a folder, or waits for it.
  ///
  /// - Parameter mayWait: called repeatedly while another process has the lock, with the number of
  ///   seconds waited so far; returning false gives up.
  /// - Returns: nil if `mayWait` gave up.
  package static func take(
    _ folder: String, mayWait: (_ seconds: Double) -> Bool
  ) -> FolderLock? {
    let path = "\(folder)/\(fileName)"
    var looks = 0
    while true {
      let file = open(path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard file >= 0 else { return FolderLock(path: path, file: -1) }
      switch FileLock.take(file, of: path) {
      case .taken: return FolderLock(path: path, file: file)
      case .unavailable:
        close(file)
        return FolderLock(path: path, file: -1)
      case .replaced: close(file)
      case .busy:
        close(file)
        guard mayWait(Double(looks) * pause) else { return nil }
        looks += 1
        usleep(useconds_t(pause * 1e6))
      }
    }
  }

  /// Takes the lock of a folder, waiting only as long as putting files in place should take; throws
  /// an error if another process does not release it.
  package static func takeBriefly(_ folder: String) throws(ExportError) -> FolderLock {
    if let lock = take(folder, mayWait: { $0 < patience }) { return lock }
    throw .cannotCreate(
      path: folder,
      reason: "another posemap is writing there; wait until it ends, or choose another folder")
  }

  /// Takes the locks of several folders, each once, in an order that rules out deadlocks.
  static func takeBriefly(all folders: [String]) throws(ExportError) -> [FolderLock] {
    var identities: [[UInt]: String] = [:]
    for folder in folders {
      var status = stat()
      if stat(folder, &status) == 0 {
        identities[[UInt(status.st_dev), UInt(status.st_ino)]] = folder
      }
    }
    var locks: [FolderLock] = []
    for (_, folder) in identities.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      locks.append(try takeBriefly(folder))
    }
    return locks
  }

  /// Removes the lock file of a process that died while it held the lock.
  package static func sweep(_ folder: String) {
    let path = "\(folder)/\(fileName)"
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return }
    if FileLock.take(file, of: path) == .taken { unlink(path) }
    close(file)
  }
}

/// Locks of open files and folders.
enum FileLock {
  /// The outcome of trying to take a lock.
  enum Outcome {
    case taken
    /// Another process, or another part of this one, has the lock.
    case busy
    /// The path no longer leads to the open file.
    case replaced
    /// The file system does not support locks.
    case unavailable
  }

  /// Tries to lock an open file or folder, without waiting; the lock lasts until it is closed.
  static func take(_ file: CInt, of path: String) -> Outcome {
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      return errno == EWOULDBLOCK || errno == EINTR ? .busy : .unavailable
    }
    // Between opening and locking, the previous owner might have removed the file.
    var (own, there) = (stat(), stat())
    guard fstat(file, &own) == 0, lstat(path, &there) == 0, own.st_dev == there.st_dev,
      own.st_ino == there.st_ino
    else { return .replaced }
    return .taken
  }
}
