internal import Glibc

/// The system calls behind ``AtomicFolder``, with every result checked. When a call works on a
/// temporary path, errors name `reportedPath`, which the user knows, instead.
package enum FileSystem {
  /// Creates a folder; returns false if it already exists.
  static func makeFolder(_ path: String, reportedPath: String) throws(ExportError) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    let code = errno
    if isFolder(path) { return false }
    throw error(code == EEXIST ? ENOTDIR : code, at: reportedPath)
  }

  /// Creates a uniquely named folder inside `folder` with a name that begins with `prefix`.
  static func makeTemporaryFolder(in folder: String, prefix: String) throws(ExportError) -> String {
    var template = Array("\(folder)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw error(errno, at: folder) }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a new file, and optionally waits until it is on disk. Fails if anything of that
  /// name exists, even a link.
  static func writeFile(
    _ bytes: [UInt8], to path: String, reportedPath: String, waitsForDisk: Bool
  ) throws(ExportError) {
    let file = retrying { open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666) }
    guard file >= 0 else { throw error(errno, at: reportedPath) }
    var failure = fill(file, with: bytes)
    if waitsForDisk, failure == nil, retrying({ fsync(file) }) != 0 { failure = errno }
    // A network disk might report only now that it is full. Linux closes the file even if this
    // fails.
    if close(file) != 0, failure == nil, errno != EINTR { failure = errno }
    if let failure { throw .cannotWrite(path: reportedPath, reason: reason(failure)) }
  }

  /// Copies the permissions of a file, if it exists, so that rewriting a file does not open it to
  /// others.
  static func copyPermissions(of path: String, to copy: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    chmod(copy, status.st_mode & 0o777)
  }

  /// Returns a file's bytes; nil if it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? { end(of: path, count: nil) }

  /// Returns a file's last `count` bytes (nil means all); nil if it is shorter or cannot be read.
  static func end(of path: String, count: Int?) -> [UInt8]? {
    let file = retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard file >= 0 else { return nil }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    guard length >= 0 else { return nil }
    let wanted = count ?? length
    guard wanted <= length else { return nil }
    var bytes = [UInt8](repeating: 0, count: wanted)
    let got = bytes.withUnsafeMutableBytes { buffer in
      retrying { pread(file, buffer.baseAddress, wanted, length - wanted) }
    }
    return got == wanted ? bytes : nil
  }

  /// Replaces a file with another in one step.
  static func rename(
    _ source: String, to target: String, reportedPath: String
  ) throws(ExportError) {
    guard Glibc.rename(source, target) == 0 else { throw error(errno, at: reportedPath) }
  }

  /// Adds a second name to a file; returns false if the file system does not support it.
  static func link(_ source: String, to target: String) -> Bool {
    Glibc.link(source, target) == 0
  }

  /// Returns whether anything, even a broken link, exists at `path`.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Returns whether `path` is a folder, or a link to one.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns whether two paths lead to one file, without following links.
  static func areSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    return lstat(path, &one) == 0 && lstat(other, &two) == 0 && one.st_dev == two.st_dev
      && one.st_ino == two.st_ino
  }

  /// Removes a file or an empty folder, if it exists.
  static func remove(_ path: String) {
    _ = Glibc.remove(path)
  }

  /// Removes a file, or a folder and its contents. Links are removed, not followed.
  static func removeAll(_ path: String) {
    if isFolderItself(path) {
      for name in names(in: path) { removeAll("\(path)/\(name)") }
    }
    remove(path)
  }

  /// Returns the names of everything in a folder; empty if it is not a folder.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Returns the paths, relative to a folder, of all files in it and in its subfolders.
  static func files(under folder: String) -> [String] {
    names(in: folder).flatMap { name in
      isFolderItself("\(folder)/\(name)")
        ? files(under: "\(folder)/\(name)").map { "\(name)/\($0)" } : [name]
    }
  }

  private static func isFolderItself(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the error for the system's error `code` at `path`.
  private static func error(_ code: CInt, at path: String) -> ExportError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG, EIO: .cannotWrite(path: path, reason: reason(code))
    default: .cannotCreate(path: path, reason: reason(code))
    }
  }

  /// Returns the error for a folder where a file has to be.
  static func folderInTheWay(_ path: String) -> ExportError { error(EISDIR, at: path) }

  private static func reason(_ code: CInt) -> String {
    switch code {
    case EACCES, EPERM: "no permission to write there; choose another folder"
    case EROFS: "the file system is read-only; choose another folder"
    case ENOTDIR: "a file is in the way where a folder is needed; move it or choose another folder"
    case EISDIR: "a folder is in the way where the file should be; move it or choose another folder"
    case ENOSPC: "the disk is full; free some space or choose another folder"
    case EDQUOT: "the disk quota is used up; free some space or choose another folder"
    case EXDEV:
      "it is on a different disk from the output folder; write to a folder on that disk instead"
    case EFBIG: "the file is larger than the system allows"
    default: String(cString: strerror(code))
    }
  }

  /// Writes all bytes; returns the system's error code if that fails.
  private static func fill(_ file: CInt, with bytes: [UInt8]) -> CInt? {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
        let count = retrying { write(file, rest.baseAddress, rest.count) }
        if count < 0 { return errno }
        if count == 0 { return ENOSPC }
        written += count
      }
      return nil
    }
  }

  /// Repeats a call that a signal interrupted.
  private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
