internal import Glibc

/// Starts programs, and reads their output here.
enum Spawn {
  /// Starts a program without standard input, and returns its number.
  ///
  /// - Parameters:
  ///   - output: the file that its output goes to.
  ///   - errors: the file that its errors go to.
  ///   - hearsSignals: whether signals that this process ignores or holds back reach the program
  ///     all the same.
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

  /// A server ignores the signals that it waits for in other ways, and its programs would inherit
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

  /// Returns this process's variables, except for those of these names.
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

  /// Returns texts as C takes a list of them; the caller frees each.
  private static func list(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}

/// The two ends of a way for bytes, owned; no program that is started gets them by itself.
final class Pipe {
  /// The end to read from.
  let output: Int32
  /// The end to write to.
  private(set) var input: Int32

  init() throws(ChildProcess.StartFailure) {
    var ends: [Int32] = [-1, -1]
    // A pair of sockets, since Swift's Glibc has no pipe that is closed in other children at once.
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
