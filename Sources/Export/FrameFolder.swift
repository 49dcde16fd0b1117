/// Files that each appear whole or not at all, for writing hundreds of them.
///
/// Unlike ``AtomicFolder``, no file waits for the others or for the disk, and a file that fails
/// leaves those written before it.
public enum FrameFolder {
  /// Writes files under `folder`, and creates the folders that their paths need.
  public static func write(_ files: [OutputFile], to folder: String) throws(ExportError) {
    try FrameWriter(folder).write(files)
  }

  /// Writes the files of a set in order, while no other process writes one there.
  ///
  /// - Parameter voucher: the path of the last file, which vouches that all of them exist.
  public static func write(
    _ files: [OutputFile], to folder: String, voucher: String
  ) throws(ExportError) {
    try makeFolder(folder)
    StagingFolder.sweep(folder)
    let lock = try FolderLock.takeBriefly(folder)
    defer { lock.release() }
    // An older one must not vouch for files that are being replaced.
    remove([voucher], in: folder)
    try write(files, to: folder)
  }

  /// Creates the folder of a clip's frames if necessary, and removes what killed runs have left in
  /// it.
  public static func begin(_ folder: String) throws(ExportError) {
    try makeFolder(folder)
    StagingFolder.sweep(folder)
  }

  /// Removes what killed runs have left in a folder.
  public static func sweep(_ folder: String) { StagingFolder.sweep(folder) }

  /// Removes files that would wrongly be taken for finished.
  public static func remove(_ names: [String], in folder: String) {
    for name in names { FileSystem.remove("\(folder)/\(name)") }
  }

  /// Returns whether a file is complete: a power cut might have truncated it.
  public static func isWhole(_ path: String) -> Bool {
    let end: [UInt8] = path.hasSuffix(".png") ? PNGFile.lastChunk : [UInt8(ascii: "\n")]
    return FileSystem.end(of: path, count: end.count) == end
  }

  static func makeFolder(_ path: String) throws(ExportError) {
    var made: [String] = []
    try FilePath.makeFolders(through: path, made: &made)
  }
}
