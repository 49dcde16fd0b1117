internal import Glibc

/// Whether two paths lead to one file.
public enum FileIdentity {
  /// Whether two paths lead to one file that exists, by any names and links.
  ///
  /// Files yet to be made are one only if their paths are equal.
  public static func areSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard stat(path, &one) == 0, stat(other, &two) == 0 else { return path == other }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// Returns a path relative to this process's folder, without `./` and `..`; a file elsewhere by
  /// its path from the root.
  public static func belowHere(_ path: String) -> String {
    let (whole, here) = (absolute(path), absolute("."))
    let folder = here == "/" ? here : here + "/"
    return whole.hasPrefix(folder) ? String(whole.dropFirst(folder.count)) : whole
  }

  /// Returns the folder that a path's last name is in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns a path from the root, without `.` and `..`.
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

  /// Whether a path leads to a place in a folder, or will when it is made, whatever links are on
  /// its way.
  public static func staysBelow(_ path: String, _ folder: String) -> Bool {
    guard let home = real(folder) else {
      var status = stat()
      // In a folder yet to be made there are no links.
      return lstat(folder, &status) != 0 && absolute(path).hasPrefix(absolute(folder) + "/")
    }
    var known = path
    while !known.isEmpty {
      if let found = real(known) {
        return found == home || found.hasPrefix(home == "/" ? home : home + "/")
      }
      var status = stat()
      // A link to nothing may lead anywhere.
      if lstat(known, &status) == 0 { return false }
      let parent = Self.folder(of: known)
      if parent == known { return false }
      known = parent
    }
    return false
  }

  /// Returns the path of a file without links on its way; nil if there is no file.
  static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Returns a path that is relative to a folder as one that is seen from here.
  ///
  /// The names are joined as text, as ``relative(_:from:)`` parts them; where nothing is there, the
  /// system's way through links is tried.
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
