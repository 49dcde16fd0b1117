internal import Glibc
internal import SceneFiles

/// The command that starts this installation of posemap, in the form used in git's configuration
/// and hooks.
public struct OwnCommand: Sendable {
  /// The name or path, quoted as one shell word.
  public let word: String

  /// Creates a command from a name or path.
  init(_ name: String) { word = ShellWord.quoted(name) }

  /// Finds the command: by its name if the shell finds this posemap under it, otherwise by its full
  /// path.
  public static func find() -> OwnCommand {
    guard let own = OwnExecutable.path else { return OwnCommand(name) }
    guard let found = path(of: name), FileIdentity.areSame(found, own) else {
      return OwnCommand(own)
    }
    return OwnCommand(name)
  }

  /// Returns the program that a command line of this or another posemap would start; nil if there
  /// is none.
  static func path(startedBy line: String) -> String? {
    let word = ShellWord.first(of: line)
    return word.contains("/") ? (isProgram(word) ? word : nil) : path(of: word)
  }

  private static let name = "posemap"

  private static func path(of name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").filter { $0.hasPrefix("/") }
      .map { "\($0)/\(name)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
