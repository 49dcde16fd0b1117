/// Operations on the paths of output files, as text.
enum FilePath {
  /// Returns the path of a file below a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  /// Returns the path without its last component; empty for a path of one component.
  static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map {
      $0 == path.startIndex ? "/" : withoutTrailingSlashes(path[..<$0])
    }
      ?? ""
  }

  /// Returns the path without slashes at its end.
  static func withoutTrailingSlashes(_ path: some StringProtocol) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// Returns whether a relative path has only plain components, so that it stays in its folder.
  static func staysInside(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
  }

  /// Creates a folder and its parents, and appends each one that was missing to `made`. Errors name
  /// the folder that failed, or `reportedPath`.
  static func makeFolders(
    through path: String, made: inout [String], reportedPath: String? = nil
  ) throws(ExportError) {
    if path.isEmpty || FileSystem.isFolder(path) { return }
    try makeFolders(through: parent(of: path), made: &made, reportedPath: reportedPath)
    if try FileSystem.makeFolder(path, reportedPath: reportedPath ?? path) {
      made.append(path)
    }
  }
}
