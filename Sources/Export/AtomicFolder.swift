/// Files that appear under a folder all together or not at all.
///
/// Files are first written to a staging folder inside the output folder, and so on its file system;
/// ``commit()`` then renames each one into place. If anything fails, or the value goes away without
/// a commit, the folder is restored and nothing else is left behind. If the process is killed, the
/// next one that writes to the folder cleans up: if some files of a set were already in place, it
/// puts the others there too.
///
/// ```swift
/// import MapRender
///
/// let image = Image(width: 64, height: 64, filling: RGB8.black)
/// var folder = try AtomicFolder("out")
/// try folder.add(try PNGFile.encode(image), at: "left/openpose.png")
/// try folder.commit()
/// ```
public struct AtomicFolder: ~Copyable {
  /// The output folder.
  public let path: String

  private let files: StagedFiles

  /// Begins output under `path`; creates the folder and its parents if necessary.
  public init(_ path: String) throws(ExportError) {
    files = try StagedFiles(path)
    self.path = files.path
  }

  /// Writes all files, given as bytes by path below `folder`; on an error, leaves the folder
  /// unchanged.
  public static func write(
    _ files: [String: [UInt8]], to folder: String
  ) throws(ExportError) {
    var output = try AtomicFolder(folder)
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try output.add(bytes, at: name)
    }
    try output.commit()
  }

  /// Writes files to several folders; on an error, leaves all of them unchanged.
  public static func write(
    _ sets: [(folder: String, files: [OutputFile])]
  ) throws(ExportError) {
    var staged: [StagedFiles] = []
    for set in sets {
      let own = try StagedFiles(set.folder)
      for file in set.files { try own.add(file.bytes, at: file.path) }
      staged.append(own)
    }
    try StagedFiles.commit(staged)
  }

  /// Writes a file to the staging folder.
  /// - Parameter name: the file's path below the output folder; `/` between folders. Added a
  ///   second time, a file replaces the first.
  public mutating func add(_ bytes: [UInt8], at name: String) throws(ExportError) {
    try files.add(bytes, at: name)
  }

  /// Removes a file when the others appear; does nothing if it does not exist.
  public mutating func remove(_ name: String) throws(ExportError) {
    try files.remove(name)
  }

  /// Puts every added file in place, replacing existing files.
  public consuming func commit() throws(ExportError) {
    try StagedFiles.commit([files])
  }
}
