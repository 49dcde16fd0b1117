internal import Glibc

/// Writes a set of files so that each appears whole or not at all, and a failure leaves what was there.
///
/// Everything first goes into a staging folder inside the output folder, hence on the same file system;
/// only when all of it is safely written are the files renamed into place.
public enum AtomicFolder {
  /// Writes `files` under `folder`, making folders as needed.
  public static func write(_ files: [OutputFile], to folder: String) throws(ExportError) {
    var undo = Undo()
    do throws(ExportError) {
      try makeFolders(folder, undo: &undo)
      let staging = "\(folder)/.posemap-\(getpid())"
      try makeFolder(staging, undo: &undo)
      for (index, file) in files.enumerated() {
        let staged = "\(staging)/\(index)"
        undo.files.append(staged)
        try writeWhole(file.bytes, to: staged, shownAs: "\(folder)/\(file.path)")
      }
      for file in files {
        let target = "\(folder)/\(file.path)"
        try makeFolders(parent(of: target), undo: &undo)
        try checkPlace(target)
      }
      for (index, file) in files.enumerated() {
        let target = "\(folder)/\(file.path)"
        guard rename("\(staging)/\(index)", target) == 0 else {
          throw ExportError.cannotCreate(path: target, reason: lastFault())
        }
      }
      rmdir(staging)
    } catch {
      undo.run()
      throw error
    }
  }

  /// What to take away again after a failure: only what this run made.
  private struct Undo {
    var files: [String] = []
    var folders: [String] = []

    func run() {
      for file in files { unlink(file) }
      // A folder that something else was put into meanwhile stays, as rmdir refuses it.
      for folder in folders.reversed() { rmdir(folder) }
    }
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func makeFolders(_ path: String, undo: inout Undo) throws(ExportError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? part : "/" + part
      try makeFolder(made, undo: &undo)
    }
  }

  private static func makeFolder(_ path: String, undo: inout Undo) throws(ExportError) {
    if mkdir(path, 0o777) == 0 {
      undo.folders.append(path)
      return
    }
    let fault = errno
    if fault == EEXIST, isFolder(path) { return }
    let reason = fault == EEXIST ? "a file with this name is in the way" : text(fault)
    throw fault == ENOSPC
      ? .cannotWrite(path: path, reason: reason) : .cannotCreate(path: path, reason: reason)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A folder with a map's name would stop the renaming halfway through.
  private static func checkPlace(_ target: String) throws(ExportError) {
    if isFolder(target) {
      throw .cannotCreate(path: target, reason: "a folder with this name is in the way")
    }
  }

  private static func writeWhole(
    _ bytes: [UInt8], to path: String, shownAs shown: String
  ) throws(ExportError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw fault(errno, shown) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(file)
        throw fault(code, shown)
      }
      written += count
    }
    // Network and quota file systems may only now say that there is no room.
    guard close(file) == 0 else { throw fault(errno, shown) }
  }

  private static func fault(_ code: Int32, _ path: String) -> ExportError {
    let cannotCreate = [EACCES, EPERM, EROFS, ENOTDIR, EISDIR, ENOENT, ENAMETOOLONG, ELOOP]
    return cannotCreate.contains(code)
      ? .cannotCreate(path: path, reason: text(code))
      : .cannotWrite(path: path, reason: text(code))
  }

  private static func lastFault() -> String { text(errno) }

  private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
