/// How PoseRig gets at files: it never opens one itself.
///
/// The command gives it the file system, tests a dictionary.
public struct FileLoader {
  /// The bytes of a file, or a sentence why there are none.
  public var read: (_ path: String) -> Result<[UInt8], UnreadableFile>
  /// The folder of bodies and library poses (`Rigs`), if one was found.
  public var rigsFolder: String?
  /// The parametric human, or a sentence why there is none.
  public var human: () -> Result<HumanTemplate, UnreadableFile>

  /// A loader from its parts.
  public init(
    rigsFolder: String? = nil,
    human: @escaping () -> Result<HumanTemplate, UnreadableFile> = {
      .failure(UnreadableFile(reason: "it is not installed; run: posemap body install"))
    },
    read: @escaping (_ path: String) -> Result<[UInt8], UnreadableFile>
  ) {
    self.read = read
    self.rigsFolder = rigsFolder
    self.human = human
  }
}

/// Why a file could not be read.
public struct UnreadableFile: Error, Equatable, Sendable {
  /// In words, as the system says it: "No such file or directory".
  public var reason: String

  /// A reason.
  public init(reason: String) { self.reason = reason }
}

/// One file that went into a scene.
public struct InputFile: Equatable, Sendable {
  /// As named in the file that refers to it, for people and manifests.
  public var name: String
  /// What it held when it was read.
  public var bytes: [UInt8]
}

/// Lexical paths with "/" between names.
enum FilePath {
  /// `path` as seen from the folder of the file `base`, with `.` and `a/..` taken out.
  static func resolve(_ path: String, besides base: String) -> String {
    if path.hasPrefix("/") { return normalized(path) }
    guard let slash = base.lastIndex(of: "/") else { return normalized(path) }
    return normalized(base[...slash] + path)
  }

  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
