internal import GitClient
internal import SceneFiles

/// Finds the files of a state that name changed files, and those that name them in turn.
struct FollowerSearch {
  /// A file that names a changed file, directly or through others.
  struct Follower {
    /// The file's path.
    var path: String
    /// The changed files that it depends on.
    var through: [String]
  }

  let repository: GitRepository
  let tree: GitTree
  let files: RevisionFiles
  let comparison: GitComparison
  private var references: [String: Set<String>] = [:]

  init(
    repository: GitRepository, tree: GitTree, files: RevisionFiles, comparison: GitComparison
  ) {
    (self.repository, self.tree, self.files, self.comparison) = (
      repository, tree, files, comparison
    )
  }

  /// Returns the followers of changes: all followers of a requested change, and for other changes,
  /// those followers that were requested themselves.
  mutating func followers(
    of changes: [GitChange], requested: [GitChange]
  ) throws(Failure) -> [Follower] {
    // Files that name a new file are new or changed themselves.
    let old = changes.filter { $0.before != nil }
    let wanted = Set(requested.flatMap { [$0.before, $0.after] }.compactMap(\.self))
    var sources: [String: Set<String>] = [:]
    for change in old {
      for path in [change.before, change.after].compactMap(\.self) {
        for name in try [path] + aliases(of: path) { sources[name] = [path] }
      }
    }
    var found: [String: Set<String>] = [:]
    var fresh = sources
    while !fresh.isEmpty {
      var next: [String: Set<String>] = [:]
      for path in try mentions(of: Array(fresh.keys)) {
        let through = try names(in: path).compactMap { fresh[$0] }.reduce(Set()) { $0.union($1) }
        let known = found[path] ?? []
        guard !through.subtracting(known).isEmpty else { continue }
        found[path] = known.union(through)
        for name in try [path] + aliases(of: path) { next[name] = known.union(through) }
      }
      fresh = next
    }
    let isLimited = !comparison.paths.isEmpty
    let inScope = isLimited ? Set(try scope()) : []
    return found.sorted { $0.key < $1.key }.compactMap { path, through in
      let names = through.sorted()
      guard !isLimited || inScope.contains(path) || names.contains(where: wanted.contains) else {
        return nil
      }
      return Follower(path: path, through: names)
    }
  }

  private func aliases(of path: String) throws(Failure) -> [String] {
    try GitComparison.git { () throws(GitError) in try files.links().aliases(of: path) }
  }

  /// The files that were requested.
  private func scope() throws(Failure) -> [String] {
    try GitComparison.git { () throws(GitError) in
      try repository.files(in: tree, comparison.paths)
    }
  }

  /// Returns the files with text that might contain the name of one of the files; `git grep` is the
  /// fastest way to search thousands.
  private func mentions(of paths: [String]) throws(Failure) -> [String] {
    // Text with a backslash might spell the name differently.
    let names = Set(paths.map(Self.word) + ["\\"]).sorted()
    let patterns = names.flatMap { ["-e", $0] }
    var arguments = ["grep", "-l", "-z", "-F", "--full-name", "--no-color"]
    switch tree {
    case .commit(let hash): arguments += patterns + [hash]
    case .index: arguments += ["--cached"] + patterns
    case .workTree: arguments += ["--untracked"] + patterns
    case .empty: return []
    }
    arguments += ["--", ":(top)*.json", ":(top)*.gltf"]
    let answer = try GitComparison.git { () throws(GitError) in
      try repository.run(arguments, accepting: [0, 1])
    }
    guard case .commit(let hash) = tree else { return answer.entries }
    return answer.entries.map {
      $0.hasPrefix(hash + ":") ? String($0.dropFirst(hash.count + 1)) : $0
    }
  }

  /// Returns the part of a path that every mention of it contains.
  private static func word(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".pose.json") ? String(name.dropLast(".pose.json".count)) : name
  }

  private mutating func names(in path: String) throws(Failure) -> Set<String> {
    if let known = references[path] { return known }
    var names: Set<String> = []
    if case .success(let bytes) = files.bytes(path),
      let document = try? Document(bytes, file: path)
    {
      names = FileReferences.paths(in: document, rigsFolder: files.rigsInside)
    }
    references[path] = names
    return names
  }
}
