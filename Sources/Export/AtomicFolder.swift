/// Files that appear under a folder all together or not at all.
///
/// Everything is first written to a staging folder inside the output folder, hence on its file
/// system, and ``commit()`` then renames each file into place. When anything fails, or the value
/// goes away without a commit, what was there before is there again and nothing else is left
/// behind.
/// ```
/// var folder = try AtomicFolder("out")
/// try folder.add(png, at: "left/openpose.png")
/// try folder.commit()
/// ```
public struct AtomicFolder: ~Copyable {
  /// The output folder.
  public let path: String

  private let stagingPath: String
  /// Folders this run made for the output, parents first.
  private var outputFolders: [String]
  /// Folders this run made for staging, parents first.
  private var stagingFolders: [String]
  /// The files added so far, as paths below the output folder.
  private var names: Set<String> = []

  /// Begins output under `path`, which is made with its parents if need be.
  public init(_ path: String) throws(ExportError) {
    let path = path.isEmpty ? "." : Self.withoutTrailingSlashes(path)
    var made: [String] = []
    let stagingPath: String
    do throws(ExportError) {
      try Self.makeFolders(through: path, made: &made)
      stagingPath = try FileSystem.makeTemporaryFolder(in: path, prefix: ".posemap-")
    } catch {
      made.reversed().forEach(FileSystem.remove)
      throw error
    }
    self.path = path
    self.stagingPath = stagingPath
    outputFolders = made
    stagingFolders = [stagingPath]
  }

  deinit {
    for name in names {
      FileSystem.remove(newPath(name))
      FileSystem.remove(oldPath(name))
    }
    stagingFolders.reversed().forEach(FileSystem.remove)
    // After a commit these hold files, and a folder that is not empty stays.
    outputFolders.reversed().forEach(FileSystem.remove)
  }

  /// Writes all files, given as bytes by path below `folder`, or leaves the folder as it was.
  public static func write(
    _ files: [String: [UInt8]], to folder: String
  ) throws(ExportError) {
    var output = try AtomicFolder(folder)
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try output.add(bytes, at: name)
    }
    try output.commit()
  }

  /// Writes a file to the staging folder.
  /// - Parameter name: the file's path below the output folder; `/` between folders. Added a
  ///   second time, a file replaces the first.
  public mutating func add(_ bytes: [UInt8], at name: String) throws(ExportError) {
    guard Self.staysInside(name) else {
      throw .cannotCreate(path: finalPath(name), reason: "the name leaves the output folder")
    }
    try makeStagingFolders(above: newPath(name), for: name)
    names.insert(name)
    try FileSystem.writeFile(
      bytes, to: newPath(name), reportedPath: finalPath(name), waitsForDisk: true)
  }

  /// Puts every added file in place, over files of equal names.
  public consuming func commit() throws(ExportError) {
    let names = names.sorted()
    do throws(ExportError) {
      for name in names { try prepare(name) }
      for name in names { try place(name) }
    } catch {
      for name in names { restore(name) }
      throw error
    }
  }
}

extension AtomicFolder {
  /// Makes the folders a file will need, and makes sure that no folder has its name.
  private mutating func prepare(_ name: String) throws(ExportError) {
    let target = finalPath(name)
    try Self.makeFolders(through: Self.parent(of: target), made: &outputFolders)
    if FileSystem.isFolder(target) { throw FileSystem.folderInTheWay(target) }
    try makeStagingFolders(above: oldPath(name), for: name)
  }

  private mutating func makeStagingFolders(
    above path: String, for name: String
  ) throws(ExportError) {
    try Self.makeFolders(
      through: Self.parent(of: path), made: &stagingFolders, reportedPath: finalPath(name))
  }

  /// Renames a file into place and keeps its predecessor in the staging folder.
  private func place(_ name: String) throws(ExportError) {
    let (target, old) = (finalPath(name), oldPath(name))
    // A second name leaves no moment without the file; where there are none, as on FAT, it is
    // moved.
    if FileSystem.exists(target), !FileSystem.link(target, to: old) {
      try FileSystem.rename(target, to: old, reportedPath: target)
    }
    try FileSystem.rename(newPath(name), to: target, reportedPath: target)
  }

  /// Undoes ``place(_:)``, however far it came.
  private func restore(_ name: String) {
    let (target, old) = (finalPath(name), oldPath(name))
    if FileSystem.exists(old) {
      try? FileSystem.rename(old, to: target, reportedPath: target)
    } else if !FileSystem.exists(newPath(name)) {
      FileSystem.remove(target)
    }
  }

  private func finalPath(_ name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }
  private func newPath(_ name: String) -> String { "\(stagingPath)/new/\(name)" }
  private func oldPath(_ name: String) -> String { "\(stagingPath)/old/\(name)" }
}

extension AtomicFolder {
  /// Makes a folder and those above it, and adds each one that was missing to `made`. Errors name
  /// the folder that failed, or `reportedPath`.
  private static func makeFolders(
    through path: String, made: inout [String], reportedPath: String? = nil
  ) throws(ExportError) {
    if path.isEmpty || FileSystem.isFolder(path) { return }
    try makeFolders(through: parent(of: path), made: &made, reportedPath: reportedPath)
    if try FileSystem.makeFolder(path, reportedPath: reportedPath ?? path) {
      made.append(path)
    }
  }

  /// Returns the path without its last component; empty for a path of one component.
  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { withoutTrailingSlashes(path[..<$0]) } ?? ""
  }

  private static func withoutTrailingSlashes(_ path: some StringProtocol) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// Whether a relative path has only plain components.
  private static func staysInside(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
  }
}
