internal import Glibc

/// A state of all files in a repository.
public enum GitTree: Hashable, Sendable {
  /// The files of a commit, given by its hash.
  case commit(String)
  /// The files as staged for the next commit.
  case index
  /// The files on disk.
  case workTree
  /// No files: the state that a first commit is compared with.
  case empty
}

/// A file that differs between two trees.
public struct GitChange: Hashable, Sendable {
  /// The path before, from the top of the repository; nil for a file that was added.
  public var before: String?
  /// The path after; nil for a file that was deleted.
  public var after: String?

  /// Creates a change from its parts.
  public init(before: String?, after: String?) {
    self.before = before
    self.after = after
  }

  /// The path after the change; for a deleted file, the path before it.
  public var path: String { after ?? before ?? "" }
}

extension GitRepository {
  /// Returns git's name for a path in a tree, such as `HEAD:poses/wave.pose.json`.
  private func name(of path: String, in tree: GitTree) -> String? {
    switch tree {
    case .commit(let hash): "\(hash):\(path)"
    case .index: ":0:\(path)"
    case .workTree, .empty: nil
    }
  }

  /// Returns the content of a file in a tree; nil if the tree has no file with this path.
  ///
  /// - Parameter path: from the top of the repository.
  public func bytes(of path: String, in tree: GitTree) throws(GitError) -> [UInt8]? {
    if tree == .workTree { return Self.contents(of: "\(try requiredWorkTree())/\(path)") }
    guard let name = name(of: path, in: tree) else { return nil }
    let answer = try run(["cat-file", "blob", name], accepting: [0, 128])
    return answer.status == 0 ? answer.output : nil
  }

  /// Returns the paths of all files in a tree, from the top of the repository, in git's order.
  ///
  /// - Parameter pathspecs: the files to list, relative to the repository's folder; all by default.
  public func files(
    in tree: GitTree, _ pathspecs: [String] = []
  ) throws(GitError) -> [String] {
    let top = prefix.isEmpty ? [] : ["--full-name"]
    switch tree {
    case .empty: return []
    case .commit(let hash):
      // ls-tree does not support pathspecs; a comparison of an empty tree with the commit does.
      return try run(
        ["diff", "--no-ext-diff", "--no-relative", "--no-renames", "--name-only", "-z"]
          + [Self.emptyTree(of: hash), hash, "--"] + pathspecs
      ).entries
    case .index: return try run(["ls-files", "-z", "--cached"] + top + ["--"] + pathspecs).entries
    case .workTree:
      let listed = try run(
        ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"] + top
          + ["--"] + pathspecs
      ).entries
      let root = try requiredWorkTree()
      return listed.filter { access("\(root)/\($0)", F_OK) == 0 }
    }
  }

  /// Returns the files that differ between two trees, in git's order; a renamed file is one change.
  ///
  /// - Parameters:
  ///   - old: a commit, the index or the empty tree.
  ///   - new: a commit, the index or the work tree.
  ///   - pathspecs: the files to compare, relative to the repository's folder; all by default.
  public func changes(
    from old: GitTree, to new: GitTree, _ pathspecs: [String] = []
  ) throws(GitError) -> [GitChange] {
    var arguments = ["diff", "--no-ext-diff", "--no-relative", "--name-status", "-z", "-M"]
    switch (old, new) {
    case (.commit(let before), .commit(let after)): arguments += [before, after]
    case (.commit(let before), .index): arguments += ["--cached", before]
    case (.commit(let before), .workTree): arguments.append(before)
    case (.index, .workTree): break
    case (.empty, .commit(let after)): arguments += [Self.emptyTree(of: after), after]
    case (.empty, _): return try files(in: new, pathspecs).map { GitChange(before: nil, after: $0) }
    case (_, .empty): return try files(in: old, pathspecs).map { GitChange(before: $0, after: nil) }
    default: return try changes(from: new, to: old, pathspecs).map(\.reversed)
    }
    var entries = try run(arguments + ["--"] + pathspecs).entries[...]
    var changes: [GitChange] = []
    while let status = entries.popFirst(), let path = entries.popFirst() {
      switch status.first {
      case "A": changes.append(GitChange(before: nil, after: path))
      case "D": changes.append(GitChange(before: path, after: nil))
      case "R", "C":
        changes.append(GitChange(before: path, after: entries.popFirst()))
      default: changes.append(GitChange(before: path, after: path))
      }
    }
    return changes
  }

  /// Returns the name of git's empty tree, which depends on the repository's kind of hash.
  private static func emptyTree(of hash: String) -> String {
    hash.count > 40
      ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
      : "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? bytes : nil
  }
}

extension GitChange {
  fileprivate var reversed: GitChange { GitChange(before: after, after: before) }
}
