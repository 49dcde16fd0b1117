/// Writes the files of many frames into one folder, each file whole or not at all.
///
/// All of them are staged in one folder that the writer owns: creating and removing one for each
/// frame takes a thirtieth of a clip's time. It exists from the first frame until the writer goes
/// away.
public final class FrameWriter {
  /// The output folder.
  public let folder: String
  private var staging: StagingFolder?
  /// The number of files written.
  private var count = 0

  /// Creates a writer, without touching the disk yet.
  public init(_ folder: String) { self.folder = folder }

  /// Writes files under the folder, and creates the folders that their paths need.
  public func write(_ files: [OutputFile]) throws(ExportError) {
    let new = try begin()
    for file in files {
      let target = FilePath.join(folder, file.path)
      try FrameFolder.makeFolder(FilePath.parent(of: target))
      if FileSystem.isFolder(target) { throw FileSystem.folderInTheWay(target) }
      // Unique names: after a failure, the last file might still exist.
      let staged = "\(new)/\(count)"
      count += 1
      try FileSystem.writeFile(
        file.bytes, to: staged, reportedPath: target, waitsForDisk: false)
      try FileSystem.rename(staged, to: target, reportedPath: target)
    }
  }

  /// Returns the staging folder for files.
  private func begin() throws(ExportError) -> String {
    // Someone might have deleted it in the meantime.
    if let staging, FileSystem.isFolder(staging.folder(.new)) { return staging.folder(.new) }
    try FrameFolder.makeFolder(folder)
    let staging = try StagingFolder(in: folder)
    let new = staging.folder(.new)
    _ = try FileSystem.makeFolder(new, reportedPath: folder)
    self.staging = staging
    return new
  }
}
