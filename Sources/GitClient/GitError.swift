/// The reason why git did not do what was asked; in one sentence, without a full stop.
public enum GitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no git on this machine.
  case missing
  /// This git lacks what is needed.
  case tooOld(version: String)
  /// A folder is in no repository.
  case noRepository(folder: String)
  /// A repository has no work tree.
  case bare(folder: String)
  /// A repository has no such revision.
  case unknownRevision(String)
  /// A revision that a shallow clone does not reach.
  case shallow(String)
  /// Git failed; with its own words.
  case failed(command: String, words: String)

  /// The oldest git that posemap works with.
  public static let oldestVersion = (major: 2, minor: 30)

  /// The reason in a sentence.
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
