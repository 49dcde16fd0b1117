/// A file with several versions in the index, because a merge ended with conflicts.
public struct UnmergedFile: Hashable, Sendable {
  /// The path, from the top of the repository.
  public var path: String
  /// The object name of the version that both sides started from; nil if both added the file.
  public var base: String?
  /// The object name of our version; nil if we deleted the file.
  public var ours: String?
  /// The object name of their version; nil if they deleted the file.
  public var theirs: String?
}

extension GitRepository {
  /// Returns the files with conflicts, in git's order.
  ///
  /// - Parameter pathspecs: the files to list, relative to the repository's folder; all by default.
  public func unmergedFiles(_ pathspecs: [String] = []) throws(GitError) -> [UnmergedFile] {
    let entries = try run(
      ["ls-files", "--unmerged", "--full-name", "-z", "--"] + pathspecs
    ).entries
    var files: [UnmergedFile] = []
    for entry in entries {
      // `100644 <object> <stage>`, a tab, and the path.
      guard let tab = entry.firstIndex(of: "\t") else { continue }
      let words = entry[..<tab].split(separator: " ")
      let path = String(entry[entry.index(after: tab)...])
      guard words.count == 3 else { continue }
      if files.last?.path != path { files.append(UnmergedFile(path: path)) }
      switch words[2] {
      case "1": files[files.count - 1].base = String(words[1])
      case "2": files[files.count - 1].ours = String(words[1])
      case "3": files[files.count - 1].theirs = String(words[1])
      default: continue
      }
    }
    return files
  }

  /// Returns the content of an object.
  public func bytes(ofObject name: String) throws(GitError) -> [UInt8] {
    try run(["cat-file", "blob", name]).output
  }

  /// Stages files as they are on disk.
  ///
  /// - Parameter paths: from the top of the repository.
  public func stage(_ paths: [String]) throws(GitError) {
    try run(["add", "--"] + paths.map { ":(top,literal)\($0)" })
  }
}
