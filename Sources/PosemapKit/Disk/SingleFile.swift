public import Export

/// One file that appears whole or not at all.
public enum SingleFile {
  /// Writes `bytes` to `path`, making its folder if need be.
  public static func write(_ bytes: [UInt8], to path: String) throws(ExportError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    try AtomicFolder.write(
      [OutputFile(path: String(parts.last ?? ""), bytes: bytes)],
      to: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
  }
}
