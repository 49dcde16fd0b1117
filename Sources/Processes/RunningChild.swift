internal import Glibc

/// A child process that the caller polls and never waits for.
///
/// The process is killed when this value is deinitialized. A posemap child also exits with the
/// thread that started it, so it never outlives a parent that was killed.
package final class RunningChild {
  private let output: Pipe
  private let errors: Pipe
  private let process: pid_t
  /// The reason why the process ended; nil while it runs.
  package private(set) var end: ChildProcess.End?

  /// The environment variable that holds the id of the process to exit with.
  package static let parentVariable = "POSEMAP_ENDS_WITH"

  /// The most bytes to read from a pipe at a time.
  private static let chunkSize = 1 << 18
  /// The most bytes to read after the process has ended: more than a pipe's buffer can hold.
  private static let finalReadSize = 1 << 24

  /// Starts a program, given by its path or by a name to look up in `PATH`, without standard input.
  package init(
    _ program: String, _ arguments: [String]
  ) throws(ChildProcess.StartFailure) {
    (output, errors) = (try Pipe(), try Pipe())
    process = try Spawn.start(
      program, arguments, [Self.parentVariable: "\(getpid())"], output: output.input,
      errors: errors.input, hearsSignals: true)
    output.closeInput()
    errors.closeInput()
  }

  deinit {
    guard look() == nil else { return }
    send(SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// Returns the bytes written since the last call, and updates ``end``. Once the process has
  /// ended, nothing is left to read.
  package func read() -> (output: [UInt8], errors: [UInt8]) {
    // Check before reading, so that output written just before the exit is read too.
    let isOver = look() != nil
    let limit = isOver ? Self.finalReadSize : Self.chunkSize
    return (Self.read(output, upTo: limit), Self.read(errors, upTo: limit))
  }

  /// Sends a signal to the process if it is still running.
  package func send(_ signal: Int32) {
    if look() == nil { kill(process, signal) }
  }

  @discardableResult private func look() -> ChildProcess.End? {
    if end != nil { return end }
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == process { end = ChildProcess.End(status) }
    return end
  }

  /// The limit keeps a program that never stops writing from blocking the caller.
  private static func read(_ pipe: Pipe, upTo limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = recv(pipe.output, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
