public import GitClient
internal import PoseRig
internal import RigImport
public import SceneFiles

/// The files of one state of a repository, from which scenes are read.
///
/// Paths start at the top of the repository. Files outside it have no revisions and are read from
/// disk, and so is the pose library unless it is in the repository itself.
public final class RevisionFiles {
  /// The repository.
  public let repository: GitRepository
  /// The state.
  public let tree: GitTree
  private let rigsFolder: String?
  private let name: String
  private var temporary: TemporaryFiles?
  private var written: Set<String> = []
  private var knownLinks: TreeLinks?

  /// The formats that keep everything in one file.
  private static let wholeFiles: Set<String> = ["glb", "vrm", "vrma", "bvh", "fbx"]

  /// Creates the files of a state.
  ///
  /// - Parameters:
  ///   - name: the state's name in messages.
  ///   - rigsFolder: the folder with the pose library; nil if there is none.
  public init(_ repository: GitRepository, _ tree: GitTree, name: String, rigsFolder: String?) {
    (self.repository, self.tree, self.name) = (repository, tree, name)
    self.rigsFolder = rigsFolder.map(FileIdentity.absolute)
  }

  /// Returns a loader of these files.
  public func loader() -> FileLoader {
    let models = ModelStore(
      .init(
        bytes: { [self] in modelBytes($0) }, bones: { [self] in bytes($0) },
        model: { [self] in model($0) }))
    var loader = FileLoader.disk(
      rigsFolder: rigsFolder, models: models, read: { [self] in bytes($0) })
    loader.garment = RevisionGarments { [self] in bytes($0) }.garment
    return loader
  }

  /// The path of the pose library's folder in this repository, if it is inside.
  public var rigsInside: String? { rigsFolder.flatMap { inside($0) } }

  /// Returns the content of a file, or why it cannot be read.
  public func bytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    guard let own = inside(path) else {
      return path.hasPrefix("/")
        ? FileLoader.bytes(path)
        : .failure(UnreadableFile(reason: "it is outside the repository"))
    }
    if tree == .workTree { return FileLoader.bytes("\(repository.workTree ?? "")/\(own)") }
    let found = committed(own)
    // The library beside a command that was built in the repository need not be committed.
    if case .failure = found, path.hasPrefix("/"), let rigsFolder, path.hasPrefix(rigsFolder) {
      return FileLoader.bytes(path)
    }
    // If the large file is missing, the reader of the pointer reports that.
    return found.map { LFSPointer($0).flatMap { try? $0.file(in: repository).get() } ?? $0 }
  }

  private func committed(_ path: String) -> Result<[UInt8], UnreadableFile> {
    do {
      let bytes = try repository.bytes(of: path, in: tree)
      // Git returns a link's target, and nothing for a file in a linked folder.
      guard bytes.map(Self.mayBeLink) ?? true, try !links().isEmpty else {
        return found(bytes)
      }
      switch try links().target(of: path) {
      case .file(path): return found(bytes)
      case .file(let target): return found(try repository.bytes(of: target, in: tree))
      case .outside(let target):
        return .failure(
          UnreadableFile(reason: "it is a link to \(target), outside the repository"))
      case .endless:
        return .failure(UnreadableFile(reason: "it is a link that leads back to itself"))
      }
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }

  private func found(_ bytes: [UInt8]?) -> Result<[UInt8], UnreadableFile> {
    bytes.map(Result.success)
      ?? .failure(UnreadableFile(reason: "there is no such file in \(name)"))
  }

  private static func mayBeLink(_ bytes: [UInt8]) -> Bool {
    bytes.count < 4096 && !bytes.contains { [0, 10, 123].contains($0) }
  }

  /// Returns the links of the state, found once; for the work tree, those that git knows.
  func links() throws(GitError) -> TreeLinks {
    if let knownLinks { return knownLinks }
    let links = try TreeLinks(in: tree == .workTree ? .index : tree, of: repository)
    knownLinks = links
    return links
  }

  /// Returns a path from the top of the repository; nil for a path outside it.
  private func inside(_ path: String) -> String? {
    if path.hasPrefix("/") {
      guard let root = repository.workTree, path.hasPrefix(root + "/") else { return nil }
      return String(FileIdentity.absolute(path).dropFirst(root.count + 1))
    }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  // MARK: Models

  private func modelBytes(_ path: String) -> Result<[UInt8], UnreadableFile> {
    guard let own = inside(path), tree != .workTree else { return ModelFile.bytes(onDisk(path)) }
    return committed(own).flatMap { bytes in
      LFSPointer(bytes)?.file(in: repository) ?? .success(bytes)
    }
  }

  private func onDisk(_ path: String) -> String {
    guard let own = inside(path), let root = repository.workTree else { return path }
    return "\(root)/\(own)"
  }

  /// Reads a model; its reader needs a file on disk with everything that lies beside it.
  private func model(_ path: String) -> Result<ForeignModel, UnreadableFile> {
    guard let own = inside(path), tree != .workTree else { return Self.read(onDisk(path)) }
    do {
      let files: TemporaryFiles
      if let temporary { files = temporary } else { files = try TemporaryFiles() }
      temporary = files
      let ending = own.split(separator: ".").last.map { $0.lowercased() } ?? ""
      let folder = own.split(separator: "/").dropLast().joined(separator: "/")
      let pathspec = Self.wholeFiles.contains(ending) ? own : folder
      let top = pathspec.isEmpty ? ":(top)" : ":(top,literal)\(pathspec)"
      for name in try repository.files(in: tree, [top]) where written.insert(name).inserted {
        if case .success(let bytes) = modelBytes(name) { try files.write(bytes, as: name) }
      }
      return Self.read(files.path(of: own))
    } catch let error as TemporaryFiles.UnusableFolder {
      return .failure(UnreadableFile(reason: "cannot make a temporary copy of it: \(error.reason)"))
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }

  private static func read(_ path: String) -> Result<ForeignModel, UnreadableFile> {
    do {
      return .success(try ChildImport.read(path))
    } catch {
      return .failure(UnreadableFile(reason: "\(error)"))
    }
  }
}
