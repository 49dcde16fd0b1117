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
}
