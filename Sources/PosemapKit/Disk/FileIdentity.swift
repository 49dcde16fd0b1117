internal import Glibc

/// Comparisons and conversions of paths.
public enum FileIdentity {
  /// Returns whether two paths lead to one existing file, by any names and links.
  ///
  /// Files that do not exist yet are the same only if their paths are equal.
  public static func areSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard stat(path, &one) == 0, stat(other, &two) == 0 else { return path == other }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// Returns a path relative to the working folder, without `./` and `..`; for a file outside it,
  /// the absolute path.
  public static func belowHere(_ path: String) -> String {
    let (whole, here) = (absolute(path), absolute("."))
    let folder = here == "/" ? here : here + "/"
    return whole.hasPrefix(folder) ? String(whole.dropFirst(folder.count)) : whole
  }

  /// Returns the folder that contains a path's last component.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the absolute form of a path, without `.` and `..`.
  public static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    let here = path.hasPrefix("/") ? nil : getcwd(nil, 0)
    defer { free(here) }
    let whole = (here.map { String(cString: $0) + "/" } ?? "") + path
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns a path relative to a folder, both relative to the working folder.
  public static func relative(_ path: String, from folder: String) -> String {
    let names = absolute(path).split(separator: "/")
    let above = absolute(folder).split(separator: "/")
    let shared = zip(names, above).prefix { $0 == $1 }.count
    return (above.dropFirst(shared).map { _ in ".." } + names.dropFirst(shared))
      .joined(separator: "/")
  }

  /// Returns whether a path leads into a folder, or will once it is created, whatever links are on
  /// the way.
  public static func staysBelow(_ path: String, _ folder: String) -> Bool {
    guard let home = real(folder) else {
      var status = stat()
      // A folder that does not exist yet contains no links.
      return lstat(folder, &status) != 0 && absolute(path).hasPrefix(absolute(folder) + "/")
    }
    var known = path
    while !known.isEmpty {
      if let found = real(known) {
        return found == home || found.hasPrefix(home == "/" ? home : home + "/")
      }
      var status = stat()
      // A broken link might lead anywhere.
      if lstat(known, &status) == 0 { return false }
      let parent = Self.folder(of: known)
      if parent == known { return false }
      known = parent
    }
    return false
  }

  /// Returns the path of a file with all links resolved; nil if there is no file.
  static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Returns a path that is relative to a folder as one that is relative to the working folder.
  ///
  /// The names are joined as text, the reverse of ``relative(_:from:)``; if nothing exists there,
  /// the path is resolved through links, as the system does it.
  public static func resolved(_ path: String, from folder: String) -> String {
    if path.hasPrefix("/") { return path }
    let joined = folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    let whole = absolute(joined)
    guard access(whole, F_OK) == 0 else {
      return access(joined, F_OK) == 0 ? joined : belowHere(whole)
    }
    return belowHere(whole)
  }
}
