internal import Glibc

/// A process that does a share of the work, and the socket to it.
///
/// Workers are processes rather than threads because two llvmpipe contexts in one process block
/// each other. They are started rather than forked because a process with threads cannot safely
/// continue after a fork.
struct WorkerProcess {
  let process: pid_t
  /// The two-way connection: orders to the worker, answers from it.
  let socket: Int32

  /// Starts `command` as a worker; nil if the system cannot start more processes.
  init?(_ command: String) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    let process = Self.spawn(command, input: ends[1])
    _ = close(ends[1])
    guard let process else {
      _ = close(ends[0])
      return nil
    }
    self.process = process
    socket = ends[0]
  }

  /// The number of attempts to start a program that is being written.
  private static let patience = 100

  private static func spawn(_ command: String, input: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    // Ctrl-C, or closing the terminal, reaches all processes of the terminal. The process that
    // hands out the work handles it, and the workers only follow their orders, so that pieces that
    // were started are finished.
    var deaf = sigset_t()
    sigemptyset(&deaf)
    sigaddset(&deaf, SIGINT)
    sigaddset(&deaf, SIGTERM)
    sigaddset(&deaf, SIGHUP)
    posix_spawnattr_setsigmask(&attributes, &deaf)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ["posemap", Worker.subcommand]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    // If someone is just writing the program, it will be complete in a moment.
    for _ in 0..<patience {
      let failure = posix_spawn(
        &process, command, &actions, &attributes, arguments, environ)
      if failure == 0 { return process }
      if failure != ETXTBSY { return nil }
      usleep(5_000)
    }
    return nil
  }

  /// Sends an order to the worker.
  func send(_ order: WorkerOrder) { order.send(to: socket) }

  /// Ends the worker if it is still running, and closes the socket.
  func end() {
    _ = close(socket)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }
}
