/// The reason why git did not do what was asked, as a sentence without a final period.
public enum GitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Git is not installed.
  case missing
  /// Git is older than required.
  case tooOld(version: String)
  /// A folder that is not in a repository.
  case noRepository(folder: String)
  /// A repository without a work tree.
  case bare(folder: String)
  /// A revision that the repository does not have.
  case unknownRevision(String)
  /// A revision that a shallow clone does not reach.
  case shallow(String)
  /// A failure of git, with its own message.
  case failed(command: String, words: String)

  /// The oldest supported version of git.
  public static let oldestVersion = (major: 2, minor: 30)

  /// The reason, as a sentence.
  public var description: String {
    let oldest = "\(Self.oldestVersion.major).\(Self.oldestVersion.minor)"
    return switch self {
    case .missing: "git is not installed; on Debian and Ubuntu: apt install git"
    case .tooOld(let version): "this needs git \(oldest) or newer; this is \(version)"
    case .noRepository(let folder): "\(folder) is not in a git repository; git init creates one"
    case .bare(let folder):
      "\(folder) is a bare repository, or a .git folder, and has no files; run this in a clone of it, or above it"
    case .unknownRevision(let name): "there is no revision \(name) in this repository"
    case .shallow(let name):
      "there is no revision \(name) in this shallow clone; git fetch --unshallow brings the rest"
    case .failed(let command, let words): "git \(command) failed: \(words)"
    }
  }
}
