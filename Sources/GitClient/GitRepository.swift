internal import Glibc
internal import Processes

/// A git repository on disk, accessed through git itself.
///
/// Git runs without a shell, with untranslated messages, and without taking optional locks.
///
/// ```swift
/// let repository = try GitRepository(containing: ".")
/// let head = try repository.commit("HEAD")
/// let before = try repository.bytes(of: "Poses/wave.pose.json", in: .commit(head))
/// ```
public struct GitRepository: Sendable {
  /// The folder in which git runs, to which paths and pathspecs are relative.
  public let folder: String
  /// The top folder of the work tree; nil for a bare repository.
  public let workTree: String?
  /// The path of `folder` below the top: empty, or with a final `/`.
  public let prefix: String
  /// The folder with this work tree's own data: `.git`, or elsewhere for a worktree or submodule.
  public let gitFolder: String
  /// Whether the history ends where the clone was cut off.
  public let isShallow: Bool

  /// Finds the repository that a folder is in.
  ///
  /// - Throws: ``GitError/missing``, ``GitError/tooOld(version:)``,
  ///   ``GitError/noRepository(folder:)``.
  public init(containing folder: String = ".") throws(GitError) {
    try Self.checkVersion()
    let asked = ["--absolute-git-dir", "--is-bare-repository", "--is-shallow-repository"]
    let answer = try Git.run(["rev-parse"] + asked, in: folder)
    var lines = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
    // A folder's name can itself contain line breaks.
    while lines.count > 4 { lines[0...1] = [lines[0] + "\n" + lines[1]] }
    guard answer.status == 0, lines.count >= 3 else {
      guard answer.words.contains("not a git repository") else {
        throw .failed(command: "rev-parse", words: answer.words)
      }
      throw .noRepository(folder: folder == "." ? "this folder" : folder)
    }
    self.folder = folder
    gitFolder = String(lines[0])
    isShallow = lines[2] == "true"
    // Inside .git there is no work tree either.
    let tree = try Git.run(["rev-parse", "--show-toplevel", "--show-prefix"], in: folder)
    guard tree.status == 0, lines[1] != "true" else {
      (workTree, prefix) = (nil, "")
      return
    }
    var folders = tree.text.split(separator: "\n", omittingEmptySubsequences: false)
    if folders.count > 3 {
      // The name of a folder contains line breaks.
      let top = try Git.run(["rev-parse", "--show-toplevel"], in: folder).text.dropLast()
      folders = [top, tree.text.dropFirst(top.count + 1).dropLast()]
    }
    workTree = String(folders[0])
    prefix = folders.count > 1 ? String(folders[1]) : ""
  }

  /// Runs git in the folder, and returns its result.
  ///
  /// - Parameter statuses: the exit codes that are results rather than failures.
  /// - Throws: ``GitError/failed(command:words:)`` for any other exit code.
  @discardableResult
  public func run(
    _ arguments: [String], accepting statuses: Set<Int32> = [0]
  ) throws(GitError) -> GitAnswer {
    let answer = try Git.run(arguments, in: folder)
    guard statuses.contains(answer.status) else {
      throw .failed(command: arguments.first ?? "", words: answer.words)
    }
    return answer
  }

  /// Runs git in a folder that need not be in a repository, and returns its result.
  ///
  /// - Parameter statuses: the exit codes that are results rather than failures.
  /// - Throws: ``GitError/failed(command:words:)`` for any other exit code.
  public static func run(
    _ arguments: [String], in folder: String, accepting statuses: ClosedRange<Int32> = 0...0
  ) throws(GitError) -> GitAnswer {
    let answer = try Git.run(arguments, in: folder)
    guard statuses.contains(answer.status) else {
      throw .failed(command: arguments.first ?? "", words: answer.words)
    }
    return answer
  }

  /// Returns the hash of the commit that a revision names.
  ///
  /// - Throws: ``GitError/unknownRevision(_:)`` or ``GitError/shallow(_:)``.
  public func commit(_ revision: String) throws(GitError) -> String {
    let answer = try Git.run(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], in: folder)
    guard answer.status == 0, let hash = answer.text.split(separator: "\n").last else {
      throw isShallow ? .shallow(revision) : .unknownRevision(revision)
    }
    return String(hash)
  }

  /// The top folder of the work tree.
  ///
  /// - Throws: ``GitError/bare(folder:)``.
  public func requiredWorkTree() throws(GitError) -> String {
    guard let workTree else { throw .bare(folder: folder == "." ? "this folder" : folder) }
    return workTree
  }

  /// Checks that a supported version of git is installed.
  ///
  /// - Throws: ``GitError/missing``, ``GitError/tooOld(version:)``.
  public static func checkVersion() throws(GitError) {
    let words = try Git.run(["--version"], in: ".").text.split(separator: " ")
    guard words.count >= 3, words[0] == "git" else { throw .missing }
    let version = words[2].prefix { !$0.isWhitespace }
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 } + [0]
    let oldest = GitError.oldestVersion
    if (numbers[0], numbers[1]) < (oldest.major, oldest.minor) {
      throw .tooOld(version: String(version))
    }
  }
}

/// A result of git: its output and exit code.
public struct GitAnswer: Sendable {
  /// The exit code.
  public var status: Int32
  /// The bytes of standard output.
  public var output: [UInt8]
  /// The text of standard error, on one line.
  public var words: String

  /// The output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }

  /// The entries of an output in which each ends with a zero byte (`-z`).
  public var entries: [String] {
    output.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// The git program.
enum Git {
  /// The seconds after which git is stopped.
  private static let patience = 300.0
  /// The bytes of output beyond which git is stopped.
  private static let maximumOutput = 1 << 30
  private static let environment = [
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat",
  ]

  static func run(_ arguments: [String], in folder: String) throws(GitError) -> GitAnswer {
    let outcome: ChildProcess.Outcome
    do {
      outcome = try ChildProcess("git", ["-C", folder] + arguments, environment: environment)
        .outcome(patience: patience, maximumOutput: maximumOutput)
    } catch {
      throw .missing
    }
    let command = arguments.first ?? ""
    let words = String(decoding: outcome.errors, as: UTF8.self)
      .split(separator: "\n").map { String($0.trimmingPrefix("fatal: ").trimmingPrefix("error: ")) }
      .joined(separator: "; ")
    switch outcome.end {
    case .exited(let status):
      return GitAnswer(status: status, output: outcome.output, words: words)
    case .outOfPatience: throw .failed(command: command, words: "it took more than five minutes")
    case .overlong: throw .failed(command: command, words: "it printed more than 1 GiB")
    case .signaled(let signal): throw .failed(command: command, words: "signal \(signal) ended it")
    }
  }
}
