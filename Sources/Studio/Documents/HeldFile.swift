internal import Glibc
internal import PosemapKit

/// A file that one program at a time can hold, until it releases the file or exits for any reason.
///
/// The kernel keeps the lock (`flock(2)`) with the open file, so nothing has to be cleaned up after
/// a program that was killed.
final class HeldFile: Sendable {
  /// The file's path.
  let path: String
  private let descriptor: CInt

  private init(_ path: String, _ descriptor: CInt) {
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit { close(descriptor) }

  /// Locks an existing file; nil if another program holds it.
  convenience init?(_ path: String) {
    let file = open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return nil }
    self.init(locking: path, file)
  }

  private convenience init?(locking path: String, _ file: CInt) {
    self.init(path, file)
    guard flock(file, LOCK_EX | LOCK_NB) == 0, Self.isAt(path, file) else { return nil }
  }

  /// Creates a file and its folders if necessary, and locks it; returns nil if another program
  /// holds it.
  static func make(_ path: String) throws(Failure) -> HeldFile? {
    makeFolder(FileIdentity.folder(of: path))
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(of: path) }
    return HeldFile(locking: path, file)
  }

  private static func makeFolder(_ path: String) {
    if mkdir(path, 0o700) == 0 || errno != ENOENT { return }
    makeFolder(FileIdentity.folder(of: path))
    mkdir(path, 0o700)
  }

  /// Returns whether a path still leads to an open file: another program might have put its own
  /// there before this one was locked.
  private static func isAt(_ path: String, _ file: CInt) -> Bool {
    var (one, two) = (stat(), stat())
    return fstat(file, &one) == 0 && stat(path, &two) == 0 && one.st_dev == two.st_dev
      && one.st_ino == two.st_ino
  }

  /// Returns whether another program holds a file.
  static func isHeld(_ path: String) -> Bool {
    let file = open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) != 0
  }

  /// Replaces the file's content, whole or not at all, and holds the new file.
  func replaced(with bytes: [UInt8]) throws(Failure) -> HeldFile {
    let new = path + ".new"
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure(of: path) }
    let next = HeldFile(path, file)
    let isWritten = bytes.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(file, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return flock(file, LOCK_EX | LOCK_NB) == 0 && fsync(file) == 0
    }
    guard isWritten, rename(new, path) == 0 else {
      let failure = Self.failure(of: path)
      unlink(new)
      throw failure
    }
    return next
  }

  /// Removes the file.
  func remove() { if Self.isAt(path, descriptor) { unlink(path) } }

  private static func failure(of path: String) -> Failure {
    Failure(.cannotWrite, of: path, "cannot write this file: \(String(cString: strerror(errno)))")
  }
}
