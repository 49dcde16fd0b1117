/// A set of files to be put into a folder: first staged, then sealed, then put in place.
///
/// A run that dies before sealing leaves the folder unchanged; after that, the next run that writes
/// to the folder puts the rest in place.
final class StagedFiles {
  /// The output folder.
  let path: String
  private let staging: StagingFolder
  /// The folders that this run made for the output, parents first.
  private var outputFolders: [String]
  /// The files to put in place, as paths below the output folder.
  private var added: Set<String> = []
  /// The files to remove.
  private var removed: Set<String> = []
  /// The files that are in place, or removed.
  private var done: Set<String> = []
  private var isSealed = false

  /// Whether the set changes exactly one file.
  private var isSingle: Bool { added.count == 1 && removed.isEmpty }

  /// Begins output under `path`: creates the folder and its parents if necessary, and removes what
  /// killed runs have left there.
  init(_ path: String) throws(ExportError) {
    let path = path.isEmpty ? "." : FilePath.withoutTrailingSlashes(path)
    var made: [String] = []
    let staging: StagingFolder
    do throws(ExportError) {
      try FilePath.makeFolders(through: path, made: &made)
      StagingFolder.sweep(path)
      staging = try StagingFolder(in: path)
    } catch {
      made.reversed().forEach(FileSystem.remove)
      throw error
    }
    self.path = path
    self.staging = staging
    outputFolders = made
  }

  deinit {
    staging.remove()
    // After a success these folders hold files, and only empty folders are removed.
    outputFolders.reversed().forEach(FileSystem.remove)
  }

  // MARK: Staging

  /// Writes a file to the staging folder; a later file of that name replaces it.
  func add(_ bytes: [UInt8], at name: String) throws(ExportError) {
    try check(name)
    let staged = new(name)
    try makeFolders(above: staged, for: name)
    if !added.insert(name).inserted { FileSystem.remove(staged) }
    removed.remove(name)
    try FileSystem.writeFile(
      bytes, to: staged, reportedPath: target(name), waitsForDisk: true)
    FileSystem.copyPermissions(of: target(name), to: staged)
  }

  /// Removes a file, if it exists, when the set is put in place.
  func remove(_ name: String) throws(ExportError) {
    try check(name)
    guard FileSystem.exists(target(name)), !added.contains(name) else { return }
    removed.insert(name)
  }

  // MARK: Putting in place

  /// Puts the files of all sets in place; on an error, leaves every folder unchanged.
  static func commit(_ sets: [StagedFiles]) throws(ExportError) {
    if sets.count == 1, sets[0].isSingle { return try sets[0].placeSingle() }
    let locks = try FolderLock.takeBriefly(all: sets.map(\.path))
    defer { locks.forEach { $0.release() } }
    do throws(ExportError) {
      for set in sets { try set.prepare() }
      for set in sets { try set.seal() }
      for set in sets { try set.place() }
    } catch {
      sets.reversed().forEach { $0.undo() }
      throw error
    }
  }

  /// Puts the only file of a set in place, for which a rename is enough.
  private func placeSingle() throws(ExportError) {
    for name in added {
      let target = target(name)
      if FileSystem.isFolder(target) { throw FileSystem.folderInTheWay(target) }
      try FilePath.makeFolders(through: FilePath.parent(of: target), made: &outputFolders)
      try FileSystem.rename(new(name), to: target, reportedPath: target)
    }
  }

  /// Makes sure that no folder has a file's name, and records which files exist and which to
  /// remove.
  private func prepare() throws(ExportError) {
    for name in added.sorted() where FileSystem.isFolder(target(name)) {
      throw FileSystem.folderInTheWay(target(name))
    }
    for name in added.union(removed).sorted() where FileSystem.exists(target(name)) {
      try makeFolders(above: old(name), for: name)
      _ = FileSystem.link(target(name), to: old(name))
    }
    for name in removed.sorted() {
      let mark = staged(.gone, name)
      try makeFolders(above: mark, for: name)
      try FileSystem.writeFile([], to: mark, reportedPath: target(name), waitsForDisk: false)
    }
  }

  /// Records that the set is complete: from here on it appears even if this run dies.
  private func seal() throws(ExportError) {
    let new = staging.folder(.new)
    _ = try FileSystem.makeFolder(new, reportedPath: path)
    try FileSystem.rename(new, to: staging.folder(.ready), reportedPath: path)
    isSealed = true
  }

  private func place() throws(ExportError) {
    for name in added.sorted() {
      let target = target(name)
      try FilePath.makeFolders(through: FilePath.parent(of: target), made: &outputFolders)
      try keepOld(name)
      try FileSystem.rename(staged(.ready, name), to: target, reportedPath: target)
      done.insert(name)
    }
    for name in removed.sorted() {
      try keepOld(name)
      FileSystem.remove(target(name))
      done.insert(name)
    }
  }

  /// Restores the previous files, as far as ``place()`` has come.
  private func undo() {
    guard isSealed else { return }
    // From here on, no other run must complete the set.
    try? FileSystem.rename(
      staging.folder(.ready), to: staging.folder(.new), reportedPath: path)
    for name in added.union(removed)
    where done.contains(name) || !FileSystem.exists(target(name)) {
      if FileSystem.exists(old(name)) {
        try? FileSystem.rename(old(name), to: target(name), reportedPath: target(name))
      } else {
        FileSystem.remove(target(name))
      }
    }
  }

  /// Moves an old file out of the way where it could not be given a second name, as on FAT.
  private func keepOld(_ name: String) throws(ExportError) {
    guard FileSystem.exists(target(name)), !FileSystem.exists(old(name)) else { return }
    try FileSystem.rename(target(name), to: old(name), reportedPath: target(name))
  }

  // MARK: Paths

  private func check(_ name: String) throws(ExportError) {
    guard FilePath.staysInside(name) else {
      throw .cannotCreate(path: target(name), reason: "the name leaves the output folder")
    }
  }

  private func makeFolders(above staged: String, for name: String) throws(ExportError) {
    var made: [String] = []
    try FilePath.makeFolders(
      through: FilePath.parent(of: staged), made: &made, reportedPath: target(name))
  }

  private func target(_ name: String) -> String { FilePath.join(path, name) }
  private func staged(_ part: StagingFolder.Part, _ name: String) -> String {
    "\(staging.folder(part))/\(name)"
  }
  private func new(_ name: String) -> String { staged(.new, name) }
  private func old(_ name: String) -> String { staged(.old, name) }
}
