public import Export
internal import Glibc

/// One file that appears whole or not at all.
public enum SingleFile {
  /// Writes `bytes` to `path`, making its folder if need be.
  public static func write(_ bytes: [UInt8], to path: String) throws(ExportError) {
    try write([OutputFile(path: path, bytes: bytes)])
  }

  /// Writes files that belong together: they all appear, or nothing does. Links stay links, and so
  /// do devices and pipes, such as `/dev/null`: a new file in their place would take them away.
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

  /// Returns the path of the file that a link leads to, which is written in the link's place; a
  /// path that is no link as it is.
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
    guard let file = fopen(path, "wb") else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, isWhole else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Takes a file away, if it is there.
  public static func remove(_ path: String) { unlink(path) }

  /// Writes `bytes` into a file that is there, and touches nothing beside it.
  ///
  /// For a temporary file of another program's, which would not expect a second one next to it.
  public static func overwrite(_ bytes: [UInt8], at path: String) throws(Failure) {
    func failure() -> Failure {
      Failure(.cannotWrite, of: path, "cannot write this file: \(String(cString: strerror(errno)))")
    }
    guard let file = fopen(path, "wb") else { throw failure() }
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, isWhole else { throw failure() }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    return (
      folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, String(parts.last ?? "")
    )
  }
}
