internal import Glibc

/// A program that this process started and looks after now and then, never waiting for it.
///
/// It ends with this value. A posemap also ends with the thread that started it, so that nobody
/// who is killed leaves it behind.
package final class RunningChild {
  private let output: Pipe
  private let errors: Pipe
  private let process: pid_t
  /// The way in which it ended; nil while it runs.
  package private(set) var end: ChildProcess.End?

  /// The variable that tells a posemap the number of the process to end with.
  package static let parentVariable = "POSEMAP_ENDS_WITH"

  /// The bytes that are taken at a time from one of its ways out.
  private static let mouthful = 1 << 18
  /// The bytes that are taken at last: more than the system holds for one that has ended.
  private static let rest = 1 << 24

  /// Starts a program without standard input; its path, or a name that is looked for in `PATH`.
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

  /// Returns the bytes that it has written since the last call, and takes note of its end. Once it
  /// has ended, everything has been returned.
  package func read() -> (output: [UInt8], errors: [UInt8]) {
    // In this order: what it writes last is there before it ends.
    let isOver = look() != nil
    let limit = isOver ? Self.rest : Self.mouthful
    return (Self.read(output, upTo: limit), Self.read(errors, upTo: limit))
  }

  /// Sends a signal to it, if it runs.
  package func send(_ signal: Int32) {
    if look() == nil { kill(process, signal) }
  }

  @discardableResult private func look() -> ChildProcess.End? {
    if end != nil { return end }
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == process { end = ChildProcess.End(status) }
    return end
  }

  /// A program that writes without end must not keep whoever looks after it.
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
