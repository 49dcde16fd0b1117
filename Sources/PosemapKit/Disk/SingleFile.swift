public import Export

/// One file that appears whole or not at all.
public enum SingleFile {
  /// Writes `bytes` to `path`, making its folder if need be.
  public static func write(_ bytes: [UInt8], to path: String) throws(ExportError) {
    try write([OutputFile(path: path, bytes: bytes)])
  }

  /// Writes files that belong together: they all appear, or nothing does.
  public static func write(_ files: [OutputFile]) throws(ExportError) {
    try AtomicFolder.write(
      files.map { file in
        let (folder, name) = split(file.path)
        return (folder, [OutputFile(path: name, bytes: file.bytes)])
      })
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    return (
      folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, String(parts.last ?? "")
    )
  }
}
