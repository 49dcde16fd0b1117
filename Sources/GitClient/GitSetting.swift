/// A value in git's configuration.
public struct GitSetting: Equatable, Sendable {
  /// The scope: `system`, `global`, `local`, `worktree` or `command`.
  public var scope: String
  /// The full name; the section and the last part are lowercase.
  public var key: String
  /// The value.
  public var value: String
}

extension GitRepository {
  /// Returns the values of all keys that match a regular expression; the last value of each key
  /// applies.
  ///
  /// - Parameter asPaths: whether `~/` at the start of a value is a home folder.
  public func settings(
    matching pattern: String, asPaths: Bool = false
  ) throws(GitError) -> [GitSetting] {
    try Self.settings(matching: pattern, asPaths: asPaths, in: folder)
  }

  /// Returns such values for a folder that need not be in a repository.
  public static func settings(
    matching pattern: String, asPaths: Bool = false, in folder: String
  ) throws(GitError) -> [GitSetting] {
    let kind = asPaths ? ["--type=path"] : []
    let answer = try run(
      ["config", "--null", "--show-scope"] + kind + ["--get-regexp", pattern], in: folder,
      accepting: 0...1)
    var entries = answer.entries[...]
    var settings: [GitSetting] = []
    while let scope = entries.popFirst(), let entry = entries.popFirst() {
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      settings.append(
        GitSetting(
          scope: scope, key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true"))
    }
    return settings
  }

  /// The folder that all work trees of the repository share; its `config` and `hooks` apply to each
  /// of them.
  public func commonFolder() throws(GitError) -> String {
    let answer = try run(["rev-parse", "--git-common-dir"])
    let path = answer.text.hasSuffix("\n") ? String(answer.text.dropLast()) : answer.text
    return path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }
}
