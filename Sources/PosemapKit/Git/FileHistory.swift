package import GitClient
package import SceneFiles

/// The history of one file, across its renames.
package struct FileHistory {
  /// A commit that changed the file.
  package struct Version {
    /// The commit's hash.
    package var commit: String
    /// Whether the commit has no parent.
    package var isFirst: Bool
    /// The author's date: `2026-11-29`.
    package var date: String
    /// The author's name.
    package var author: String
    /// The first line of the message.
    package var subject: String
    /// The path before the commit; nil if the file was added.
    package var oldPath: String?
    /// The path after the commit; nil if the file was removed.
    package var path: String?
  }

  /// The commits, newest first.
  package let versions: [Version]
  private let repository: GitRepository
  private let rigsFolder: String?

  /// Reads the history of a file.
  ///
  /// - Parameters:
  ///   - path: relative to the current folder; the file need not exist any longer.
  ///   - most: the maximum number of commits to read, starting from the newest.
  package init(
    of path: String, in repository: GitRepository, most: Int, rigsFolder: String?
  ) throws(Failure) {
    guard (try? repository.commit("HEAD")) != nil else {
      throw Failure(.noInput, "this repository has no commits yet")
    }
    let format = "--format=%x01%H%x02%P%x02%as%x02%aN%x02%s"
    let answer = try GitComparison.git { () throws(GitError) in
      try repository.run([
        "--literal-pathspecs", "log", "--follow", "-M", "-z", "--name-status", "--no-color",
        "--no-ext-diff",
        "--no-show-signature", "--max-count=\(most)", format, "--", path,
      ])
    }
    versions = Self.versions(answer.entries)
    self.repository = repository
    self.rigsFolder = rigsFolder
    if versions.isEmpty {
      throw Failure(.noInput, of: path, "no commit has this file; see git log --stat for names")
    }
  }

  /// Returns the changes that a commit made to the file, compared with its first parent.
  package func difference(_ version: Version) -> FileDifference? {
    func side(_ tree: GitTree, _ name: String) -> FileComparison.Side {
      let files = RevisionFiles(repository, tree, name: name, rigsFolder: rigsFolder)
      return FileComparison.Side(files.loader(), prefix: "\(name):")
    }
    let short = String(version.commit.prefix(9))
    let parent = version.isFirst ? nil : try? repository.commit("\(version.commit)^")
    let files = FileComparison(
      from: side(parent.map(GitTree.commit) ?? .empty, "\(short)^"),
      to: side(.commit(version.commit), short))
    return files.difference(from: version.oldPath, to: version.path)
  }

  private static func versions(_ entries: [String]) -> [Version] {
    var versions: [Version] = []
    var rest = entries[...]
    while let entry = rest.popFirst() {
      if entry.hasPrefix("\u{1}") {
        let fields = entry.dropFirst().split(
          separator: "\u{2}", maxSplits: 4, omittingEmptySubsequences: false
        ).map(String.init)
        guard fields.count == 5 else { continue }
        versions.append(
          Version(
            commit: fields[0], isFirst: fields[1].isEmpty, date: fields[2], author: fields[3],
            subject: fields[4]))
        continue
      }
      guard let status = entry.first(where: { $0 != "\n" }), let path = rest.popFirst(),
        let last = versions.indices.last
      else { continue }
      switch status {
      case "A": versions[last].path = path
      case "D": versions[last].oldPath = path
      case "R", "C": (versions[last].oldPath, versions[last].path) = (path, rest.popFirst())
      default: (versions[last].oldPath, versions[last].path) = (path, path)
      }
    }
    return versions.filter { $0.path != nil || $0.oldPath != nil }
  }
}
