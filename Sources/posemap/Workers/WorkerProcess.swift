internal import CSignals
internal import Glibc

/// A copy of this process that does a share of the work, and the pipes to it.
///
/// Forked before any OpenGL: two llvmpipe contexts in one process wait for each other, two processes do not. Pictures cannot tell.
struct WorkerProcess {
  let process: pid_t
  /// What the worker says.
  let messages: Int32
  private let orders: Int32

  /// Starts a copy of this process that answers each order with `answer`, until there are none; nil if there can be none.
  ///
  /// - Parameter others: workers started before, whose pipes are not this one's.
  init?(besides others: [WorkerProcess], _ answer: (WorkerMessage) -> WorkerMessage?) {
    var down: [Int32] = [0, 0]
    var up: [Int32] = [0, 0]
    guard pipe(&down) == 0 else { return nil }
    guard pipe(&up) == 0 else {
      down.forEach { _ = close($0) }
      return nil
    }
    let process = fork()
    if process == 0 {
      // Whoever started it may be gone: then its pipes close, and so does it.
      for other in others { other.closePipes() }
      _ = close(down[1])
      _ = close(up[0])
      posemap_leave_interrupts()
      // One core each; llvmpipe's own threads would only fight over them.
      setenv("LP_NUM_THREADS", "0", 1)
      while let order = WorkerMessage(from: down[0]) {
        if let message = answer(order), !message.send(to: up[1]) { break }
      }
      _exit(0)
    }
    _ = close(down[0])
    _ = close(up[1])
    guard process > 0 else {
      _ = close(down[1])
      _ = close(up[0])
      return nil
    }
    self.process = process
    orders = down[1]
    messages = up[0]
  }

  /// Tells the worker something.
  func send(_ order: WorkerMessage) { order.send(to: orders) }

  /// Ends the worker, if it has not ended by itself, and closes its pipes.
  func end() {
    closePipes()
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  private func closePipes() {
    _ = close(orders)
    _ = close(messages)
  }

  /// How many cores this machine has.
  static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
