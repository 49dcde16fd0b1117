internal import Glibc

/// A running child process and the read ends of its output pipes.
///
/// Uses no threads, so that output can still be read when the system refuses to start more threads.
package struct ChildProcess: ~Copyable {
  /// The reason why a child process ended.
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signaled(Int32)
    case outOfPatience
    case overlong

    /// Decodes a status from `waitpid`.
    init(_ status: Int32) {
      let signal = status & 0x7f
      self = signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
    }
  }

  /// The end of a child process, and its output.
  package struct Outcome: Sendable {
    /// The reason why the process ended.
    package var end: End
    /// The bytes written to standard output.
    package var output: [UInt8]
    /// The first bytes written to standard error, at most ``keptErrors``.
    package var errors: [UInt8]
  }

  /// The error thrown when a child process cannot be started.
  package struct StartFailure: Error, Sendable {
    /// The system's error message.
    package let reason: String
  }

  private let process: pid_t
  private let output: Pipe
  private let errors: Pipe

  /// Starts a program without standard input.
  ///
  /// - Parameters:
  ///   - program: its path, or a name to look up in `PATH`.
  ///   - environment: variables to add to those of this process.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws(StartFailure) {
    let (output, errors) = (try Pipe(), try Pipe())
    process = try Spawn.start(
      program, arguments, environment, output: output.input, errors: errors.input)
    output.closeInput()
    errors.closeInput()
    self.output = output
    self.errors = errors
  }

  /// Reads all output, and waits for the process to end.
  ///
  /// - Parameters:
  ///   - patience: the number of seconds after which the process is killed.
  ///   - maximumOutput: the number of output bytes at which the process is killed.
  package consuming func outcome(patience: Double, maximumOutput: Int) -> Outcome {
    let deadline = ContinuousClock.now + .seconds(patience)
    var outcome = Outcome(end: .exited(0), output: [], errors: [])
    var open = [
      pollfd(fd: output.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.output, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var ended: End?
    while open.contains(where: { $0.fd >= 0 }) {
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0, outcome.output.count <= maximumOutput else {
        ended = left > 0 ? .overlong : .outOfPatience
        break
      }
      guard poll(&open, nfds_t(open.count), Int32(left.rounded(.up))) > 0 else { continue }
      for index in open.indices where open[index].revents != 0 {
        let count = read(open[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          open[index].fd = -1
        } else if index == 0 {
          outcome.output += buffer[..<count]
        } else {
          outcome.errors += buffer[..<min(count, Self.keptErrors - outcome.errors.count)]
        }
      }
    }
    let own = wait(until: deadline, killing: ended != nil)
    outcome.end = ended ?? own
    return outcome
  }

  /// The number of bytes of standard error to keep.
  private static let keptErrors = 1 << 16

  /// Returns how the child ended, waiting until the deadline before killing it.
  private func wait(until deadline: ContinuousClock.Instant, killing: Bool) -> End {
    if killing { kill(process, SIGKILL) }
    var status: Int32 = 0
    var isLate = false
    // A child that closed its pipes is about to exit, so this loop runs once or twice.
    while true {
      let answer = waitpid(process, &status, killing || isLate ? 0 : WNOHANG)
      if answer == process || (answer < 0 && errno != EINTR) { break }
      if answer == 0 {
        usleep(500)
        if ContinuousClock.now > deadline {
          kill(process, SIGKILL)
          isLate = true
        }
      }
    }
    return isLate ? .outOfPatience : End(status)
  }
}
