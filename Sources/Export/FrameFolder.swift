/// Files that each appear whole or not at all, for whoever writes hundreds.
///
/// Unlike ``AtomicFolder`` no file waits for the others or for the disk, and a file that fails
/// leaves those before it.
public enum FrameFolder {
  /// Writes files under `folder`, and makes the folders that their paths need.
  public static func write(_ files: [OutputFile], to folder: String) throws(ExportError) {
    for file in files {
      let target = "\(folder)/\(file.path)"
      let parent = target.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      try makeFolder(parent)
      if FileSystem.isFolder(target) { throw FileSystem.folderInTheWay(target) }
      // Beside its place, hence on its file system; no two processes write one frame.
      let staged = target + ".part"
      do throws(ExportError) {
        try FileSystem.writeFile(
          file.bytes, to: staged, reportedPath: target, waitsForDisk: false)
        try FileSystem.rename(staged, to: target, reportedPath: target)
      } catch {
        FileSystem.remove(staged)
        throw error
      }
    }
  }

  /// Takes away what would be taken for finished when it is not.
  public static func remove(_ names: [String], in folder: String) {
    for name in names { FileSystem.remove("\(folder)/\(name)") }
  }

  /// Whether a file is there to its end: a power cut may have shortened it.
  public static func isWhole(_ path: String) -> Bool {
    let end: [UInt8] = path.hasSuffix(".png") ? lastChunk : [UInt8(ascii: "\n")]
    return FileSystem.end(of: path, count: end.count) == end
  }

  /// How every PNG ends: an empty IEND chunk with its checksum.
  private static let lastChunk: [UInt8] = [
    0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
  ]

  private static func makeFolder(_ path: String) throws(ExportError) {
    if path.isEmpty || FileSystem.isFolder(path) { return }
    try makeFolder(
      path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/"))
    _ = try FileSystem.makeFolder(path, reportedPath: path)
  }
}
