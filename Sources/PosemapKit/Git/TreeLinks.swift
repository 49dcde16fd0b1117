internal import GitClient

/// The symbolic links of one state of a repository.
struct TreeLinks {
  /// The end of a path, with all its links followed.
  enum Target: Equatable {
    /// A path from the top of the repository.
    case file(String)
    /// A path that leaves the repository.
    case outside(String)
    /// Links that lead back to themselves.
    case endless
  }

  /// The maximum number of links followed on one path.
  private static let most = 40

  /// The text of each link, by its path.
  private var texts: [String: String] = [:]

  /// Whether the state has no links.
  var isEmpty: Bool { texts.isEmpty }

  /// Creates links from their texts, by path.
  init(_ texts: [String: String]) { self.texts = texts }

  /// Lists the links of a commit or of the index.
  init(in tree: GitTree, of repository: GitRepository) throws(GitError) {
    let listed: GitAnswer
    switch tree {
    case .commit(let hash):
      listed = try repository.run(["ls-tree", "-r", "-z", "--full-tree", hash])
    case .empty: return
    default:
      listed = try repository.run(["ls-files", "-s", "-z", "--full-name", "--", ":(top)"])
    }
    for entry in listed.entries where entry.hasPrefix("120000 ") {
      guard let path = entry.split(separator: "\t", maxSplits: 1).last.map(String.init),
        let text = try repository.bytes(of: path, in: tree)
      else { continue }
      texts[path] = String(decoding: text, as: UTF8.self)
    }
  }

  /// Returns the target of a path.
  func target(of path: String) -> Target {
    var rest = path.split(separator: "/").map(String.init)[...]
    var parts: [String] = []
    var followed = 0
    while let part = rest.popFirst() {
      if part == "." { continue }
      if part == ".." {
        guard parts.popLast() != nil else { return .outside(path) }
        continue
      }
      parts.append(part)
      guard let text = texts[parts.joined(separator: "/")] else { continue }
      if text.hasPrefix("/") { return .outside(text) }
      followed += 1
      guard followed <= Self.most else { return .endless }
      parts.removeLast()
      rest = text.split(separator: "/").map(String.init) + rest
    }
    return .file(parts.joined(separator: "/"))
  }

  /// Returns the other paths through which links lead to a file.
  func aliases(of path: String) -> [String] {
    texts.keys.sorted().compactMap { link in
      guard case .file(let end) = target(of: link) else { return nil }
      if path == end { return link }
      return path.hasPrefix(end + "/") ? link + path.dropFirst(end.count) : nil
    }
  }
}
