public import Export
internal import Glibc

/// A file that appears complete or not at all.
public enum SingleFile {
  /// Writes `bytes` to `path`, creating its folder if needed.
  public static func write(_ bytes: [UInt8], to path: String) throws(ExportError) {
    try write([OutputFile(path: path, bytes: bytes)])
  }

  /// Writes files that belong together, all of them or nothing. Links stay links; devices and pipes
  /// such as `/dev/null` are written to, since replacing them with a file would destroy them.
  public static func write(_ files: [OutputFile]) throws(ExportError) {
    for file in files where isSpecial(file.path) { try send(file.bytes, to: file.path) }
    let others = files.filter { !isSpecial($0.path) }
    if others.isEmpty { return }
    try AtomicFolder.write(
      others.map { file in
        let (folder, name) = split(target(of: file.path))
        return (folder, [OutputFile(path: name, bytes: file.bytes)])
      })
  }

  /// Returns the path of the file that a link leads to, which is written instead of the link; a
  /// path that is not a link is returned unchanged.
  private static func target(of path: String) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    return FileIdentity.real(path) ?? path
  }

  /// Whether a path leads to something that is neither a file nor a folder.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
      && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Writes `bytes` to a device or a pipe.
  private static func send(_ bytes: [UInt8], to path: String) throws(ExportError) {
    guard let fault = fill(path, bytes) else { return }
    throw fault.isOpen
      ? .cannotWrite(path: path, reason: fault.reason)
      : .cannotCreate(path: path, reason: fault.reason)
  }

  /// Writes `bytes` into the file or device at `path`; returns why it could not, and whether it
  /// could at least be opened.
  private static func fill(_ path: String, _ bytes: [UInt8]) -> (reason: String, isOpen: Bool)? {
    func fault(isOpen: Bool) -> (String, Bool) { (String(cString: strerror(errno)), isOpen) }
    guard let file = fopen(path, "wb") else { return fault(isOpen: false) }
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    return fclose(file) == 0 && isWhole ? nil : fault(isOpen: true)
  }

  /// Removes a file, if it exists.
  public static func remove(_ path: String) { unlink(path) }

  /// Writes `bytes` into an existing file, and touches nothing beside it.
  ///
  /// For a temporary file of another program that would not expect a second file next to it.
  public static func overwrite(_ bytes: [UInt8], at path: String) throws(Failure) {
    if let fault = fill(path, bytes) {
      throw Failure(.cannotWrite, of: path, "cannot write this file: \(fault.reason)")
    }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    return (
      folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, String(parts.last ?? "")
    )
  }
}
