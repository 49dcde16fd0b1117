public import GitClient
internal import Glibc
internal import SceneFiles

/// The lines, in three files, that make git diff, merge and check files with posemap.
///
/// ```swift
/// import GitClient
///
/// let setup = try GitSetup(in: GitRepository(containing: "."))
/// for sentence in try setup.enable() { print(sentence) }
/// ```
public struct GitSetup {
  /// The place where the lines are written.
  enum Scope {
    /// One repository.
    case repository(top: String, common: String, HookLocation)
    /// The user's own configuration, for all repositories.
    case global
  }

  let scope: Scope
  /// The path of the attributes file.
  let attributes: String
  /// The path of the configuration file.
  let config: String
  /// The values of the keys in posemap's sections, no matter who set them.
  let settings: [GitSetting]
  let repository: GitRepository?

  static let keys = #"^(diff|merge|mergetool|difftool)\.posemap\."#

  /// Creates the setup of one repository, for the work tree that contains a folder.
  public init(in containing: GitRepository) throws(Failure) {
    let found = try Failure.ofGit { () throws(GitError) in
      let top = try containing.requiredWorkTree()
      let repository = try GitRepository(containing: top)
      return (
        top, repository, try repository.commonFolder(), try repository.settings(matching: Self.keys)
      )
    }
    let (top, repository, common, settings) = found
    scope = .repository(
      top: top, common: common, try HookLocation(in: repository, common: common, top: top))
    attributes = "\(top)/.gitattributes"
    config = "\(common)/config"
    (self.settings, self.repository) = (settings, repository)
  }

  /// Returns the setup of all of this user's repositories.
  public static func global() throws(Failure) -> GitSetup { try GitSetup() }

  private init() throws(Failure) {
    let found = try Failure.ofGit { () throws(GitError) in
      try GitRepository.checkVersion()
      return (
        try GitRepository.settings(
          matching: #"^core\.attributesfile$"#, asPaths: true, in: "/"
        ).last,
        try GitRepository.settings(matching: Self.keys, in: "/")
      )
    }
    let folders = try UserFolders()
    scope = .global
    attributes = found.0?.value ?? "\(folders.git)/attributes"
    config = folders.config
    (settings, repository) = (found.1, nil)
  }

  /// Returns a path in the form that people know: from the top of the work tree, or from their
  /// home.
  func shown(_ path: String) -> String {
    if case .repository(let top, _, _) = scope, path.hasPrefix(top + "/") {
      return String(path.dropFirst(top.count + 1))
    }
    if let home = UserFolders.home, path.hasPrefix(home + "/") {
      return "~/" + path.dropFirst(home.count + 1)
    }
    return path
  }

  /// Returns the path of a file in the work tree; nil for a file elsewhere, which is in no commit.
  func inWorkTree(_ path: String) -> String? {
    guard case .repository(let top, let common, _) = scope, path.hasPrefix(top + "/"),
      !path.hasPrefix(common + "/"), !path.hasPrefix(top + "/.git/")
    else { return nil }
    return String(path.dropFirst(top.count + 1))
  }

  /// Returns whether the commit that is checked out has posemap's lines in a file.
  func isCommitted(_ path: String) -> Bool {
    guard let name = inWorkTree(path), let repository, let head = try? repository.commit("HEAD"),
      let bytes = try? repository.bytes(of: name, in: .commit(head)),
      let text = try? BlockedText(bytes)
    else { return false }
    return text.block != nil
  }

  /// Returns the values that someone set for a section outside posemap's own lines.
  ///
  /// - Parameter block: posemap's lines in the file of this scope.
  func others(_ section: ConfigBlock.Section, block: [String]) -> [GitSetting] {
    var found = settings.filter { $0.key == section.name }
    let own: Set<String> = if case .global = scope { ["global"] } else { ["local"] }
    if ConfigBlock.sections(in: block).contains(section),
      let index = found.lastIndex(where: { own.contains($0.scope) })
    {
      found.remove(at: index)
    }
    return found
  }
}

/// The locations of a user's git files.
private struct UserFolders {
  /// The folder that contains git's files.
  let git: String
  /// The configuration that git would change.
  let config: String

  static var home: String? { variable("HOME") }

  init() throws(Failure) {
    guard let home = Self.home else {
      throw Failure(.noInput, "--global needs a home folder; set HOME")
    }
    git = "\(Self.variable("XDG_CONFIG_HOME") ?? "\(home)/.config")/git"
    // According to "FILES" in git help config.
    let plain = "\(home)/.gitconfig"
    let usual =
      access(plain, F_OK) != 0 && access("\(git)/config", F_OK) == 0 ? "\(git)/config" : plain
    config = Self.variable("GIT_CONFIG_GLOBAL") ?? usual
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension Failure {
  /// Runs `work`, and throws an error of git as a failure.
  static func ofGit<Value>(_ work: () throws(GitError) -> Value) throws(Failure) -> Value {
    do {
      return try work()
    } catch {
      switch error {
      case .missing, .tooOld: throw Failure(.unavailable, "\(error)")
      default: throw Failure(.noInput, "\(error)")
      }
    }
  }
}
