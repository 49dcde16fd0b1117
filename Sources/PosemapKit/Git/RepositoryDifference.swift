package import GitClient
package import SceneFiles

/// The changes between two states of a repository.
package struct RepositoryDifference {
  /// The files that changed, in git's order.
  package var files: [FileDifference] = []
  /// The files that differ because a file that they name changed.
  package var followers: [FileDifference] = []
  /// The scenes that also follow, but were not compared because there are too many.
  package var more: [String] = []
  /// Sentences about everything that could not be compared, or that readers need to know.
  package var notes: [String] = []

  /// The maximum number of scenes compared because a file that they name changed.
  private static let mostFollowers = 40

  /// Creates an empty difference.
  package init() {}

  /// Compares two states of a repository.
  package init(
    _ comparison: GitComparison, in repository: GitRepository, rigsFolder: String?
  ) throws(Failure) {
    let (before, after) = (
      RevisionFiles(
        repository, comparison.before, name: comparison.names.before, rigsFolder: rigsFolder),
      RevisionFiles(
        repository, comparison.after, name: comparison.names.after, rigsFolder: rigsFolder)
    )
    let files = FileComparison(
      from: .init(before.loader(), prefix: Self.prefix(comparison.before, comparison.names.before)),
      to: .init(after.loader(), prefix: Self.prefix(comparison.after, comparison.names.after)))
    let (all, requested) = try GitComparison.git { () throws(GitError) in
      let all = try repository.changes(from: comparison.before, to: comparison.after)
      return (
        all,
        comparison.paths.isEmpty
          ? all
          : try repository.changes(
            from: comparison.before, to: comparison.after, comparison.paths)
      )
    }
    notes = [comparison.note].compactMap(\.self)
    let unmerged = try Self.unmerged(comparison, repository)
    for path in unmerged.sorted() where requested.contains(where: { $0.path == path }) {
      notes.append("\(path) is in the middle of a merge; finish it first: posemap mergetool")
    }
    let merged = requested.filter { !unmerged.contains($0.path) }
    for change in Self.unique(merged) where Self.mayBeOurs(change.path) {
      let found = files.difference(
        from: change.before, to: change.after, isNamed: comparison.paths.contains(change.path))
      if let found, found.status != .same || found.isRenamed { self.files.append(found) }
    }
    var search = FollowerSearch(
      repository: repository, tree: comparison.after, files: after, comparison: comparison)
    let followers = try search.followers(
      of: all.filter { Self.mayBeOurs($0.path) }, requested: requested)
    follow(followers, files)
    if self.files.isEmpty, self.followers.isEmpty, notes.isEmpty {
      notes += try Self.unknown(comparison, repository)
    }
  }

  private mutating func follow(
    _ found: [FollowerSearch.Follower], _ files: FileComparison
  ) {
    for follower in found where !self.files.contains(where: { $0.name == follower.path }) {
      guard followers.count < Self.mostFollowers else {
        more.append(follower.path)
        continue
      }
      guard
        var difference = files.difference(
          from: follower.path, to: follower.path, isNamed: false),
        difference.status == .follows || difference.status == .unreadable
      else { continue }
      difference.through = follower.through
      followers.append(difference)
    }
  }

  private static func prefix(_ tree: GitTree, _ name: String) -> String {
    switch tree {
    case .commit: "\(name):"
    case .index: ":"
    case .workTree, .empty: ""
    }
  }

  /// Returns whether a file might be one that posemap reads.
  package static func mayBeOurs(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".json")
      || [".glb", ".gltf", ".vrm", ".vrma", ".fbx", ".bvh", ".dae", ".obj", ".blend"]
        .contains { name.hasSuffix($0) }
  }

  private static func unique(_ changes: [GitChange]) -> [GitChange] {
    var seen: Set<GitChange> = []
    return changes.filter { seen.insert($0).inserted }
  }

  /// Returns the files that a merge left unmerged, if the index or the work tree is compared.
  private static func unmerged(
    _ comparison: GitComparison, _ repository: GitRepository
  ) throws(Failure) -> Set<String> {
    let states: [GitTree] = [comparison.before, comparison.after]
    guard states.contains(.index) || states.contains(.workTree) else { return [] }
    let answer = try GitComparison.git { () throws(GitError) in
      try repository.run(["ls-files", "-u", "-z", "--full-name", "--", ":(top)"])
    }
    return Set(
      answer.entries.compactMap { $0.split(separator: "\t", maxSplits: 1).last.map(String.init) })
  }

  /// Returns sentences about paths that exist in neither state.
  private static func unknown(
    _ comparison: GitComparison, _ repository: GitRepository
  ) throws(Failure) -> [String] {
    var sentences: [String] = []
    for path in comparison.paths {
      let isThere = try GitComparison.git { () throws(GitError) in
        let old = try repository.files(in: comparison.before, [path])
        let new = try repository.files(in: comparison.after, [path])
        return !old.isEmpty || !new.isEmpty
      }
      if !isThere {
        sentences.append(
          "there is no file \"\(path)\" in \(comparison.names.before) or \(comparison.names.after)")
      }
    }
    return sentences
  }
}
