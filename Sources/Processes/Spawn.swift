internal import Glibc

/// Starts programs and connects their output to this process.
enum Spawn {
  /// Starts a program without standard input, and returns its process id.
  ///
  /// - Parameters:
  ///   - output: the file descriptor for standard output.
  ///   - errors: the file descriptor for standard error.
  ///   - hearsSignals: whether to restore the default handling of signals that this process ignores
  ///     or blocks.
  static func start(
    _ program: String, _ arguments: [String], _ environment: [String: String], output: Int32,
    errors: Int32, hearsSignals: Bool = false
  ) throws(ChildProcess.StartFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if hearsSignals { hear(&attributes) }
    let words = list([program] + arguments)
    let variables = list(
      environment.map { "\($0)=\($1)" }.sorted() + inherited(without: environment))
    defer { (words + variables).forEach { free($0) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, program, &actions, &attributes, words, variables)
    guard failure == 0 else {
      throw ChildProcess.StartFailure(reason: String(cString: strerror(failure)))
    }
    return process
  }

  /// A server ignores signals that it handles in other ways, and its child processes would inherit
  /// that.
  private static func hear(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
  }

  /// Returns this process's environment without the given variables.
  private static func inherited(without names: [String: String]) -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if names[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
      next += 1
    }
    return variables
  }

  /// Returns strings as a null-terminated C array; the caller frees each element.
  private static func list(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}

/// A one-way channel that owns both file descriptors; child processes do not inherit them.
final class Pipe {
  /// The end to read from.
  let output: Int32
  /// The end to write to.
  private(set) var input: Int32

  init() throws(ChildProcess.StartFailure) {
    var ends: [Int32] = [-1, -1]
    // A socket pair, because Swift's Glibc module has no `pipe2` to close the descriptors in
    // children.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw ChildProcess.StartFailure(reason: String(cString: strerror(errno)))
    }
    (output, input) = (ends[0], ends[1])
  }

  func closeInput() {
    close(input)
    input = -1
  }

  deinit {
    close(output)
    if input >= 0 { close(input) }
  }
}
