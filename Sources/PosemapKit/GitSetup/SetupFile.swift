internal import Glibc
internal import SceneFiles

/// A file that the setup changes, before the change: its bytes, its permissions, and if its name is
/// a link, its real location.
struct SetupFile {
  /// The path under which git knows it.
  let path: String
  /// The content; nil if the file does not exist.
  let bytes: [UInt8]?
  private let target: String
  private let mode: mode_t

  /// Reads a file.
  init(_ path: String) throws(Failure) {
    self.path = path
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw Self.failure(.noInput, path, "cannot read this")
      }
      (target, bytes, mode) = (path, nil, 0o666)
      return
    }
    guard let real = realpath(path, nil) else {
      throw Failure(.noInput, of: path, "this link is broken; remove it first")
    }
    defer { free(real) }
    target = String(cString: real)
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.noInput, of: path, "this is not a file; move it away first")
    }
    mode = status.st_mode & 0o7777
    switch FileLoader.bytes(target) {
    case .success(let read): bytes = read
    case .failure(let fault): throw Failure(.noInput, of: path, "cannot read this: \(fault.reason)")
    }
  }

  /// Creates a file that does not exist, or that will have been renamed before it is written.
  init(absent path: String) { (self.path, target, bytes, mode) = (path, path, nil, 0o666) }

  /// Returns the file's text with its block.
  func text() throws(Failure) -> BlockedText {
    do {
      return try BlockedText(bytes ?? [])
    } catch {
      throw Failure(
        .badData, of: path,
        "posemap's lines begin here and have no end; remove them by hand, starting at the line "
          + "\"# >>> posemap git >>>\"")
    }
  }

  /// Whether git can run it.
  var isExecutable: Bool { bytes != nil && access(path, X_OK) == 0 }

  /// Whether its name is a link.
  var isLink: Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The number of folders above the file that do not exist yet.
  var missingFolders: Int {
    var folder = FileIdentity.folder(of: target)
    var count = 0
    while access(folder, F_OK) != 0, folder.count > 1 {
      count += 1
      folder = FileIdentity.folder(of: folder)
    }
    return count
  }

  /// Replaces the file's bytes, using the lock that git uses for its own files.
  ///
  /// - Parameter isExecutable: whether a new file is executable.
  func write(_ bytes: [UInt8], isExecutable: Bool = false) throws(Failure) {
    try makeFolders()
    let lock = target + ".lock"
    let mode = self.bytes == nil && isExecutable ? 0o777 : self.mode
    let file = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else {
      if errno == EEXIST {
        throw Failure(
          .cannotCreate, of: path,
          "another program is changing this; if not, remove \(lock)")
      }
      throw Self.failure(.cannotCreate, path, "cannot change this")
    }
    var left = bytes[...]
    var isWritten = true
    while isWritten, !left.isEmpty {
      let count = left.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 { left = left.dropFirst(count) } else { isWritten = errno == EINTR }
    }
    if isWritten, self.bytes != nil { isWritten = fchmod(file, mode) == 0 }
    let reason = errno
    close(file)
    guard isWritten, rename(lock, target) == 0 else {
      if isWritten { throw Self.failure(.cannotWrite, path, "cannot change this", errno) }
      unlink(lock)
      throw Self.failure(.cannotWrite, path, "cannot change this", reason)
    }
  }

  /// Removes the file, and up to the given number of folders above it while they are empty.
  func remove(folders: Int) throws(Failure) {
    guard unlink(target) == 0 || errno == ENOENT else {
      throw Self.failure(.cannotWrite, path, "cannot remove this")
    }
    var folder = FileIdentity.folder(of: target)
    for _ in 0..<folders {
      guard rmdir(folder) == 0 else { return }
      folder = FileIdentity.folder(of: folder)
    }
  }

  /// Renames the file, or the link, to another name in its folder.
  static func move(_ path: String, to other: String) throws(Failure) {
    guard rename(path, other) == 0 else { throw failure(.cannotWrite, path, "cannot rename this") }
  }

  private func makeFolders() throws(Failure) {
    var folder = FileIdentity.folder(of: target)
    var missing: [String] = []
    while access(folder, F_OK) != 0, folder.count > 1 {
      missing.append(folder)
      folder = FileIdentity.folder(of: folder)
    }
    for folder in missing.reversed() {
      guard mkdir(folder, 0o777) == 0 else {
        throw Self.failure(.cannotCreate, folder, "cannot make this folder")
      }
    }
  }

  private static func failure(
    _ code: Failure.Code, _ path: String, _ what: String, _ error: Int32 = errno
  ) -> Failure {
    Failure(code, of: path, "\(what): \(String(cString: strerror(error)))")
  }
}
