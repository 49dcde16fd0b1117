internal import Glibc

/// The right of one process to change the files of a folder, while others wait.
///
/// It is a lock (`flock`) on a file in that folder, which is gone when nobody has the lock. The
/// system takes the lock of a process that dies, and the next one takes over the file. Where no
/// such file can be made or locked, as on some network disks, nobody waits for anybody.
package final class FolderLock {
  private static let fileName = ".posemap-lock"
  /// The seconds for which a set of files waits for another to be in place.
  private static let patience = 10.0
  /// The seconds between two looks at a lock that another process has.
  private static let pause = 0.02

  private let path: String
  /// Negative where nothing could be locked, and once it is given back.
  private var file: CInt

  private init(path: String, file: CInt) {
    self.path = path
    self.file = file
  }

  deinit { release() }

  /// Gives the lock back.
  package func release() {
    guard file >= 0 else { return }
    // While the lock is held: whoever gets it next finds that the file is no longer there.
    unlink(path)
    close(file)
    file = -1
  }

  /// Takes the lock of a folder, or waits for it.
  ///
  /// - Parameter mayWait: asked again and again while another process has the lock, with the
  ///   seconds waited so far; false gives up.
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

  /// Takes the lock of a folder for no longer than it takes to put files in place, or says that
  /// another process does not give it back.
  package static func takeBriefly(_ folder: String) throws(ExportError) -> FolderLock {
    if let lock = take(folder, mayWait: { $0 < patience }) { return lock }
    throw .cannotCreate(
      path: folder,
      reason: "another posemap is writing there; wait until it ends, or choose another folder")
  }

  /// Takes the locks of several folders, each once, in an order in which no two runs wait for each
  /// other.
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

  /// Removes the file of a process that died with the lock.
  package static func sweep(_ folder: String) {
    let path = "\(folder)/\(fileName)"
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return }
    if FileLock.take(file, of: path) == .taken { unlink(path) }
    close(file)
  }
}

/// The locks of open files and folders.
enum FileLock {
  /// The outcome of taking a lock.
  enum Outcome {
    case taken
    /// Another process, or another part of this one, has it.
    case busy
    /// The path no longer leads to the file.
    case replaced
    /// The file system has no locks.
    case unavailable
  }

  /// Takes the lock of an open file or folder, without waiting, and holds it until it is closed.
  static func take(_ file: CInt, of path: String) -> Outcome {
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      return errno == EWOULDBLOCK || errno == EINTR ? .busy : .unavailable
    }
    // Between opening and locking, whoever had the lock may have removed the file.
    var (own, there) = (stat(), stat())
    guard fstat(file, &own) == 0, lstat(path, &there) == 0, own.st_dev == there.st_dev,
      own.st_ino == there.st_ino
    else { return .replaced }
    return .taken
  }
}
