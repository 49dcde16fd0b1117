internal import Export
public import GitClient

/// Two states of a repository to compare, and the files to compare in them.
public struct GitComparison: Sendable {
  /// The state before.
  public var before: GitTree
  /// The state after.
  public var after: GitTree
  /// The names of both states for people: `HEAD~1`, `the index`, `the work tree`.
  public var names: (before: String, after: String)
  /// The pathspecs that limit the files; empty for all.
  public var paths: [String]
  /// A sentence that explains how the states were chosen.
  public var note: String?

  /// The arguments of the command line, unresolved.
  public struct Words: Sendable {
    /// The arguments before `--`: revisions, then paths.
    public var words: [String]
    /// The paths after `--`; nil where there is no `--`.
    public var paths: [String]?
    /// Whether the index is compared instead of the work tree.
    public var isStaged: Bool

    /// Creates arguments from their parts.
    public init(words: [String], paths: [String]?, isStaged: Bool) {
      (self.words, self.paths, self.isStaged) = (words, paths, isStaged)
    }
  }

  /// Resolves arguments in a repository, as `git diff` does.
  public init(_ words: Words, in repository: GitRepository) throws(Failure) {
    let split = try Self.split(words, repository)
    let ends = split.revisions
    guard ends.count <= 2 else {
      throw Failure(.usage, "at most two revisions can be compared; \(ends[2].name) is a third")
    }
    if words.isStaged, ends.count == 2 {
      throw Failure(
        .usage, "--staged compares one revision with the index; \(ends[1].name) is a second")
    }
    paths = split.paths
    note = split.note
    if ends.count == 2 {
      (before, after) = (ends[0].tree, ends[1].tree)
      names = (ends[0].name, ends[1].name)
    } else if words.isStaged {
      let head = if let first = ends.first { first } else { Self.head(repository) }
      (before, after) = (head.tree, .index)
      names = (head.name, "the index")
    } else {
      _ = try Self.git { () throws(GitError) in try repository.requiredWorkTree() }
      let old = ends.first ?? (GitTree.index, "the index")
      (before, after) = (old.tree, .workTree)
      names = (old.name, "the work tree")
    }
  }

  private typealias End = (tree: GitTree, name: String)

  /// Returns the commit that is checked out; no files before the first commit.
  private static func head(_ repository: GitRepository) -> End {
    if let head = try? repository.commit("HEAD") { return (.commit(head), "HEAD") }
    return (.empty, "nothing")
  }

  /// Runs `work`, and throws an error of git as a failure.
  static func git<Value>(_ work: () throws(GitError) -> Value) throws(Failure) -> Value {
    do {
      return try work()
    } catch {
      throw Failure(error)
    }
  }

  private static func split(
    _ words: Words, _ repository: GitRepository
  ) throws(Failure) -> (revisions: [End], paths: [String], note: String?) {
    var revisions: [End] = []
    var paths: [String] = []
    var note: String?
    for word in words.words {
      if !paths.isEmpty {
        paths.append(word)
        continue
      }
      let isFile = words.paths == nil && repository.workTree != nil && FileSystem.exists(word)
      let range = Range(word)
      if let ends = try range.ends(in: repository) {
        guard !isFile else {
          throw Failure(
            .usage,
            "\"\(word)\" is both a revision and a file; write \(word) -- for the revision, or -- \(word) for the file"
          )
        }
        revisions += ends.list
        note = ends.note ?? note
      } else if words.paths != nil {
        throw Failure(range.fault(in: repository))
      } else {
        // As in git, an argument with a wildcard is a pathspec.
        guard isFile || word.contains(where: { "*?[".contains($0) }) || word.hasPrefix(":") else {
          throw unknown(word, range, repository)
        }
        paths.append(word)
      }
    }
    return (revisions, paths + (words.paths ?? []), note)
  }

  private static func unknown(
    _ word: String, _ range: Range, _ repository: GitRepository
  ) -> Failure {
    let isLikeRevision = word.contains { "~^@".contains($0) } || word.allSatisfy(\.isHexDigit)
    if repository.isShallow, isLikeRevision { return Failure(range.fault(in: repository)) }
    if (try? repository.commit("HEAD")) == nil {
      return Failure(
        .noInput,
        "\"\(word)\" is not a file here, and this repository has no commits yet")
    }
    return Failure(
      .noInput,
      "\"\(word)\" is neither a revision nor a file here; write -- before a file that no longer exists"
    )
  }

  /// An argument that might be a revision, or a range of two: `A`, `A..B`, `A...B`, `A^!`.
  private struct Range {
    private let first: String
    private let last: String?
    private let isFromFork: Bool
    private let isAgainstParent: Bool

    init(_ word: String) {
      if word.hasSuffix("^!") {
        (first, last, isFromFork, isAgainstParent) = (String(word.dropLast(2)), nil, false, true)
        return
      }
      isAgainstParent = false
      for (sign, isFork) in [("...", true), ("..", false)] {
        guard let found = Self.place(of: sign, in: word) else { continue }
        first = found.before.isEmpty ? "HEAD" : found.before
        last = found.after.isEmpty ? "HEAD" : found.after
        isFromFork = isFork
        return
      }
      (first, last, isFromFork) = (word, nil, false)
    }

    private static func place(of sign: String, in word: String) -> (before: String, after: String)?
    {
      let parts = word.split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, word != sign, !parts[1].hasPrefix("/") else { return nil }
      return (String(parts[0]), String(parts[1]))
    }

    /// Returns the states; nil if an argument is not a revision.
    func ends(
      in repository: GitRepository
    ) throws(Failure) -> (list: [End], note: String?)? {
      guard !first.isEmpty, !first.hasPrefix("-"), let one = Self.tree(first, repository) else {
        return nil
      }
      if isAgainstParent { return try parent(of: one, repository) }
      guard let last else { return ([(one, first)], nil) }
      guard let other = Self.tree(last, repository) else { return nil }
      guard isFromFork else { return ([(one, first), (other, last)], nil) }
      let answer = try GitComparison.git { () throws(GitError) in
        try repository.run(["merge-base", first, last], accepting: [0, 1, 128])
      }
      guard answer.status == 0, let base = answer.text.split(separator: "\n").first else {
        throw Failure(
          .badData, "\(first) and \(last) have no common commit; write \(first)..\(last)")
      }
      return ([(.commit(String(base)), String(base.prefix(9))), (other, last)], nil)
    }

    private func parent(
      of tree: GitTree, _ repository: GitRepository
    ) throws(Failure) -> (list: [End], note: String?) {
      let name = "\(first)^"
      guard let before = Self.tree(name, repository) else {
        if repository.isShallow { throw Failure(GitError.shallow(name)) }
        return ([(.empty, "nothing"), (tree, first)], nil)
      }
      let isMerge = Self.tree("\(first)^2", repository) != nil
      return (
        [(before, name), (tree, first)],
        isMerge ? "\(first) is a merge; it is compared with its first parent" : nil
      )
    }

    /// Returns the commit or tree with a name; nil for any other name.
    private static func tree(_ name: String, _ repository: GitRepository) -> GitTree? {
      if let commit = try? repository.commit(name) { return .commit(commit) }
      let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{tree}"]
      guard let answer = try? repository.run(asked, accepting: [0, 1, 128]), answer.status == 0,
        let hash = answer.text.split(separator: "\n").last
      else { return nil }
      return .commit(String(hash))
    }

    /// Returns why the argument is not a revision.
    func fault(in repository: GitRepository) -> GitError {
      for name in [first, last].compactMap(\.self) {
        do throws(GitError) {
          _ = try repository.commit(name)
        } catch {
          return error
        }
      }
      return .unknownRevision(first)
    }
  }
}

extension Failure {
  /// Creates a failure from an error of git.
  public init(_ error: GitError) {
    let code: Code =
      switch error {
      case .missing, .tooOld: .unavailable
      case .noRepository, .bare, .unknownRevision, .shallow, .failed: .noInput
      }
    self.init(code, "\(error)")
  }
}

extension GitComparison {
  /// Returns the repository around the current folder.
  public static func repository() throws(Failure) -> GitRepository {
    try git { () throws(GitError) in try GitRepository(containing: ".") }
  }
}
