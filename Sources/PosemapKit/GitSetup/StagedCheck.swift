public import GitClient
internal import Glibc
public import SceneFiles

/// A check of the poses, clips and scenes that are staged for the next commit, in their staged
/// state.
///
/// Unstaged changes in the work tree play no part, and may be unfinished.
public struct StagedCheck {
  private let repository: GitRepository
  private let top: String
  private let rigsFolder: String?

  /// Creates a check of a repository.
  public init(_ repository: GitRepository, rigsFolder: String?) throws(Failure) {
    let found = try Failure.ofGit { () throws(GitError) in
      let top = try repository.requiredWorkTree()
      return (top, try GitRepository(containing: top))
    }
    (top, self.repository) = found
    self.rigsFolder = rigsFolder
  }

  /// Returns everything that is wrong or doubtful in the files that were added or changed.
  ///
  /// - Parameter isOfAll: whether unchanged files are checked too.
  public func diagnostics(ofAll isOfAll: Bool = false) throws(Failure) -> [Diagnostic] {
    let files = try Failure.ofGit { () throws(GitError) in
      try isOfAll ? allFiles() : changedFiles()
    }
    let loader = loader()
    var found: [Diagnostic] = []
    for path in files {
      guard case .success(let bytes) = loader.read(path), !isFetchedLater(bytes, path) else {
        continue
      }
      let log = DiagnosticLog()
      if let laidOut = CanonicalLayout.bytes(of: bytes, file: path, log: log), laidOut != bytes {
        let name = ShellWord.quoted(path)
        log.error(
          .layout, path, nil,
          "it is not formatted; run: posemap fmt \(name) && git add \(name)")
      }
      // A file that is not JSON is reported once.
      guard !log.hasErrors || log.diagnostics.allSatisfy({ $0.code == .layout }) else {
        found += log.sorted
        continue
      }
      if case .success(let more) = CheckedFile.read(path, loader: loader) { more.forEach(log.add) }
      found += log.sorted
    }
    return found
  }

  private static let patterns = AttributesBlock.patterns.map { ":(top)\($0)" }

  private func allFiles() throws(GitError) -> [String] {
    try entries(
      of: repository.run(["ls-files", "-s", "-z", "--full-name", "--"] + Self.patterns).entries)
  }

  /// Returns the paths of the regular files that differ from the commit that is checked out.
  private func changedFiles() throws(GitError) -> [String] {
    let head = try repository.run(["rev-parse", "--verify", "--quiet", "HEAD"], accepting: [0, 1])
    guard head.status == 0 else { return try allFiles() }
    var entries = try repository.run(
      [
        "diff", "--cached", "--no-ext-diff", "--no-relative", "--no-renames", "--raw", "-z",
        "--diff-filter=AMT", "HEAD", "--",
      ] + Self.patterns
    ).entries[...]
    var paths: [String] = []
    while let change = entries.popFirst(), let path = entries.popFirst() {
      // The second mode is the staged one: the file is not a link or a submodule.
      if change.split(separator: " ").dropFirst().first?.hasPrefix("100") == true {
        paths.append(path)
      }
    }
    return paths
  }

  /// Returns the regular files among the entries of an index, without links and submodules.
  private func entries(of listed: [String]) -> [String] {
    listed.compactMap { entry in
      let parts = entry.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("100"), parts[0].hasSuffix(" 0") else {
        return nil
      }
      return String(parts[1])
    }
  }

  /// Returns a loader of the files as staged; files that git does not track are read from disk.
  private func loader() -> FileLoader {
    var loader = FileLoader.disk(rigsFolder: rigsFolder)
    let disk = loader
    loader.read = { path in
      guard !path.hasPrefix("/") else { return disk.read(path) }
      guard let bytes = try? repository.bytes(of: path, in: .index) else {
        return unstaged(path) ?? disk.read("\(top)/\(path)")
      }
      // Files in Git LFS are staged as pointers, and the files themselves are in the work tree.
      return isFetchedLater(bytes, path) ? disk.read("\(top)/\(path)") : .success(bytes)
    }
    loader.model = { request in
      located(request.path, bones: request.bones).flatMap { path, bones in
        disk.model(ModelRequest(path: path, bones: bones, hidden: request.hidden))
      }
    }
    loader.thing = { path in located(path).flatMap(disk.thing) }
    loader.garment = { source in
      guard case .file(let path) = source else { return disk.garment(source) }
      return located(path).flatMap { disk.garment(.file($0)) }
    }
    loader.motion = { request in
      located(request.path, bones: request.bones).flatMap { path, bones in
        disk.motion(MotionRequest(path: path, clip: request.clip, bones: bones))
      }
    }
    loader.pictureFault = { path in
      switch located(path) {
      case .success(let path): disk.pictureFault(path)
      case .failure(let fault): fault
      }
    }
    return loader
  }

  /// Returns where a file of the repository is in the work tree; fails if it is not staged. A path
  /// outside the repository is returned unchanged.
  private func located(_ path: String) -> Result<String, UnreadableFile> {
    guard !path.hasPrefix("/") else { return .success(path) }
    if case .failure(let fault)? = unstaged(path) { return .failure(fault) }
    return .success("\(top)/\(path)")
  }

  /// Returns the location of a model, and of the file that maps its nodes to joints.
  private func located(
    _ path: String, bones: String?
  ) -> Result<(path: String, bones: String?), UnreadableFile> {
    located(path).flatMap { path in
      guard let bones else { return .success((path, nil)) }
      return located(bones).map { (path, $0) }
    }
  }

  /// Returns whether a staged file is a Git LFS pointer, as intended.
  private func isFetchedLater(_ bytes: [UInt8], _ path: String) -> Bool {
    guard GitRemains.isPointer(bytes) else { return false }
    let filter = try? repository.run(["check-attr", "-z", "filter", "--", path]).entries.last
    return filter == "lfs"
  }

  /// Returns the reason why a file is in no commit although it exists and is not ignored; nil for
  /// other files.
  private func unstaged(_ path: String) -> Result<[UInt8], UnreadableFile>? {
    let listed = try? repository.run(
      ["ls-files", "--others", "--exclude-standard", "-z", "--", ":(top,literal)\(path)"])
    guard let listed, !listed.entries.isEmpty else { return nil }
    return .failure(
      UnreadableFile(reason: "it is not staged; run: git add \(ShellWord.quoted(path))"))
  }
}
