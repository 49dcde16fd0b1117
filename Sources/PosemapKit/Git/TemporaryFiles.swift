internal import Glibc

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder for files that other code needs on disk; deleted together with the value.
///
/// A killed run leaves its folder behind; the next run deletes those of processes that have ended.
final class TemporaryFiles {
  private static let prefix = "posemap-git-"
  private let folder: String

  init() throws(UnusableFolder) {
    let parent = Self.parent
    Self.sweep(parent)
    var name = Array("\(parent)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw UnusableFolder(reason: String(cString: strerror(errno)))
    }
    folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A folder that cannot be created or written to.
  struct UnusableFolder: Error {
    var reason: String
  }

  /// Returns the path of a file with this name, whether or not it exists.
  func path(of name: String) -> String { "\(folder)/\(name)" }

  /// Writes a file, and creates the folders in its name.
  func write(_ bytes: [UInt8], as name: String) throws(UnusableFolder) {
    let path = path(of: name)
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    do {
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(filePath: path))
    } catch {
      throw UnusableFolder(reason: "\(path) cannot be written")
    }
  }

  private static var parent: String {
    let configured = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return configured.hasPrefix("/") ? FileIdentity.absolute(configured) : "/tmp"
  }

  /// Deletes the folders of processes that have ended.
  private static func sweep(_ parent: String) {
    for name in FolderListing.names(parent) where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0.isNumber }
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
    }
  }
}
